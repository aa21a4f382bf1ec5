"""A CSV file as people and spreadsheets write it: its lines with their numbers."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from string import whitespace
from typing import Any

from models.errors import UserError

DELIMITERS = (",", ";", "\t")
# Never in a text: control characters are taken out or refused.
NO_DELIMITER = "\x1f"
REMEDY = (
    "an entry that holds a comma, a quotation mark or a line break needs quotation marks around it"
)
# The number of a line, and its entries.
Line = tuple[int, list[str]]


class InvalidSheet(UserError):
    """A file cannot be read, or a line of it not be used; `field` names the column."""

    code = "invalid_sheet"


class UnreadableLine(Exception):
    """The lines from `line` on cannot be read as CSV."""

    def __init__(self, line: int, reason: csv.Error) -> None:
        super().__init__(line, reason)
        self.line, self.reason = line, reason


def refusal(where: str, column: str, message: str) -> InvalidSheet:
    """Return the error for an entry."""
    return InvalidSheet(f"{where}, column {column}: {message}", column)


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
    """Yield file name and line number, and the entries, of each line that has any, the header first.

    Raises InvalidSheet for a line with more or fewer entries than the header.
    """
    n_columns = 0
    if not text.strip(f"{''.join(DELIMITERS)}{whitespace}"):
        return
    try:
        for line, cells in split_lines(text, find_delimiter(text)):
            where = f"{name}, line {line}"
            n_columns = n_columns or len(cells)
            yield where, fit_to_header(where, cells, n_columns)
    except UnreadableLine as error:
        raise InvalidSheet(
            f"{name}, line {error.line} cannot be read as CSV ({error.reason}); {REMEDY}."
        ) from error


def find_delimiter(text: str) -> str:
    """Return what separates the entries of the header, or NO_DELIMITER if it has one entry.

    Commas do, or semicolons or tabs, as spreadsheets write where a comma is decimal.
    """
    widths = {delimiter: header_width(text, delimiter) for delimiter in DELIMITERS}
    widest = max(DELIMITERS, key=lambda delimiter: widths[delimiter])
    return widest if widths[widest] > 1 else NO_DELIMITER


def header_width(text: str, delimiter: str) -> int:
    """Return how many entries the first line has, 0 if it cannot be read."""
    try:
        return max((len(cells) for _, cells in islice(split_lines(text, delimiter), 1)), default=0)
    except UnreadableLine:
        return 0


def split_lines(text: str, delimiter: str, quoting: Any = csv.QUOTE_MINIMAL) -> Iterator[Line]:
    """Yield number and entries of each line that is not blank.

    An entry may hold line breaks: its line is the one where it begins. Raises UnreadableLine.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting
    )
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableLine(line, error) from error


def fit_to_header(where: str, cells: list[str], n_columns: int) -> list[str]:
    """Return one entry for each column, without empty ones beyond the last column."""
    if any(cell.strip() for cell in cells[n_columns:]) or len(cells) < n_columns:
        raise InvalidSheet(
            f"{where} has {len(cells)} entries, but the header names {n_columns} columns; {REMEDY}."
        )
    return cells[:n_columns]
