"""A tweet as features and, in the same pass, the tokens that each feature comes from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from models.reading import Ints, Places, Reading
from models.tweets.style import NAMES, events, sums
from models.tweets.tokens import Token, char_string, negated, tokenize

Event = tuple[int, str, float]


class FittedVectorizer(Protocol):
    """What of a fitted TweetVectorizer is needed to read a tweet; see there."""

    liu_: dict[str, int]
    vader_: dict[str, float]
    idf_: NDArray[np.float32]
    vocabularies_: dict[str, dict[str, int]]
    mean_vocabulary_: dict[str, int]
    mean_vectors_: NDArray[np.float32] | None
    char_range: tuple[int, int]

    def mean_width(self) -> int:
        """Return the number of columns of the pooled vectors."""

    def make_row(self, tokens: Any, found: Any, amounts: Any) -> Any:
        """Return columns and values of one tweet."""

    def stack(self, rows: Any) -> Any:
        """Return rows as a sparse matrix."""


# Manner of writing gets a title of its own; what else a token adds is listed under the token itself.
TITLES = {
    "capitals": "words in capitals",
    "any capitals": "words in capitals",
    "title": "capitalised words",
    "any title": "capitalised words",
    "title share": "capitalised words",
    "elongated": "stretched words",
    "length": "length of the text",
}
# Features that follow from other ones: by which amounts they are dealt out to the tokens.
DERIVED: dict[str, dict[str, float]] = {
    "vader compound": {"vader+": 1, "vader-": -1},
    "vader mean": {"vader+": 1, "vader-": -1},
    "liu balance": {"liu+": 1, "liu- negated": 1, "liu-": -1, "liu+ negated": -1},
    "liu mean": {"liu+": 1, "liu- negated": 1, "liu-": -1, "liu+ negated": -1},
    "title share": {"title": 1},
    **{name: {name.removeprefix("any "): 1} for name in NAMES if name.startswith("any ")},
}
LAST_TOKEN = ("ends ?", "ends !", "ends link")
FIRST_TOKEN = ("starts user",)


def read_tweet(vectorizer: FittedVectorizer, text: str) -> Reading:
    """Return what a fitted vectorizer reads in ``text``."""
    check_is_fitted(vectorizer, "idf_")
    tokens = tokenize(text)
    marks = negated(tokens)
    happened = list(events(tokens, marks, vectorizer.liu_, vectorizer.vader_))
    amounts = sums(tokens, happened)
    base = len(vectorizer.idf_) + vectorizer.mean_width()
    columns = {name: base + i for i, name in enumerate(NAMES) if name in amounts}
    words, pairs = word_places(vectorizer, tokens, marks), pair_places(vectorizer, tokens)
    style = style_places(columns, causes(tokens, happened, amounts))
    chars = char_places(vectorizer, tokens)
    numbers = np.unique(np.concatenate([words.columns, pairs.columns, chars.columns]))
    sizes = [len(vocabulary) for vocabulary in vectorizer.vocabularies_.values()]
    found = np.split(numbers, np.searchsorted(numbers, np.cumsum(sizes)))
    return Reading(
        vectorizer.stack([vectorizer.make_row(tokens, found[: len(sizes)], amounts)]),
        [(token.start, token.end) for token in tokens],
        known_tokens(tokens, words),
        Places.join((words, pairs, chars, style)),
        {columns[name]: title for name, title in TITLES.items() if name in columns},
    )


def word_places(vectorizer: FittedVectorizer, tokens: list[Token], marks: list[bool]) -> Places:
    """Return the places of single words, which inside a negation are features of their own.

    So are the pooled words, if each has a column of its own.
    """
    get = vectorizer.vocabularies_["word"].get
    marked = zip(tokens, marks, strict=True)
    columns = [get(f"{token.form}_N" if mark else token.form, -1) for token, mark in marked]
    place = np.arange(len(tokens))
    if vectorizer.mean_vectors_ is None:
        base, pooled = len(vectorizer.idf_), vectorizer.mean_vocabulary_
        columns += [base + pooled[t.form] if t.form in pooled else -1 for t in tokens]
        place = np.concatenate([place, place])
    return Places.even(np.array(columns, np.int64), place, place)


def pair_places(vectorizer: FittedVectorizer, tokens: list[Token]) -> Places:
    """Return the places of word pairs; one with an end of the text stands on its only word."""
    get = vectorizer.vocabularies_["pair"].get
    forms = ["<s>", *(token.form for token in tokens), "</s>"]
    names = map(" ".join, pairwise(forms))
    columns = np.array([get(name, -1) if tokens else -1 for name in names], np.int64)
    ends = np.arange(len(columns))
    return Places.even(columns, np.maximum(ends - 1, 0), np.minimum(ends, len(tokens) - 1))


def char_places(vectorizer: FittedVectorizer, tokens: list[Token]) -> Places:
    """Return the places of character n-grams, shared out over the tokens by their characters."""
    string, get = char_string(tokens), vectorizer.vocabularies_["char"].get
    low, high = vectorizer.char_range
    starts = [np.arange(max(len(string) - n + 1, 0)) for n in range(low, high + 1)]
    grams = [string[i : i + n] for n in range(low, high + 1) for i in range(len(string) - n + 1)]
    sizes = np.repeat(np.arange(low, high + 1), [len(start) for start in starts])
    columns = np.array([get(gram, -1) for gram in grams], np.int64)
    whole = Places.even(columns, np.concatenate(starts), sizes)
    # Each of the n characters is a place of its own; blanks between words are nobody's.
    owners = np.append(owners_of_characters(tokens), np.full(high, -1))
    step = np.arange(high)
    windows = owners[whole.firsts[:, None] + step]
    inside = (windows >= 0) & (step < whole.lasts[:, None])
    shares = whole.shares / inside.sum(axis=1)
    each = np.nonzero(inside)
    return Places(whole.columns[each[0]], windows[each], windows[each], shares[each[0]])


def owners_of_characters(tokens: list[Token]) -> Ints:
    """Return the number of the token of each character of `char_string`, -1 for a blank."""
    owners = [-1]
    for i, token in enumerate(tokens):
        if token.kind not in "ul":
            owners += [i] * len(token.form)
            owners.append(-1)
    # Without any token the string is two blanks.
    return np.array(owners if len(owners) > 1 else [-1, -1], np.int64)


def causes(
    tokens: list[Token], happened: list[Event], amounts: dict[str, float]
) -> Iterator[tuple[str, dict[int, float]]]:
    """Yield each style feature of the tweet with what each token has added to it."""
    added: dict[str, dict[int, float]] = {}
    for i, name, amount in happened:
        tally = added.setdefault(name, {})
        if name == "vader last":
            tally.clear()
        if name in ("vader max", "vader min") and tally:
            if abs(amount) <= max(map(abs, tally.values())):
                continue
            tally.clear()
        tally[i] = tally.get(i, 0.0) + amount
    for name in amounts:
        if name in DERIVED:
            tally = {}
            for source, sign in DERIVED[name].items():
                for i, amount in added.get(source, {}).items():
                    tally[i] = tally.get(i, 0.0) + sign * amount
            yield name, tally
        elif name in LAST_TOKEN:
            yield name, {len(tokens) - 1: 1.0}
        elif name in FIRST_TOKEN:
            yield name, {0: 1.0}
        else:
            yield name, added.get(name, {})


def style_places(columns: dict[str, int], dealt: Iterator[tuple[str, dict[int, float]]]) -> Places:
    """Return the places of style features, each dealt out in proportion to the tokens' amounts."""
    rows = [
        (columns[name], i, amount / total)
        for name, tally in dealt
        if (total := sum(tally.values()))
        for i, amount in tally.items()
    ]
    numbers = np.array([row[:2] for row in rows], np.int64).reshape(-1, 2)
    shares = np.array([row[2] for row in rows], np.float64)
    return Places(numbers[:, 0], numbers[:, 1], numbers[:, 1], shares)


def known_tokens(tokens: list[Token], words: Places) -> NDArray[np.bool_]:
    """Return whether each token is a word the model knows; names, links and numbers are never unknown."""
    known = np.array([token.kind in "uld" for token in tokens], np.bool_)
    known[words.firsts] = True
    return known
