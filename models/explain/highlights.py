"""The text in coloured pieces: what each word adds, with nothing of the text changed."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.explain.explanation import Contribution, Explanation, Word
from models.text.graphemes import JOINER, after_marks


class Highlight(NamedTuple):
    """A piece of the text: `value` in log-odds of the word, None for a gap or an unknown word."""

    start: int
    end: int
    value: float | None
    unknown: bool = False


def word_values(words: Sequence[Word], contributions: Sequence[Contribution]) -> list[float]:
    """Return each word's value: every contribution shared out over the characters that it covers."""
    spans = [(index, *span) for index, c in enumerate(contributions) for span in c.spans]
    if not words or not spans:
        return [0.0] * len(words)
    owners, starts, ends = np.array(spans, np.int64).T
    values = np.array([contribution.value for contribution in contributions])
    inside = np.zeros(max(words[-1].end, int(ends.max())) + 1)
    for start, end, _ in words:
        inside[start:end] = 1
    before = sums_before(inside)
    covered = np.bincount(owners, before[ends] - before[starts], len(values))
    each = values[owners] / np.maximum(covered[owners], 1)
    steps = np.zeros(len(inside))
    np.add.at(steps, starts, each)
    np.add.at(steps, ends, -each)
    sums = sums_before(np.cumsum(steps) * inside).tolist()
    return [sums[word.end] - sums[word.start] for word in words]


def sums_before(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of all values before each index, one more than there are values."""
    return np.concatenate([[0.0], np.cumsum(values)])


def highlights(text: str, explanation: Explanation) -> list[Highlight]:
    """Return pieces that together are exactly `text`: its words with their values, and the gaps.

    A word that the model has never met has no value. Marks that are drawn as part of the sign before
    them (accents, skin tones, joined emoji) stay in one piece with it.
    """
    pieces: list[Highlight] = []
    at = 0
    for piece in find_signs(text, explanation):
        if at < piece.start:
            pieces.append(make_gap(text, at, piece.start))
        pieces.append(piece)
        at = piece.end
    if at < len(text):
        pieces.append(make_gap(text, at, len(text)))
    return pieces


def make_gap(text: str, start: int, end: int) -> Highlight:
    """Return a piece between words, unknown if the model passes over something that people read."""
    gap = text[start:end]
    return Highlight(start, end, None, not gap.isspace() and is_read_by_people(gap))


def find_signs(text: str, explanation: Explanation) -> list[Highlight]:
    """Return the words of a text, those joined that are drawn as one sign."""
    values = word_values(explanation.words, explanation.contributions)
    found: list[Highlight] = []
    for word, value in zip(explanation.words, values, strict=True):
        end = after_marks(text, word.end)
        piece = Highlight(word.start, end, value if word.known else None, not word.known)
        last = found[-1] if found else None
        if last and (last.end > word.start or text[last.end - 1 : word.start] == JOINER):
            found[-1] = join_pieces(last, piece)
        else:
            found.append(piece)
    return found


def join_pieces(left: Highlight, right: Highlight) -> Highlight:
    """Return one piece for two; it has a value if one of them has."""
    known = [piece.value for piece in (left, right) if piece.value is not None]
    return Highlight(left.start, max(left.end, right.end), sum(known) if known else None, not known)


def is_read_by_people(piece: str) -> bool:
    """Tell whether a piece between words holds letters or pictures, which people would read."""
    return any(unicodedata.category(character) in ("So", "Lo", "Ll", "Lu") for character in piece)
