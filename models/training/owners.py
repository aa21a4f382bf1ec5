"""Which sentence a phrase is a part of, found among many thousands of both."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# What `find_owners` says of a phrase that is in none of the sentences, and of one that is in several.
NO_OWNER, SEVERAL_OWNERS = -1, -2
NOT_COMPARED = re.compile("[^a-z0-9]+")
# A space ends a sentence, and is the least of all; "z" is the greatest.
ALPHABET = np.frombuffer(b" 0123456789abcdefghijklmnopqrstuvwxyz", np.uint8)
# Twelve characters make one number of 64 bits, in their alphabetical order: 37 ** 12 is below 2 ** 64.
WIDTH = 12
PLACES = np.array([len(ALPHABET) ** place for place in reversed(range(WIDTH))], np.uint64)


class Sentences:
    """Sentences with an index of all that is in them, in alphabetical order."""

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [letters_of(text) for text in texts]
        self.joined = " ".join(parts) + " " * WIDTH
        windows = np.lib.stride_tricks.sliding_window_view(codes_of(self.joined), WIDTH)
        numbers = windows @ PLACES
        self.starts = np.argsort(numbers, kind="stable")
        self.numbers = numbers[self.starts]
        ends = np.cumsum([len(part) + 1 for part in parts])
        self.rows = np.searchsorted(ends, self.starts, "right")
        # How often the row changes up to each entry: it is one row where that stays the same.
        self.changes = np.concatenate([[0], np.cumsum(np.diff(self.rows) != 0)])

    def find_owners(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of the one sentence that each text is a part of, or why there is none."""
        parts = [letters_of(text) for text in texts]
        lows = np.searchsorted(self.numbers, beginnings(parts, " "), "left")
        highs = np.searchsorted(self.numbers, beginnings(parts, "z"), "right")
        owners = (
            self.owner(part, low, high) if part else NO_OWNER
            for part, low, high in zip(parts, lows.tolist(), highs.tolist(), strict=True)
        )
        return np.fromiter(owners, np.int64, len(parts))

    def owner(self, part: str, low: int, high: int) -> int:
        """Return the owner of what begins like the entries from `low` to before `high`."""
        if low == high:
            return NO_OWNER
        if len(part) <= WIDTH:
            same = self.changes[low] == self.changes[high - 1]
            return int(self.rows[low]) if same else SEVERAL_OWNERS
        entries = zip(self.starts[low:high].tolist(), self.rows[low:high].tolist(), strict=True)
        rows = {row for start, row in entries if self.joined.startswith(part, start)}
        return SEVERAL_OWNERS if len(rows) > 1 else max(rows, default=NO_OWNER)


def find_owners(texts: Sequence[str], sentences: Sequence[str]) -> NDArray[np.int64]:
    """Return for each text the index of the one sentence that it is a part of.

    Compared are the letters a to z and digits alone, in lower case. NO_OWNER stands for a text that is
    in no sentence, or has nothing to compare; SEVERAL_OWNERS for one that is in more than one.
    """
    return Sentences(sentences).find_owners(texts)


def letters_of(text: str) -> str:
    """Return what of a text is compared."""
    return NOT_COMPARED.sub("", text.lower())


def codes_of(letters: str) -> NDArray[np.uint64]:
    """Return the place in the alphabet of each character."""
    characters = np.frombuffer(letters.encode("ascii"), np.uint8)
    return np.searchsorted(ALPHABET, characters).astype(np.uint64)


def beginnings(parts: Sequence[str], filler: str) -> NDArray[np.uint64]:
    """Return the number for the first characters of each part, short ones filled up."""
    padded = "".join(part[:WIDTH].ljust(WIDTH, filler) for part in parts)
    numbers: NDArray[np.uint64] = codes_of(padded).reshape(-1, WIDTH) @ PLACES
    return numbers
