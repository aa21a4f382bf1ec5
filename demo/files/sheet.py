"""The cells of a file of cases, as texts: CSV as programs write it, or the first sheet of an Excel file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.files.csv_file import csv_lines
from demo.files.errors import (
    LARGEST_FILE,
    LONGEST_NAME,
    MOST_COLUMNS,
    MOST_ROWS,
    CaseListError,
    Line,
    too_large,
)
from demo.files.excel_file import excel_lines
from models.errors import shown

ZIP_START, OLE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DECIMAL = re.compile(r"\s*[-+]?\d*[.,]\d+\s*")


@dataclass(frozen=True)
class Sheet:
    """The names of the columns, and rows with as many entries and the line that each begins at."""

    names: list[str]
    rows: list[Line]


def shown_name(filename: str) -> str:
    """Return what a file is called in messages."""
    return shown(Path(filename).name, 60)


def read_sheet(source: str | Path | bytes, filename: str) -> Sheet:
    """Return the cells of a file; what kind of file it is shows in its content, not in its name.

    The first line names the columns, unless it holds measurements: then they are numbered. Raises
    CaseListError.
    """
    name = shown_name(filename)
    content = source if isinstance(source, bytes) else read_content(Path(source), name)
    if len(content) > LARGEST_FILE:
        raise too_large(name, len(content))
    if not content.strip():
        raise CaseListError(f"{name} is empty; write a header and a case on each line below it.")
    if content.startswith(OLE_START):
        raise CaseListError(
            f"{name} is an old Excel file, or protected by a password; save it without one as an Excel "
            "workbook (.xlsx)."
        )
    lines = excel_lines if content.startswith(ZIP_START) else csv_lines
    return to_sheet(name, lines(name, content))


def read_content(path: Path, name: str) -> bytes:
    """Return the bytes of a file; raise CaseListError if it is not there or too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise too_large(name, size)
        return path.read_bytes()
    except OSError as error:
        raise CaseListError(
            f"{name} cannot be read ({error.strerror}); choose it again."
        ) from error


def to_sheet(name: str, lines: Sequence[Line]) -> Sheet:
    """Return the cells of the lines of a file, the header first; columns without any are left out."""
    if not lines:
        raise CaseListError(f"{name} is empty; write a header and a case on each line below it.")
    header, rows = lines[0][1], lines[1:]
    if any(DECIMAL.fullmatch(cell) for cell in header):
        header, rows = [""] * len(header), lines
    check_size(name, header, rows)
    fitting = [(line, fit_row(name, line, row, len(header))) for line, row in rows]
    filled = [
        index
        for index, title in enumerate(header)
        if title.strip() or any(cells[index].strip() for _, cells in fitting)
    ]
    names = column_names(header)
    return Sheet(
        [names[index] for index in filled],
        [(line, [cells[index] for index in filled]) for line, cells in fitting],
    )


def check_size(name: str, header: Sequence[str], rows: Sequence[Line]) -> None:
    """Raise CaseListError for a table without rows, or with too many rows or columns."""
    if not rows:
        raise CaseListError(f"{name} has a header and nothing below it; write a case on each line.")
    if len(rows) > MOST_ROWS:
        raise CaseListError(f"{name} has more than {MOST_ROWS:,} rows; leave some out.")
    if len(header) > MOST_COLUMNS:
        raise CaseListError(
            f"{name} has {len(header):,} columns; at most {MOST_COLUMNS} are taken. Leave some out."
        )


def fit_row(name: str, line: int, cells: list[str], n_columns: int) -> list[str]:
    """Return an entry for each column; raise CaseListError for a line with more entries than columns."""
    if any(cell.strip() for cell in cells[n_columns:]):
        raise CaseListError(
            f"Line {line} of {name} has {len(cells)} entries, but its header names {n_columns} columns; "
            "an entry that holds the separator needs quotation marks around it."
        )
    return [*cells[:n_columns], *[""] * (n_columns - len(cells))]


def column_names(header: Sequence[str]) -> list[str]:
    """Return a name for each column: that of the header (numbered if taken twice), or "Column 3".

    Long ones are cut, because a file without a header begins with a text.
    """
    names: dict[str, None] = {}
    for index, title in enumerate(header, 1):
        wanted = shorten(" ".join(title.split())) or f"Column {index}"
        name, number = wanted, 1
        while name in names:
            number += 1
            name = f"{wanted} ({number})"
        names[name] = None
    return list(names)


def shorten(name: str) -> str:
    """Return the name of a column, cut if it is too long."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rstrip()}…"
