"""A CSV file as people and spreadsheets write it: its lines, and where each stands."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from models.errors import UserError

DELIMITERS = (",", ";", "\t")
REMEDY = (
    "an entry that holds a comma, a quotation mark or a line break needs quotation marks around it"
)


class InvalidSheet(UserError):
    """A file cannot be read, or a line of it not be used; `field` names the column."""

    code = "invalid_sheet"


def refusal(place: str, column: str, message: str) -> InvalidSheet:
    """Return the error for an entry."""
    return InvalidSheet(f"{place}, column {column}: {message}", column)


def read_content(path: Path) -> bytes:
    """Return the bytes of a file; raise InvalidSheet if it is not there or empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidSheet(f"{path} cannot be read ({error.strerror}); name a CSV file.") from error
    if not content.strip():
        raise InvalidSheet(f"{path} is empty; write a header and a line below it.")
    return content


def as_text(name: str, content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidSheet(
            f"{name}, line {line}: the byte 0x{content[error.start]:02X} is not UTF-8; "
            "save the file as “CSV UTF-8”."
        ) from error


def read_lines(name: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the place and the entries of each line that has any, the header first.

    Commas stand between the entries, or semicolons or tabs, as spreadsheets write them where a comma is
    decimal. An entry may hold line breaks: its place is where it begins. Raises InvalidSheet for a line
    with more or fewer entries than the header.
    """
    first = text.lstrip().partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True
    )
    n_columns, place = 0, f"{name}, line 1"
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                n_columns = n_columns or len(cells)
                yield place, fitted(place, cells, n_columns)
            place = f"{name}, line {rows.line_num + 1}"
    except csv.Error as error:
        raise InvalidSheet(f"{place} cannot be read as CSV ({error}); {REMEDY}.") from error


def fitted(place: str, cells: list[str], n_columns: int) -> list[str]:
    """Return one entry for each column; empty ones at the end of a line are no matter."""
    if any(cell.strip() for cell in cells[n_columns:]) or len(cells) < n_columns:
        raise InvalidSheet(
            f"{place} has {len(cells)} entries, but the header names {n_columns} columns; {REMEDY}."
        )
    return cells[:n_columns]
