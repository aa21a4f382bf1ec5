"""Which input each column belongs to that a pipeline makes on the way to its last step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.base import OneToOneFeatureMixin
from sklearn.compose import ColumnTransformer
from sklearn.feature_selection import SelectorMixin
from sklearn.pipeline import Pipeline

Owners = list[int]
# They keep the columns, and scale each by what stands in the others.
ROW_SCALERS = ("Normalizer", "TfidfTransformer")


class NotSeparable(Exception):
    """A step mixes inputs, so that its columns belong to none of them alone."""


def column_owners(steps: Sequence[Any], n_inputs: int) -> Owners | None:
    """Return the place of the input that each column after all `steps` depends on, and on no other.

    None if some column depends on several, or a step is not known.
    """
    owners = list(range(n_inputs))
    try:
        for step in steps:
            owners = owners_after(step, owners)
    except NotSeparable:
        return None
    return owners


def owners_after(step: Any, owners: Owners) -> Owners:
    """Return the owners of what a step makes of columns with these owners; raise NotSeparable."""
    if step in (None, "passthrough"):
        return owners
    if isinstance(step, Pipeline):
        for _, part in step.steps:
            owners = owners_after(part, owners)
        return owners
    if isinstance(step, ColumnTransformer):
        return owners_of_parts(step, owners)
    if isinstance(step, SelectorMixin):
        return [owners[place] for place in step.get_support(indices=True).tolist()]
    is_mixing = type(step).__name__ in ROW_SCALERS and len(set(owners)) > 1
    counts = columns_made(step, len(owners))
    if counts is None or is_mixing or len(counts) != len(owners):
        raise NotSeparable
    return [owner for owner, count in zip(owners, counts, strict=True) for _ in range(count)]


def owners_of_parts(step: ColumnTransformer, owners: Owners) -> Owners:
    """Return the owners of what a ColumnTransformer makes, part by part."""
    names = list(getattr(step, "feature_names_in_", ()))
    found: dict[int, Owners] = {}
    for name, part, chosen in step.transformers_:
        where = step.output_indices_.get(name, slice(0, 0))
        if where.stop == where.start:
            continue
        own = owners_after(part, [owners[at] for at in places_of(chosen, names, len(owners))])
        if len(own) != where.stop - where.start:
            raise NotSeparable
        found[where.start] = own
    return [owner for start in sorted(found) for owner in found[start]]


def columns_made(step: Any, n_columns: int) -> list[int] | None:
    """Return how many columns a step makes of each that it gets; None if it mixes them or is not known."""
    kind = type(step).__name__
    if kind == "OneHotEncoder":
        # Without those that are dropped or joined.
        return getattr(step, "_n_features_outs", None)
    if kind == "SimpleImputer":
        keeps = not step.add_indicator and not np.isnan(as_floats(step.statistics_)).any()
        return [1] * n_columns if keeps else None
    if kind == "FunctionTransformer":
        return [1] * n_columns if step.func is None or isinstance(step.func, np.ufunc) else None
    if kind == "KBinsDiscretizer":
        return [1] * n_columns if step.encode == "ordinal" else list(map(int, step.n_bins_))
    if n_columns == 1 and hasattr(step, "get_feature_names_out"):
        # Whatever is made of one column is its own.
        return [len(step.get_feature_names_out())]
    return [1] * n_columns if isinstance(step, OneToOneFeatureMixin) else None


def as_floats(values: Any) -> Any:
    """Return numbers as floats; of what is none, zeros."""
    try:
        return np.asarray(values, np.float64)
    except (TypeError, ValueError):
        return np.zeros(len(values))


def places_of(chosen: Any, names: Sequence[str], n_columns: int) -> list[int]:
    """Return the places of the columns that a ColumnTransformer gives to one of its parts."""
    if isinstance(chosen, slice):
        if isinstance(chosen.start, str) or isinstance(chosen.stop, str):
            first = names.index(chosen.start) if chosen.start is not None else 0
            last = names.index(chosen.stop) if chosen.stop is not None else n_columns - 1
            return list(range(first, last + 1))
        return list(range(n_columns))[chosen]
    listed = [chosen] if isinstance(chosen, str | int) else list(chosen)
    if listed and all(isinstance(each, bool | np.bool_) for each in listed):
        return [at for at, each in enumerate(listed) if each]
    return [names.index(each) if isinstance(each, str) else int(each) for each in listed]
