"""Cases to be judged, from a table or from the model's own data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from demo.files.columns import LABEL, guess_columns, read_labels
from demo.files.errors import CaseListError, choice_of, no_such_column
from demo.files.table import read_table
from demo.sessions.case_context import Context, other_columns, read_context
from models.errors import InvalidRecord, shown
from models.predict import validate_record
from models.registry import LoadedModel
from models.spec import ModelSpec, Record, Value

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CaseList",
    "CaseListError",
    "ListedCase",
    "Rejected",
    "guess_columns",
    "known_cases",
    "read_table",
    "to_cases",
]

# A line, its raw input, its true label or the error if that cannot be read, and what stands beside it.
Entry = tuple[int, Record, str | InvalidRecord | None, Context]


@dataclass(frozen=True)
class ListedCase:
    """A case of a list: its checked input, the label that is known to be right if any, and its line.

    `context` is what the other columns say beside it.
    """

    record: dict[str, Value]
    true_label: str | None
    line: int
    context: Context = field(default_factory=dict)


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


def to_cases(
    table: "pd.DataFrame",
    spec: ModelSpec,
    columns: Mapping[str, str | None],
    context: Sequence[str] | None = None,
) -> CaseList:
    """Return the cases of a table as `read_table` gives it.

    `columns` names the column of each field, and of the true label under "label" unless it is None; other
    keys are ignored. `context` names those that stand beside a case, None all others that it may have.
    Raises CaseListError if a feature has no column, or a named column is missing.
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
    names = other_columns(table, columns.values()) if context is None else context
    beside = read_context(table, names)
    return check_entries(zip(table.index.tolist(), inputs, labels, beside, strict=True), spec)


def check_columns(
    table: "pd.DataFrame", spec: ModelSpec, columns: Mapping[str, str | None]
) -> None:
    """Raise CaseListError unless each feature has its own column, and all columns exist."""
    there = [str(column) for column in table.columns]
    taken: dict[str, str] = {}
    titles = {field.name: field.title for field in spec.fields} | {LABEL: "True label"}
    for name, title in titles.items():
        column = columns.get(name)
        if not column:
            if name in [feature.name for feature in spec.features]:
                raise CaseListError(f"{title} has no column; {choice_of(there)}.", name)
            continue
        if column not in there:
            raise no_such_column(column, there, name)
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
    for line, given, label, context in entries:
        try:
            record = validate_record(spec, given)
            if isinstance(label, InvalidRecord):
                raise label
        except InvalidRecord as error:
            listed.rejected.append(Rejected(line, error.message))
            continue
        first = lines.setdefault(tuple(record.values()), line)
        if first == line:
            listed.cases.append(ListedCase(record, label, line, context))
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
    return check_entries(((line, record, label, {}) for line, (record, label) in entries), spec)


def list_cases(
    model: LoadedModel,
    table: "pd.DataFrame | None",
    columns: dict[str, str | None],
    context: Sequence[str] | None = None,
) -> CaseList:
    """Return the cases of a table, or without one those of the data set that the model carries.

    `columns` and `context` name columns as in `to_cases`. Raises CaseListError.
    """
    return known_cases(model) if table is None else to_cases(table, model.spec, columns, context)
