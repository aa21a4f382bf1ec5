"""Examples for a model: a CSV file with its columns, and with the true labels if there are any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.csv_sheet import InvalidSheet, as_text, find_delimiter, read_content
from models.formats.opened import SourceError

if TYPE_CHECKING:
    import pandas as pd

# More than these tell nothing new about ranges, and would only take time.
MOST_ROWS = 20_000


def read_examples(path: Path, label: str = "") -> pd.DataFrame:
    """Return the table of a CSV file, its numbers and flags read as such; raise SourceError."""
    import io

    import pandas as pd

    try:
        text = as_text(path.name, read_content(path))
        table = pd.read_csv(io.StringIO(text), sep=find_delimiter(text), nrows=MOST_ROWS)
    except InvalidSheet as error:
        raise SourceError(error.message) from error
    except (ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:120]
        raise SourceError(
            f"{path.name} cannot be read as CSV ({reason}); save it again."
        ) from error
    table.columns = pd.Index([str(name) for name in table.columns])
    if table.empty:
        raise SourceError(f"{path.name} holds no rows below its header; add some.")
    if label and label not in table:
        listed = ", ".join(name[:40] for name in table.columns[:12])
        raise SourceError(f"{path.name} has no column {label!r}; --label takes one of: {listed}.")
    return table


def read_true_labels(cells: pd.Series, classes: Any) -> Any:
    """Return the class that each cell names, None where it names none.

    A number stands for the class with the same number, whichever way it is written.
    """
    names = {str(each): str(each) for each in classes}
    for each in classes:
        number = number_of(each)
        if number is not None:
            names.setdefault(f"number {number:g}", str(each))
    found = []
    for cell in cells:
        number = number_of(cell)
        key = str(cell).strip()
        by_number = names.get(f"number {number:g}") if number is not None else None
        found.append(names.get(key) or by_number)
    return np.array(found, object)


def number_of(value: Any) -> float | None:
    """Return the number that a class or cell is, None for one that is none."""
    if isinstance(value, bool | np.bool_):
        return float(value)
    try:
        return float(value) if not isinstance(value, str) or value.strip() else None
    except (TypeError, ValueError):
        return None
