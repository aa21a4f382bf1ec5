"""The limits on a list of cases, and the error if it cannot be read."""

from models.errors import UserError

LARGEST_FILE = 20_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
# Of a column's name, and of what may be a label, in characters.
LONGEST_NAME, LONGEST_LABEL = 100, 200
# A header, and one row more than there may be.
ENOUGH_LINES = MOST_ROWS + 2
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
