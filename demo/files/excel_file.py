"""The rows of the first sheet of an Excel workbook."""

import io
import warnings
import zipfile
from collections.abc import Sequence
from itertools import islice

from demo.files.errors import (
    ENOUGH_LINES,
    MOST_COLUMNS,
    REMEDY,
    CaseListError,
    Line,
    too_large,
)
from models.field import CONTROL

# What a workbook may hold once unpacked: bytes, and elements, of which a cell takes up to four.
LARGEST_UNPACKED, MOST_ELEMENTS = 100_000_000, 1_000_000
# Its entries together, in characters: a text that is kept once may stand in every cell.
MOST_CHARACTERS = 50_000_000
LAST_ROW = 1_048_576
EXCEL_ERRORS = ("#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DIV/0!")
CHUNK = 1 << 20


def excel_lines(name: str, content: bytes) -> list[Line]:
    """Return the rows of the first sheet; formulas are the values that were last computed."""
    try:
        check_unpacked(name, content)
        with warnings.catch_warnings():
            # Of parts of a workbook that are not read, such as its styles.
            warnings.simplefilter("ignore")
            rows = sheet_rows(name, content)
    except (CaseListError, MemoryError):
        raise
    except Exception as error:
        # A damaged file, or another kind with this beginning, fails in its reader in any way.
        raise CaseListError(f"{name} is no Excel workbook that can be read; {REMEDY}.") from error
    width = max((len(cells) for _, cells in rows), default=0)
    return [(line, cells + [""] * (width - len(cells))) for line, cells in rows]


def check_unpacked(name: str, content: bytes) -> None:
    """Raise CaseListError if a workbook is too large once unpacked: a small file can hold a lot."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > LARGEST_UNPACKED:
            raise too_large(f"{name}, unpacked,", size, LARGEST_UNPACKED)
        n_elements = 0
        for part in archive.namelist():
            with archive.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    n_elements += chunk.count(b"<") - chunk.count(b"</")
    if n_elements > MOST_ELEMENTS:
        raise too_many_cells(name)


def too_many_cells(name: str) -> CaseListError:
    """Return the error for a workbook that holds too much."""
    return CaseListError(f"{name} has too many cells; leave out rows, columns or other sheets.")


def sheet_rows(name: str, content: bytes) -> list[Line]:
    """Return the rows of the first sheet that are not blank, each up to its last entry."""
    import openpyxl  # type: ignore[import-untyped,unused-ignore]

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # What a sheet says of its own size is often wrong.
    sheet.reset_dimensions()
    rows = enumerate(
        islice(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), LAST_ROW), 1
    )
    texts = ((line, cell_texts(cells)) for line, cells in rows)
    filled: list[Line] = []
    n_characters = 0
    for line, cells in islice((row for row in texts if row[1]), ENOUGH_LINES):
        n_characters += sum(map(len, cells))
        if n_characters > MOST_CHARACTERS:
            raise too_many_cells(name)
        filled.append((line, cells))
    book.close()
    return filled


def cell_texts(cells: Sequence[object]) -> list[str]:
    """Return what the cells of a row show, up to the last that is not blank."""
    if cells.count(None) == len(cells):
        return []
    texts = [cell_text(cell) for cell in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def cell_text(cell: object) -> str:
    """Return what a cell of a sheet shows, "" for nothing and for an error."""
    if cell is None or cell in EXCEL_ERRORS:
        return ""
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    # So the carriage returns of an entry with several lines are written.
    return CONTROL.sub("", str(cell).replace("_x000D_\n", "\n").replace("_x000D_", "\n"))
