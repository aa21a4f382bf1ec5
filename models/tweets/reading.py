"""A tweet as features and, in the same pass, the tokens that each feature comes from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.text.reading import Floats, Ints, Occurrences, Reading, even_shares, look_up
from models.tweets.ngrams import BLOCKS, ngrams_of
from models.tweets.style import COLUMNS, NAMES, events, sums
from models.tweets.tokens import Token, mark_negated, tokenize

Event = tuple[int, str, float]
Tally = dict[int, float]


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
# Some features follow from another one, or from a balance of others, and are dealt out to the tokens as that is.
BALANCES: dict[str, dict[str, int]] = {
    "vader": {"vader+": 1, "vader-": -1},
    "liu": {"liu+": 1, "liu- negated": 1, "liu-": -1, "liu+ negated": -1},
}
SOURCES = {
    "vader compound": "vader",
    "vader mean": "vader",
    "liu balance": "liu",
    "liu mean": "liu",
    "title share": "title",
    **{name: name.removeprefix("any ") for name in NAMES if name.startswith("any ")},
}
AT_THE_END = ("ends ?", "ends !", "ends link")
AT_THE_START = "starts user"


def read_tweet(vectorizer: Any, text: str) -> Reading:
    tokens = tokenize(text)
    marks = mark_negated(tokens)
    happened = list(events(tokens, marks, vectorizer.liu_, vectorizer.vader_))
    amounts = sums(tokens, happened)
    words, pairs, chars = ngram_columns(vectorizer, tokens, marks)
    present, _, shares = even_shares(np.concatenate([words, pairs, chars]))
    edges = np.cumsum([0, *(len(vectorizer.vocabularies_[block]) for block in BLOCKS)])
    found = [present[a:b].tolist() for a, b in pairwise(np.searchsorted(present, edges).tolist())]
    base = len(vectorizer.idf_) + vectorizer.mean_width()
    columns = {name: base + COLUMNS[name] for name in amounts}
    n_words, n_both = len(words), len(words) + len(pairs)
    singles = word_occurrences(words, shares[:n_words], len(tokens))
    occurrences = (
        singles,
        pair_occurrences(pairs, shares[n_words:n_both], len(tokens)),
        char_occurrences(chars, shares[n_both:], tokens, vectorizer.char_range),
        style_occurrences(columns, causes(tokens, happened)),
    )
    return Reading(
        vectorizer.make_row(tokens, found, amounts),
        [(token.start, token.end) for token in tokens],
        known_tokens(tokens, singles),
        Occurrences.join(occurrences),
        {columns[name]: title for name, title in TITLES.items() if name in columns},
    )


def ngram_columns(
    vectorizer: Any, tokens: list[Token], marks: list[bool]
) -> tuple[Ints, Ints, Ints]:
    """Return the columns of a tweet's words, pairs and runs of characters, -1 for those not learnt.

    After the words come the pooled words, if each has a column of its own.
    """
    ngrams = ngrams_of(tokens, marks, vectorizer.char_range)
    words, pairs, chars = (
        look_up(names, vectorizer.vocabularies_[block])
        for block, names in zip(BLOCKS, ngrams, strict=True)
    )
    if vectorizer.mean_vectors_ is None:
        pooled = look_up([token.form for token in tokens], vectorizer.mean_vocabulary_)
        pooled[pooled >= 0] += len(vectorizer.idf_)
        words = np.concatenate([words, pooled])
    # The one pair of a text without tokens stands nowhere.
    return words, pairs if tokens else np.full_like(pairs, -1), chars


def word_occurrences(columns: Ints, shares: Floats, n_tokens: int) -> Occurrences:
    """Return the occurrences of single words, and of the pooled words after them."""
    index = np.resize(np.arange(n_tokens), len(columns))
    return Occurrences(columns, index, index, shares)


def pair_occurrences(columns: Ints, shares: Floats, n_tokens: int) -> Occurrences:
    """Return the occurrences of word pairs; one with an end of the text stands on its only word."""
    index = np.arange(len(columns))
    return Occurrences(columns, np.maximum(index - 1, 0), np.minimum(index, n_tokens - 1), shares)


def char_occurrences(
    columns: Ints, shares: Floats, tokens: list[Token], char_range: tuple[int, int]
) -> Occurrences:
    """Return the occurrences of runs of characters, shared out over the tokens by their characters."""
    low, high = char_range
    owners = owners_of_characters(tokens)
    counts = [max(len(owners) - n + 1, 0) for n in range(low, high + 1)]
    starts = np.concatenate([np.arange(count) for count in counts])
    sizes = np.repeat(np.arange(low, high + 1), counts)
    # Each of the n characters is an occurrence of its own; blanks between words are nobody's.
    step = np.arange(high)
    windows = np.append(owners, np.full(high, -1))[starts[:, None] + step]
    inside = (windows >= 0) & (step < sizes[:, None])
    n_inside = inside.sum(axis=1)
    each = shares / np.maximum(n_inside, 1)
    index = windows[inside]
    return Occurrences(np.repeat(columns, n_inside), index, index, np.repeat(each, n_inside))


def owners_of_characters(tokens: list[Token]) -> Ints:
    """Return the number of the token of each character of `char_string`, -1 for a blank."""
    owners = [-1]
    for i, token in enumerate(tokens):
        if token.kind not in "ul":
            owners += [i] * len(token.form)
            owners.append(-1)
    # Without any token the string is two blanks.
    return np.array(owners if len(owners) > 1 else [-1, -1], np.int64)


def causes(tokens: list[Token], happened: Iterable[Event]) -> dict[str, Tally]:
    """Return what each token has added to the style features, and to the sums that others follow from."""
    added: dict[str, Tally] = {name: {len(tokens) - 1: 1.0} for name in AT_THE_END}
    added[AT_THE_START] = {0: 1.0}
    for i, name, amount in happened:
        tally = added.setdefault(name, {})
        if name == "vader last":
            tally.clear()
        if name in ("vader max", "vader min") and tally:
            if abs(amount) <= max(map(abs, tally.values())):
                continue
            tally.clear()
        tally[i] = tally.get(i, 0.0) + amount
    for balance, signs in BALANCES.items():
        tally = added[balance] = {}
        for name, sign in signs.items():
            for i, amount in added.get(name, {}).items():
                tally[i] = tally.get(i, 0.0) + sign * amount
    return added


def style_occurrences(columns: dict[str, int], added: dict[str, Tally]) -> Occurrences:
    """Return the occurrences of style features, each dealt out in proportion to the tokens' amounts."""
    numbers: list[int] = []
    occurrences: list[int] = []
    shares: list[float] = []
    for name, column in columns.items():
        tally = added.get(SOURCES.get(name, name), {})
        total = sum(tally.values())
        if total:
            numbers += [column] * len(tally)
            occurrences += tally
            shares += [amount / total for amount in tally.values()]
    index = np.array(occurrences, np.int64)
    return Occurrences(np.array(numbers, np.int64), index, index, np.array(shares))


def known_tokens(tokens: list[Token], words: Occurrences) -> NDArray[np.bool_]:
    """Return whether each token is a word the model knows; names, links and numbers are never unknown."""
    known = np.array([token.kind in "uld" for token in tokens], np.bool_)
    known[words.firsts[words.columns >= 0]] = True
    return known
