"""What a file says of its cases beside their input: shown to reviewers, never read by the model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from demo.files.errors import CaseListError, no_such_column
from demo.sessions.text import UNPRINTABLE, shorten, with_line_feeds

if TYPE_CHECKING:
    import pandas as pd

Context = Mapping[str, str]
MOST_COLUMNS = 10
LONGEST_NAME, LONGEST_VALUE = 101, 500


def other_columns(table: "pd.DataFrame", taken: Iterable[str | None]) -> list[str]:
    """Return the first columns of a table that hold neither a field nor the true label."""
    used = set(taken)
    return [name for name in map(str, table.columns) if name not in used][:MOST_COLUMNS]


def read_context(table: "pd.DataFrame", columns: Sequence[str]) -> list[dict[str, str]]:
    """Return what these columns of a table say, for each of its rows; raise CaseListError."""
    if len(columns) > MOST_COLUMNS:
        raise CaseListError(
            f"{len(columns)} columns came to be shown beside the cases; at most {MOST_COLUMNS} are. "
            "Leave some out.",
            "context",
        )
    there = [str(column) for column in table.columns]
    for column in columns:
        if column not in there:
            raise no_such_column(column, there, "context")
    cells = (table[column].tolist() for column in columns)
    rows = zip(*cells, strict=True) if columns else ([()] * len(table))
    return [clean_context(dict(zip(columns, row, strict=True))) for row in rows]


def clean_context(context: Context) -> dict[str, str]:
    """Return names and values as they are kept: printable, cut where too long, without empty ones."""
    cleaned = {
        clean(name, LONGEST_NAME): clean(value, LONGEST_VALUE)
        for name, value in list(context.items())[:MOST_COLUMNS]
    }
    return {name: value for name, value in cleaned.items() if name and value}


def clean(text: str, longest: int) -> str:
    """Return a text without control characters, with "…" for what is too long."""
    return shorten(with_line_feeds(UNPRINTABLE.sub("", text)).strip(), longest)
