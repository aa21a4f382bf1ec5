"""Every verdict of a session as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from demo.report.entries import Entry
from demo.review_text import with_line_feeds

AFTER_RECORD = ("true_label", "predicted")
SAID = ("reviewer", "verdict", "label", "first_label", "comment")
MEASURED = ("model_sha256", "latency_ms", "created_at", "changed_at")
BEFORE_RECORD = ("session", "case", "position")
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
    return f"record_{field}" if field in FIXED else field


def write_sheet(code: str, classes: Sequence[str], entries: Iterable[Entry]) -> str:
    """Return one row for each verdict, in the order of the cases."""
    entries = list(entries)
    fields = list(dict.fromkeys(name for entry in entries for name in entry["record"]))
    target = io.StringIO(newline="")
    rows = csv.writer(target, lineterminator="\n")
    probabilities = (f"probability_{label}" for label in classes)
    header = (
        *BEFORE_RECORD,
        *map(column_of, fields),
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
                *(entry["true_label"], verdict["predicted"]),
                *(verdict["probabilities"].get(label) for label in classes),
                *(verdict[name] for name in (*SAID, *MEASURED)),
            )
            rows.writerow(map(safe_cell, cells))
    return target.getvalue()
