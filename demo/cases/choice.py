"""Which cases a session begins with: from a file or the model's own data, all of them or a choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demo.cases.listing import (
    CaseList,
    CaseListError,
    Rejected,
    choose,
    known_cases,
    to_cases,
)
from models.predict import predict_many
from models.registry import LoadedModel
from models.spec import Record

if TYPE_CHECKING:
    import pandas as pd

# What the model says is needed for these alone: to ask it about 20,000 texts takes a while.
BY_MARGIN = ("unsure", "mix")


@dataclass(frozen=True)
class CaseChoice:
    """The cases that were chosen, with their true labels, out of `n_listed`; and the rows left out."""

    cases: Sequence[tuple[Record, str | None]]
    n_listed: int
    rejected: list[Rejected]


def list_cases(
    model: LoadedModel, table: "pd.DataFrame | None", columns: dict[str, str | None]
) -> CaseList:
    """Return the cases of a table, or without one those of the data set that the model carries.

    `columns` names the column of each field, and of the true label under "label". Raises CaseListError.
    """
    return known_cases(model) if table is None else to_cases(table, model.spec, columns)


def choose_cases(
    model: LoadedModel, listed: CaseList, how: str, size: int | None, random_state: int = 0
) -> CaseChoice:
    """Return all cases of a list, or `size` of them: "unsure", "random" or "mix"."""
    if not listed.cases:
        raise CaseListError(
            "The list has no case that the model can read; look at the rows left out."
        )
    asked = listed.cases if how in BY_MARGIN else []
    predictions = predict_many(model, [case.record for case in asked])
    rows = [list(prediction.probabilities.values()) for prediction in predictions]
    places = choose(listed.cases, rows, how, size, random_state)
    chosen = [(listed.cases[place].record, listed.cases[place].true_label) for place in places]
    return CaseChoice(chosen, len(listed.cases), listed.rejected)
