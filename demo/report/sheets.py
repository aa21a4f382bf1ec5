"""Every verdict of a session as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from demo.report.document import Entry
from demo.sessions.metrics.dispute import count_cases
from demo.sessions.metrics.votes import Judgement, cast_votes
from demo.sessions.model import NONE_OF_THESE, Session
from demo.sessions.service import SessionService
from demo.sessions.text import with_line_feeds
from models.errors import UnknownModel, UserError
from models.spec import ModelSpec, Record, Value
from models.training.corrections import LABEL, PREDICTED, REVIEWERS, SESSION

AFTER_RECORD = ("true_label", "predicted")
SAID = ("reviewer", "verdict", "label", "first_label", "comment")
MEASURED = ("model_sha256", "latency_ms", "created_at", "changed_at")
BEFORE_RECORD = ("session", "case", "position")
CONTEXT = "context_"
FIXED = {*BEFORE_RECORD, *AFTER_RECORD, *SAID, *MEASURED}
# What spreadsheets take for the start of a formula, in its wide forms too (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs: a text that starts like a formula gets a ' before it.

    No cell holds a carriage return: Python's writer would leave it without quotation marks, and what is
    behind it would become a row of its own.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = with_line_feeds(value)
    # Some programs pass over spaces before a formula.
    return f"'{text}" if text.startswith(FORMULA_STARTS) or starts_late(text) else text


def starts_late(text: str) -> bool:
    """Tell whether a text is a formula but for spaces before it."""
    return text.lstrip().startswith(FORMULA_STARTS)


def column_of(field: str) -> str:
    """Return the column of a record's field, told apart from the others if it has the name of one."""
    return f"record_{field}" if field in FIXED or field.startswith(CONTEXT) else field


def write_sheet(code: str, classes: Sequence[str], entries: Iterable[Entry]) -> str:
    """Return one row for each verdict, in the order of the cases."""
    entries = list(entries)
    fields = list(dict.fromkeys(name for entry in entries for name in entry["record"]))
    # A report of before there was a context has none.
    beside = list(dict.fromkeys(name for entry in entries for name in entry.get("context", ())))
    target = io.StringIO(newline="")
    rows = csv.writer(target, lineterminator="\n")
    probabilities = (f"probability_{label}" for label in classes)
    header = (
        *BEFORE_RECORD,
        *map(column_of, fields),
        *(f"{CONTEXT}{name}" for name in beside),
        *AFTER_RECORD,
        *probabilities,
        *SAID,
        *MEASURED,
    )
    rows.writerow(map(safe_cell, header))
    for entry in entries:
        for verdict in entry["verdicts"]:
            cells = (
                *(code, entry["case"], entry["number"]),
                *(entry["record"].get(name) for name in fields),
                *(entry.get("context", {}).get(name) for name in beside),
                *(entry["true_label"], verdict["predicted"]),
                *(verdict["probabilities"].get(label) for label in classes),
                *(verdict[name] for name in (*SAID, *MEASURED)),
            )
            rows.writerow(map(safe_cell, cells))
    return target.getvalue()


Input = tuple[Value, ...]


class NothingCorrected(UserError):
    """A session corrects nothing."""

    code = "nothing_corrected"


@dataclass(frozen=True)
class CorrectionSheet:
    """Cases to learn from as CSV, and for how many others most reviewers say that no label fits."""

    content: str
    n_without_class: int


def write_corrections(
    service: SessionService, session: Session, *, confirmed: bool = False
) -> CorrectionSheet:
    """Return the inputs for which most reviewers who gave a label hold another one than the model.

    `confirmed` adds those for which they hold the model's: a comparison on corrected cases alone is one
    on cases that the model got wrong. The same input that several reviewers tried is one case; one that no
    label fits is left out, because a model learns from classes alone. Raises NothingCorrected if nothing
    is corrected.
    """
    spec = spec_of(service, session)
    names = [feature.name for feature in spec.features]
    said = service.queries.judgements(session)
    inputs = {case.id: read_input(case.record, names) for case in service.queries.cases(session)}
    counted = count_cases(cast_votes(by_input(said, inputs), spec.classes))
    rows = [
        (*inputs[int(case.case)], case.majority, case.predicted, case.labels[str(case.majority)])
        for case in counted
        if case.majority not in (None, NONE_OF_THESE)
        and (confirmed or case.majority != case.predicted)
    ]
    n_without_class = sum(case.majority == NONE_OF_THESE for case in counted)
    if all(predicted == majority for *_, majority, predicted, _ in rows):
        raise NothingCorrected(
            "Of no case do most reviewers hold another label than the model to be right, so there is "
            "nothing to learn from yet."
        )
    # A text stays as it is, even if a spreadsheet would take it for a formula: it is to be learnt from.
    target = io.StringIO(newline="")
    sheet = csv.writer(target)
    sheet.writerow([*names, LABEL, PREDICTED, REVIEWERS, SESSION])
    sheet.writerows([*row, session.code] for row in rows)
    return CorrectionSheet(target.getvalue(), n_without_class)


def spec_of(service: SessionService, session: Session) -> ModelSpec:
    """Return the spec of a session's model; raise UnknownModel if it is gone."""
    if session.plan.model not in service.catalogue.specs:
        raise UnknownModel(session.plan.model, service.catalogue.specs)
    return service.catalogue.specs[session.plan.model]


def read_input(record: Record, names: Iterable[str]) -> Input:
    return tuple(record[name] for name in names)


def by_input(said: Iterable[Judgement], inputs: dict[int, Input]) -> list[Judgement]:
    """Return judgements with the first case of the same input for their case, one of each reviewer.

    Of several by one reviewer the last counts.
    """
    first: dict[Input, int] = {}
    for case, content in inputs.items():
        first.setdefault(content, case)
    merged: dict[tuple[int, int | str], Judgement] = {}
    for each in said:
        case = first[inputs[int(each.case)]]
        merged[case, each.reviewer] = replace(each, case=case)
    return list(merged.values())
