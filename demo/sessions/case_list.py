"""Cases to be judged: from a table or from the model's own data, and a choice of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from demo.files.columns import LABEL, guess_columns, read_labels
from demo.files.errors import CaseListError
from demo.files.table import read_table
from models.errors import InvalidRecord, shown
from models.predict import predict_many, validate_record
from models.registry import LoadedModel
from models.spec import ModelSpec, Record, Value

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CaseList",
    "CaseListError",
    "ListedCase",
    "Rejected",
    "choose",
    "guess_columns",
    "known_cases",
    "read_table",
    "to_cases",
]

CHOICES = ("all", "unsure", "random", "mix")

# A line, its raw input, and its true label, or the error if that cannot be read.
Entry = tuple[int, Record, str | InvalidRecord | None]


@dataclass(frozen=True)
class ListedCase:
    """A case of a list: its checked input, the label that is known to be right if any, and its line."""

    record: dict[str, Value]
    true_label: str | None
    line: int


@dataclass(frozen=True)
class Rejected:
    """A line that cannot be used as a case, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class CaseList:
    """The cases of a list in order, without duplicates, and the lines that were rejected."""

    cases: list[ListedCase]
    rejected: list[Rejected]


def to_cases(table: "pd.DataFrame", spec: ModelSpec, columns: Mapping[str, str | None]) -> CaseList:
    """Return the cases of a table as `read_table` gives it.

    `columns` names the column of each field, and of the true label under "label" unless it is None; other
    keys are ignored. Raises CaseListError if a feature has no column, or a named column is missing.
    """
    check_columns(table, spec, columns)
    fields = {field: column for field in spec.fields if (column := columns.get(field.name))}
    cells = [table[column].tolist() for column in fields.values()]
    inputs = (
        {field.name: field.from_cell(cell) for field, cell in zip(fields, row, strict=True)}
        for row in zip(*cells, strict=True)
    )
    label_column = columns.get(LABEL)
    given = table[label_column].tolist() if label_column else [""] * len(table)
    labels = read_true_labels(given, spec)
    return check_entries(zip(table.index.tolist(), inputs, labels, strict=True), spec)


def check_columns(
    table: "pd.DataFrame", spec: ModelSpec, columns: Mapping[str, str | None]
) -> None:
    """Raise CaseListError unless each feature has its own column, and all columns exist."""
    there = [str(column) for column in table.columns]
    choice = f"choose one of: {', '.join(shown(column) for column in there[:20])}"
    taken: dict[str, str] = {}
    titles = {field.name: field.title for field in spec.fields} | {LABEL: "True label"}
    for name, title in titles.items():
        column = columns.get(name)
        if not column:
            if name in [feature.name for feature in spec.features]:
                raise CaseListError(f"{title} has no column; {choice}.", name)
            continue
        if column not in there:
            raise CaseListError(f"The file has no column {shown(column)}; {choice}.", name)
        if column in taken:
            raise CaseListError(
                f"{title} and {taken[column].lower()} cannot both come from the column {shown(column)}; "
                "choose another for one of them.",
                name,
            )
        taken[column] = title


def read_true_labels(given: Sequence[str], spec: ModelSpec) -> Iterable[str | InvalidRecord | None]:
    """Yield the class of each label, None if it is empty, or an error if it is not a class."""
    known = read_labels(given, spec)
    for value in given:
        if value in known:
            yield known[value]
        elif value.strip():
            yield InvalidRecord(
                f"The true label {shown(value)} is none of {', '.join(spec.classes)}; correct it or "
                "leave it out.",
                LABEL,
            )
        else:
            yield None


def check_entries(entries: Iterable[Entry], spec: ModelSpec) -> CaseList:
    """Return the entries that can be judged as cases, and why the others cannot."""
    listed = CaseList([], [])
    lines: dict[tuple[Value, ...], int] = {}
    for line, given, label in entries:
        try:
            record = validate_record(spec, given)
            if isinstance(label, InvalidRecord):
                raise label
        except InvalidRecord as error:
            listed.rejected.append(Rejected(line, error.message))
            continue
        first = lines.setdefault(tuple(record.values()), line)
        if first == line:
            listed.cases.append(ListedCase(record, label, line))
        else:
            listed.rejected.append(Rejected(line, f"It is the same as line {first}."))
    return listed


def known_cases(model: LoadedModel) -> CaseList:
    """Return the samples that a model of numbers carries with it, counted from line 1.

    Raises CaseListError for a model without any.
    """
    known, spec = model.metadata.get("known_samples"), model.spec
    if not known:
        raise CaseListError(
            f"{spec.title} brings no data set along; take the cases from a CSV or Excel file."
        )
    names = [feature.name for feature in spec.features]
    inputs = (dict(zip(names, sample, strict=True)) for sample in known["X"])
    entries = enumerate(zip(inputs, known["y"], strict=True), 1)
    return check_entries(((line, record, label) for line, (record, label) in entries), spec)


def choose(
    cases: Sequence[ListedCase],
    probabilities: ArrayLike,
    how: str,
    size: int | None,
    random_state: int = 0,
) -> list[int]:
    """Return the indices of "all" cases or of `size` of them, in the order of the list.

    "unsure" are those with the smallest margin between the two likeliest classes, "random" ones are drawn
    without return, and "mix" is half the first and half of the rest. `probabilities` has the shape
    (n_cases, n_classes). The same `random_state` makes the same choice. Raises CaseListError.
    """
    if how not in CHOICES:
        raise CaseListError(f"The choice is {shown(how)}; take one of: {', '.join(CHOICES)}.")
    if how == "all":
        return list(range(len(cases)))
    n_chosen = check_size(size, len(cases))
    n_unsure = {"unsure": n_chosen, "random": 0, "mix": (n_chosen + 1) // 2}[how]
    order = by_margin(np.asarray(probabilities, np.float64)) if n_unsure else np.arange(len(cases))
    unsure, rest = order[:n_unsure], np.sort(order[n_unsure:])
    rng = np.random.default_rng(random_state)
    drawn = rng.choice(rest, n_chosen - n_unsure, replace=False)
    return sorted([*unsure.tolist(), *drawn.tolist()])


def check_size(size: object, n_cases: int) -> int:
    """Return how many cases to choose; raise CaseListError unless there are so many."""
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= n_cases:
        came = "missing" if size is None else shown(size)
        allowed = f"a whole number from 1 to {n_cases:,}" if n_cases else "a list that holds cases"
        raise CaseListError(f"The number of cases to choose is {came}; give {allowed}.")
    return size


def by_margin(probabilities: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the indices of samples, those first whose two likeliest classes are closest together."""
    top = np.sort(probabilities, axis=1)[:, -2:]
    return np.argsort(top[:, 1] - top[:, 0], kind="stable")


# Only these need the model's answers: predicting 20,000 texts takes a while.
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
    indices = choose(listed.cases, rows, how, size, random_state)
    chosen = [(listed.cases[index].record, listed.cases[index].true_label) for index in indices]
    return CaseChoice(chosen, len(listed.cases), listed.rejected)
