"""The phrases of an explained text, each with the sum of what its features add."""

import re

import numpy as np

from models.explain.explanation import Contribution, Span, strongest_first
from models.text.reading import Floats, Ints, Reading

MARKUP = re.compile(r"<[^<>]*>")
OTHER_SPACE = re.compile(r"[^\S ]")
# Signs that mean little of themselves: a phrase is listed without them at its edges.
QUIET = frozenset(".,;:()\"*-'…")
LONGEST_PHRASE = 3
WHOLE_TEXT = "the text as a whole"

Sums = dict[str, float]
Spans = dict[str, tuple[Span, ...]]


def contributions_of(
    text: str, reading: Reading, columns: Ints, values: Floats
) -> tuple[Contribution, ...]:
    """Return each phrase's sum of what its features add; what has a title is listed under that.

    `columns` and `values` of shape (n_columns,) are the features present and what each adds.
    """
    order = np.argsort(columns)
    columns, values = columns[order], values[order]
    at = np.searchsorted(columns, reading.occurrences.columns)
    # What has a title is listed under that and not under its words; what has no occurrence has no words.
    titled = np.array([column in reading.titles for column in columns.tolist()], np.bool_)
    own = titled | (np.bincount(at, minlength=len(columns)) == 0)
    amounts = np.where(own, 0, values)[at] * reading.occurrences.shares
    sums, spans = sum_phrases(text, reading, amounts)
    own_sums, own_spans = sum_titled(reading, columns[own], values[own], np.flatnonzero(own[at]))
    return strongest_first(
        [*sums, *own_sums],
        [*sums.values(), *own_sums.values()],
        [*spans.values(), *own_spans.values()],
    )


def sum_phrases(text: str, reading: Reading, amounts: Floats) -> tuple[Sums, Spans]:
    """Return the sum of the occurrences' amounts, of shape (n_occurrences,), for each phrase, and its spans."""
    words, size = reading.words, len(reading.words)
    firsts, lasts = trim_edges(text, reading)
    keys, owners = np.unique(firsts * size + lasts, return_inverse=True)
    values = np.bincount(owners, amounts, len(keys)).tolist()
    firsts, lasts = np.divmod(keys, size)
    pairs = zip(firsts.tolist(), lasts.tolist(), strict=True)
    pieces = [(words[first][0], words[last][1]) for first, last in pairs]
    names = phrase_names(text, pieces)
    for i in np.flatnonzero((firsts == lasts) & ~reading.known[firsts]).tolist():
        # A sign such as an emoji has no letters.
        if any(map(str.isalnum, names[i])):
            names[i] = f"letters of {names[i]}"
    sums: Sums = dict.fromkeys(names, 0.0)
    found: dict[str, list[Span]] = {name: [] for name in sums}
    for name, value, piece in zip(names, values, pieces, strict=True):
        sums[name] += value
        found[name].append(piece)
    return sums, {name: tuple(spans) for name, spans in found.items()}


def trim_edges(text: str, reading: Reading) -> tuple[Ints, Ints]:
    """Return the first and last words of all occurrences, without commas, dots and the like at the edges.

    So what "superb" and "superb." add is listed once.
    """
    firsts, lasts = reading.occurrences.firsts, reading.occurrences.lasts
    quiet = np.array(
        [end - start == 1 and text[start] in QUIET for start, end in reading.words], np.bool_
    )
    for _ in range(LONGEST_PHRASE - 1):
        firsts = firsts + (quiet[firsts] & (firsts < lasts))
        lasts = lasts - (quiet[lasts] & (firsts < lasts))
    return firsts, lasts


def phrase_names(text: str, pieces: list[Span]) -> list[str]:
    """Return the pieces [start, end) of a text as they are listed."""
    low = text.lower()
    # A few capitals (such as U+0130) become two characters.
    low = OTHER_SPACE.sub(" ", low if len(low) == len(text) else text)
    names = [low[start:end] for start, end in pieces]
    return list(map(phrase_name, names)) if "  " in low or "<" in low else names


def phrase_name(piece: str) -> str:
    """Return a piece of a text as it is listed: lower case, single spaces, no markup."""
    return " ".join(MARKUP.sub(" ", piece).lower().split()) or piece.strip()


def sum_titled(reading: Reading, columns: Ints, values: Floats, found: Ints) -> tuple[Sums, Spans]:
    """Return the sums of features that have a title, or no occurrence, and the spans of their words.

    `columns` and `values` are those features and what each adds, `found` the indices of their occurrences.
    """
    titles = {column: reading.titles.get(column, WHOLE_TEXT) for column in columns.tolist()}
    sums: Sums = dict.fromkeys(titles.values(), 0.0)
    for title, value in zip(titles.values(), values.tolist(), strict=True):
        sums[title] += value
    spans: dict[str, set[Span]] = {title: set() for title in sums}
    occurrences, words = reading.occurrences, reading.words
    for i in found.tolist():
        span = words[occurrences.firsts[i]][0], words[occurrences.lasts[i]][1]
        spans[titles[int(occurrences.columns[i])]].add(span)
    return sums, {title: tuple(sorted(found)) for title, found in spans.items()}
