"""What is known of the columns that a model takes: from its source, its own parts, and examples."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from models.formats.opened import Column, Opened, SourceError
from models.own.walk import IMPUTERS, walk

if TYPE_CHECKING:
    import pandas as pd

NUMBER, INTEGER, TEXT, FLAG, DATE, CHOICE = "number", "integer", "text", "flag", "date", "choice"
# So many different values of a column are a choice; more are a text.
MOST_CHOICES = 60
# As many fields can still be found on a page.
MOST_COLUMNS = 300
# Of fewer examples nobody can tell how far the values reach.
FEWEST = 20
DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?")


@dataclass(frozen=True)
class Facts:
    """What is known of one column; `cells` are its values among the examples.

    `low` and `high` are where its values usually lie, and `typical` a usual one, None if nobody says so.
    """

    name: str
    kind: str = ""
    choices: tuple[Any, ...] = ()
    takes_missing: bool = False
    low: float | None = None
    high: float | None = None
    typical: Any = None
    cells: pd.Series | None = field(default=None, compare=False)


def find_facts(opened: Opened, examples: pd.DataFrame | None, label: str = "") -> list[Facts]:
    """Return what is known of each column that the model takes, in their order.

    The names come from the source's signature, else from the model itself, else they are x1, x2 and so
    on; of a model of texts there is one. Raises SourceError if the examples lack a column.
    """
    estimator, declared = opened.estimator, opened.artefact.columns
    names = names_of(estimator, declared, examples, label)
    if len(names) > MOST_COLUMNS:
        raise SourceError(
            f"The model takes {len(names):,} values; a form has room for {MOST_COLUMNS}, so select features "
            "before it."
        )
    facts = [Facts(name) for name in names]
    kinds = {each.name: each for each in declared}
    for place, each in enumerate(facts):
        if each.name in kinds:
            known = kinds[each.name]
            facts[place] = replace(each, kind=known.kind, takes_missing=not known.is_required)
    for part, places in walk(estimator, range(len(facts))):
        for at, place in enumerate(places):
            facts[place] = learn_from_part(facts[place], part, at)
    # What a signature requires is required, even if the pipeline could do without.
    stated = [each for each in facts if each.name in kinds and kinds[each.name].kind]
    required = {each.name for each in stated if kinds[each.name].is_required}
    facts = [
        replace(each, takes_missing=False) if each.name in required else each for each in facts
    ]
    if examples is not None:
        check_columns(names, examples)
        facts = [learn_from_cells(each, examples[each.name]) for each in facts]
    return facts


def names_of(
    estimator: Any, declared: tuple[Column, ...], examples: pd.DataFrame | None, label: str
) -> list[str]:
    """Return the names of the columns that a model takes."""
    if hasattr(estimator, "feature_names_in_"):
        return [str(name) for name in estimator.feature_names_in_]
    if takes_texts(estimator):
        columns = [] if examples is None else [str(each) for each in examples if each != label]
        return [text_column(columns, examples)] if columns else ["text"]
    n_features = getattr(estimator, "n_features_in_", None)
    if declared and n_features in (None, len(declared)):
        return [each.name for each in declared]
    if not n_features:
        raise SourceError(
            "The model does not say how many inputs it takes; fit it on a table, or save it with a signature."
        )
    given = [] if examples is None else [str(each) for each in examples if each != label]
    return given if len(given) == n_features else [f"x{n}" for n in range(1, n_features + 1)]


def text_column(columns: list[str], examples: Any) -> str:
    """Return the column with the longest entries."""
    return max(columns, key=lambda name: examples[name].astype(str).str.len().mean())


def takes_texts(estimator: Any) -> bool:
    """Tell whether the first step of a pipeline reads raw texts."""
    first = estimator
    while hasattr(first, "steps") or hasattr(first, "best_estimator_"):
        first = first.steps[0][1] if hasattr(first, "steps") else first.best_estimator_
    if hasattr(first, "transformer_list"):
        return all(takes_texts(part) for _, part in first.transformer_list)
    return reads_texts(first)


def reads_texts(part: Any) -> bool:
    return hasattr(part, "build_analyzer") and hasattr(part, "decode")


def check_columns(names: list[str], examples: pd.DataFrame) -> None:
    """Raise SourceError if the examples lack a column."""
    missing = [name for name in names if name not in examples]
    if missing:
        listed = ", ".join(name[:40] for name in missing[:4])
        more = f" and {len(missing) - 4} more" if len(missing) > 4 else ""
        raise SourceError(
            f"The examples have no column {listed}{more}, which the model takes; name a file that has."
        )


def learn_from_part(facts: Facts, part: Any, at: int) -> Facts:
    """Return the facts with what a part of the pipeline says of the column at a place among its own."""
    kind = type(part).__name__
    if reads_texts(part):
        return replace(facts, kind=TEXT)
    if kind in IMPUTERS:
        facts = replace(facts, takes_missing=True)
        if kind == "SimpleImputer" and facts.typical is None:
            facts = replace(facts, typical=part.statistics_[at])
    if kind in ("OneHotEncoder", "OrdinalEncoder", "TargetEncoder"):
        known = [each for each in part.categories_[at] if not is_missing(each)]
        return replace(facts, kind=CHOICE, choices=tuple(known))
    if kind == "StandardScaler" and part.mean_ is not None and part.scale_ is not None:
        mean, spread = float(part.mean_[at]), float(part.scale_[at])
        return replace(facts, low=mean - 2 * spread, high=mean + 2 * spread, typical=mean)
    if kind in ("MinMaxScaler", "MaxAbsScaler") and hasattr(part, "data_min_"):
        low, high = float(part.data_min_[at]), float(part.data_max_[at])
        return replace(facts, low=low, high=high, typical=(low + high) / 2)
    return learn_from_trees(facts, part, at)


def learn_from_trees(facts: Facts, part: Any, at: int) -> Facts:
    """Return the facts with the range in which trees ask about a column: beyond it nothing changes."""
    trees = [each.tree_ for each in np.ravel(getattr(part, "estimators_", ())) if is_tree(each)]
    trees += [part.tree_] if is_tree(part) else []
    asked = [tree.threshold[tree.feature == at] for tree in trees]
    if facts.low is not None or not asked or not sum(map(len, asked)):
        return facts
    values = np.concatenate(asked)
    low, high = float(values.min()), float(values.max())
    margin = (high - low or abs(high) or 1.0) / 10
    return replace(facts, low=low - margin, high=high + margin, typical=float(np.median(values)))


def is_tree(estimator: Any) -> bool:
    return hasattr(estimator, "tree_")


def learn_from_cells(facts: Facts, cells: pd.Series) -> Facts:
    """Return the facts with what the examples say of the column."""
    given = cells.dropna()
    # With enough examples that all have a value, a form need not offer to leave it out.
    missing = len(given) < len(cells) or (facts.takes_missing and len(cells) < FEWEST)
    facts = replace(facts, cells=cells, takes_missing=missing)
    kind = facts.kind or kind_of(given)
    if kind == TEXT and not facts.kind and given.nunique() <= MOST_CHOICES:
        kind = CHOICE
    if kind == CHOICE and not facts.choices:
        facts = replace(facts, choices=tuple(sorted(given.unique().tolist(), key=str)))
    return replace(facts, kind=kind)


def kind_of(given: pd.Series) -> str:
    """Return the kind of some values, none of them missing."""
    from pandas.api import types

    if types.is_bool_dtype(given) or (len(given) and set(map(type, given)) == {bool}):
        return FLAG
    if types.is_integer_dtype(given):
        return INTEGER
    if types.is_numeric_dtype(given):
        is_whole = len(given) > 0 and bool((given == given.round()).all())
        return INTEGER if is_whole else NUMBER
    if types.is_datetime64_any_dtype(given) or given.astype(str).map(is_day).all():
        return DATE
    return TEXT


def is_day(text: str) -> bool:
    return bool(DAY.fullmatch(text))


def is_missing(value: Any) -> bool:
    return value is None or value != value
