"""The lines of a CSV file, as programs and spreadsheets write it."""

import csv
import re
from itertools import islice

from demo.files.errors import ENOUGH_LINES, REMEDY, CaseListError, Line
from models.csv_sheet import UnreadableLine, find_delimiter, split_lines
from models.field import CONTROL

UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")
OTHER_KIND = re.compile(r"\s*(%PDF|<(!doctype|html|\?xml|table)|\{|\[\s*\{)", re.IGNORECASE)


def csv_lines(name: str, content: bytes) -> list[Line]:
    """Return the lines of a CSV file with their line numbers."""
    text = CONTROL.sub("", as_text(name, content))
    delimiter = find_delimiter(text)
    # A quotation mark means nothing in many files with tabs, or with one text on each line.
    quotings = [csv.QUOTE_MINIMAL] if delimiter in ",;" else [csv.QUOTE_MINIMAL, csv.QUOTE_NONE]
    for quoting in quotings:
        try:
            return list(islice(split_lines(text, delimiter, quoting), ENOUGH_LINES))
        except UnreadableLine as error:
            reason = f"from line {error.line} on ({error.reason})"
    raise CaseListError(
        f"{name} cannot be read as CSV {reason}; an entry that holds the separator, a quotation mark or a "
        "line break needs quotation marks around it."
    )


def as_text(name: str, content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or a Western encoding; raise CaseListError if it is not text."""
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
