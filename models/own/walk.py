"""Which parts of a fitted pipeline see which columns, and what they know of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sklearn.base import OneToOneFeatureMixin
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline

from models.explain.ownership import places_of

IMPUTERS = ("SimpleImputer", "KNNImputer", "IterativeImputer")


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


def keeps_columns(part: Any) -> bool:
    """Tell whether a step gives a column for each that it gets, in their order."""
    if type(part).__name__ in IMPUTERS:
        return not part.add_indicator
    return isinstance(part, OneToOneFeatureMixin) and not hasattr(part, "categories_")
