"""Which parts of a fitted pipeline see which columns, and what they know of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sklearn.base import OneToOneFeatureMixin
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline

IMPUTERS = ("SimpleImputer", "KNNImputer", "IterativeImputer")
# The number that stands for a column that was taken out or mixed with others.
LOST = None


def walk(step: Any, columns: Sequence[int]) -> Iterator[tuple[Any, Sequence[int]]]:
    """Yield every part that gets columns of the input, one to one, with the places of these columns."""
    if isinstance(step, Pipeline):
        for _, part in step.steps:
            yield from walk(part, columns)
            if not keeps_columns(part):
                return
    elif isinstance(step, ColumnTransformer):
        names = list(getattr(step, "feature_names_in_", ()))
        for _, part, chosen in step.transformers_:
            places = [columns[at] for at in places_of(chosen, names, len(columns))]
            yield from walk(part, places)
    elif hasattr(step, "best_estimator_"):
        yield from walk(step.best_estimator_, columns)
    elif not isinstance(step, str) and step is not None:
        yield step, columns


def places_of(chosen: Any, names: Sequence[str], n_columns: int) -> list[int]:
    """Return the places of the columns that a ColumnTransformer gives to one of its parts."""
    if isinstance(chosen, slice):
        if isinstance(chosen.start, str) or isinstance(chosen.stop, str):
            first = names.index(chosen.start) if chosen.start is not None else 0
            last = names.index(chosen.stop) if chosen.stop is not None else n_columns - 1
            return list(range(first, last + 1))
        return list(range(n_columns))[chosen]
    if isinstance(chosen, str | int):
        chosen = [chosen]
    listed = list(chosen)
    if listed and all(isinstance(each, bool) or type(each).__name__ == "bool" for each in listed):
        return [at for at, each in enumerate(listed) if each]
    return [names.index(each) if isinstance(each, str) else int(each) for each in listed]


def keeps_columns(part: Any) -> bool:
    """Tell whether a step gives a column for each that it gets, in their order."""
    if type(part).__name__ in IMPUTERS:
        return not part.add_indicator
    return isinstance(part, OneToOneFeatureMixin) and not hasattr(part, "categories_")
