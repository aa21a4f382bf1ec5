"""The limits on a list of cases, and the error if it cannot be read."""

from collections.abc import Sequence

from models.errors import UserError, shown

LARGEST_FILE = 20_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
# Of a column's name, and of what may be a label, in characters.
LONGEST_NAME, LONGEST_LABEL = 100, 200
# A header, and one row more than there may be.
ENOUGH_LINES = MOST_ROWS + 2
# So many columns are named to choose from.
MOST_NAMED = 20
REMEDY = "save it as “CSV UTF-8” or as an Excel workbook (.xlsx)"

# Where it begins, and its entries.
Line = tuple[int, list[str]]


class CaseListError(UserError):
    """A list of cases cannot be read, or no cases can be chosen from it."""

    code = "invalid_cases"


def too_large(name: str, size: int, largest: int = LARGEST_FILE) -> CaseListError:
    """Return the error for a file of this size in bytes."""
    return CaseListError(
        f"{name} has {size / 1e6:,.1f} MB; at most {largest // 1_000_000} MB are taken. "
        "Leave out rows or columns."
    )


def no_such_column(column: str, there: Sequence[str], field: str) -> CaseListError:
    """Return the error for a column that was named for a field and is not among those of the file."""
    return CaseListError(f"The file has no column {shown(column)}; {choice_of(there)}.", field)


def choice_of(columns: Sequence[str]) -> str:
    """Return the columns of a file, the first of many, to choose one of."""
    return f"choose one of: {', '.join(map(shown, columns[:MOST_NAMED]))}"
