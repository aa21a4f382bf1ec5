"""What names look like: two names that a reader may confuse share a look."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

CONFUSABLES = Path(__file__).with_name("confusables.txt")
SPACES = re.compile(r"\s+")
# Unicode's Default_Ignorable_Code_Point, and two signs that are drawn as nothing without being among them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# One round is enough for nearly all texts: what looks alike may have a capital or a compatible form.
N_ROUNDS = 4
# As many names as large sessions have, which are compared at every join.
N_REMEMBERED = 10_000


@lru_cache(N_REMEMBERED)
def looks_of(name: str) -> frozenset[str]:
    """Return the looks of a name: as it is read without its capitals, and as it is drawn with them.

    "Iris" and "iris" have the first in common, "Iris" and "lris" the second. Empty if nothing of it can
    be seen.
    """
    # Of the compatible forms some look like another letter than the one that they stand for.
    drawn = skeleton(unicodedata.normalize("NFKC", skeleton(name)))
    looks = (look_of(name), look_of(drawn))
    return frozenset(look for look in looks if look)


def look_of(name: str) -> str:
    """Return a name without differences in capitals, in how accents are encoded, and in alphabet."""
    look = ""
    for _ in range(N_ROUNDS):
        look, name = name, tidy(skeleton(unicodedata.normalize("NFKC", name).casefold()))
        if look == name:
            break
    return name


def skeleton(text: str) -> str:
    """Return the skeleton of a text: each character replaced by the one that it can be confused with, see UTS 39."""
    drawn = INVISIBLE.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFD", drawn.translate(confusables()))


def tidy(text: str) -> str:
    """Return a text without format characters and needless spaces."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return SPACES.sub(" ", seen).strip()


@cache
def confusables() -> dict[int, str]:
    """Return the character that each one can be confused with, by its code point."""
    lines = CONFUSABLES.read_text("utf-8").rstrip("\n").split("\n")
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {ord(sign): taken_for for taken_for, signs in pairs for sign in signs}
