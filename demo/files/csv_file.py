"""The lines of a CSV file, as programs and spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from demo.files.errors import ENOUGH_LINES, REMEDY, CaseListError, Line
from models.field import CONTROL

DELIMITERS = (",", ";", "\t")
# Never in a text: control characters are taken out before.
NO_DELIMITER = "\x1f"
UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")
OTHER_KIND = re.compile(r"\s*(%PDF|<(!doctype|html|\?xml|table)|\{|\[\s*\{)", re.IGNORECASE)


def csv_lines(name: str, content: bytes) -> list[Line]:
    """Return the lines of a CSV file with what each begins at."""
    text = CONTROL.sub("", as_text(name, content))
    delimiter = find_delimiter(text)
    # A quotation mark means nothing in many files with tabs, or with one text on each line.
    quotings = [csv.QUOTE_MINIMAL] if delimiter in ",;" else [csv.QUOTE_MINIMAL, csv.QUOTE_NONE]
    for quoting in quotings:
        try:
            return list(islice(split(text, delimiter, quoting=quoting), ENOUGH_LINES))
        except csv.Error as error:
            reason = str(error)
    raise CaseListError(
        f"{name} cannot be read as CSV {reason}; an entry that holds the separator, a quotation mark or a "
        "line break needs quotation marks around it."
    )


def as_text(name: str, content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or a Western encoding; raise CaseListError for no text."""
    encodings = (
        ["utf-16"] if content.startswith(UTF16_STARTS) else ["utf-8-sig", "cp1252", "latin-1"]
    )
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = text[:10_000]
        n_controls = len(CONTROL.findall(start))
        if OTHER_KIND.match(start) or n_controls > max(10, len(start) // 20):
            break
        return text
    raise CaseListError(f"{name} is no table that can be read; {REMEDY}.")


def find_delimiter(text: str) -> str:
    """Return what stands between the entries of the header, or what stands nowhere if it has but one."""
    widths = {delimiter: header_width(text, delimiter) for delimiter in DELIMITERS}
    widest = max(DELIMITERS, key=lambda delimiter: widths[delimiter])
    return widest if widths[widest] > 1 else NO_DELIMITER


def header_width(text: str, delimiter: str) -> int:
    """Return how many entries the first line has, 0 if it cannot be read."""
    try:
        return max((len(cells) for _, cells in islice(split(text, delimiter), 1)), default=0)
    except csv.Error:
        return 0


def split(text: str, delimiter: str, quoting: Any = csv.QUOTE_MINIMAL) -> Iterator[Line]:
    """Yield each line that is not blank; an entry may hold line breaks."""
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
        raise csv.Error(f"from line {line} on ({error})") from error
