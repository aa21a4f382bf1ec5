"""A file of cases as a table of texts."""

from pathlib import Path
from typing import TYPE_CHECKING

from demo.files.sheet import Sheet, read_sheet

if TYPE_CHECKING:
    import pandas as pd


def read_table(source: str | Path | bytes, filename: str) -> "pd.DataFrame":
    """Return a file as a table of texts; its index says in which line, or Excel row, each row begins.

    See `read_sheet`. Raises CaseListError.
    """
    return to_table(read_sheet(source, filename))


def to_table(sheet: Sheet) -> "pd.DataFrame":
    """Return the cells of a file as a table."""
    import pandas as pd

    return pd.DataFrame(
        [cells for _, cells in sheet.rows],
        columns=sheet.names,
        index=pd.Index([line for line, _ in sheet.rows], name="line"),
        dtype=object,
    )
