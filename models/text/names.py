"""First names and names of places, which should carry no sentiment of their own.

Names that are also common words, or that say something in a review, are not in the list ("hope", "nice").
"""

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("names.txt")
# These belong to the name of a place where one follows: "New York", "San Diego", "Kuala Lumpur".
_BEFORE = (
    "addis aix baton buenos cape cedar ciudad costa east eastern el fort gran grand hong koh kuala la lake las los "
    "mount mt new north northern palo phnom port puerto rio saint san santo sao south southern st ste tel west western"
)
BEFORE = frozenset(_BEFORE.split())


@cache
def load_names() -> frozenset[str]:
    """Return the names, single words in lower case, and their possessive forms."""
    lines = FILE.read_text("utf-8").splitlines()
    names = " ".join(line for line in lines if not line.startswith("#")).split()
    return frozenset((*names, *(f"{name}'s" for name in names)))


def mark_names(forms: list[str]) -> list[int]:
    """Return the indices of the forms, in lower case, that are names or belong to one."""
    names = load_names()
    if names.isdisjoint(forms):
        return []
    marks = [index for index, form in enumerate(forms) if form in names]
    return marks + [index - 1 for index in marks if index and forms[index - 1] in BEFORE]
