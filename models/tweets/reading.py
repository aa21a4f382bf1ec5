"""A tweet as features and, in the same pass, the tokens that each feature comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.text.reading import Floats, Ints, Occurrences, Reading, look_up
from models.tweets.ngrams import BLOCKS, Ngrams, ngrams_of, runs_of, signs_of
from models.tweets.style import COLUMNS, NAMES, events, sums
from models.tweets.tokens import Token, Words, find_words, tokenize

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
    "short": "length of the text",
}
# Some features follow from another one, or from a balance of others, and are dealt out to the tokens as that is.
BALANCES: dict[str, dict[str, int]] = {
    "vader": {"vader+": 1, "vader-": -1},
    "liu": {"liu+": 1, "liu-": -1},
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
    """Return the row of a text, and the tokens that each of its features comes from."""
    tokens = tokenize(text)
    words = find_words(tokens, vectorizer.neutral_)
    happened = list(events(words, vectorizer.liu_, vectorizer.vader_))
    styled = sums(words.tokens, happened)
    blocks = zip(BLOCKS, ngrams_of(words, vectorizer.char_range), strict=True)
    met = [look_up_block(vectorizer, block, ngrams) for block, ngrams in blocks]
    base = len(vectorizer.idf_) + vectorizer.mean_width()
    columns = {name: base + COLUMNS[name] for name in styled}
    parts = [
        word_occurrences(vectorizer, words, *met[0]),
        pair_occurrences(words, *met[1]),
        char_occurrences(vectorizer, words, *met[2]),
    ]
    found = [add_up(*one) for one in met]
    occurrences = [share_out(part) for part in parts]
    styles = style_occurrences(columns, causes(words.tokens, happened))
    indices = np.array(words.indices, np.int64)
    occurrences.append(replace(styles, firsts=indices[styles.firsts], lasts=indices[styles.lasts]))
    return Reading(
        vectorizer.make_row(words, found, styled),
        [(token.start, token.end) for token in tokens],
        known_tokens(tokens, words, parts[0]),
        Occurrences.join(occurrences),
        {columns[name]: title for name, title in TITLES.items() if name in columns},
    )


class Part(NamedTuple):
    """Where n-grams stand, on tokens `firsts` to `lasts`, and the amount of each there; all (n_occurrences,)."""

    columns: Ints
    amounts: Floats
    firsts: Ints
    lasts: Ints


def share_out(part: Part) -> Occurrences:
    """Return the occurrences, each with its part of the value of its column."""
    known = part.columns >= 0
    columns, amounts = part.columns[known], part.amounts[known]
    _, owners = np.unique(columns, return_inverse=True)
    totals = np.bincount(owners, amounts)
    shares = amounts / np.where(totals, totals, 1)[owners] if len(columns) else amounts
    return Occurrences(columns, part.firsts[known], part.lasts[known], shares)


def add_up(columns: Ints, amounts: Floats) -> tuple[Ints, Floats]:
    """Return the columns of known n-grams, in order, and how much of each is meant, at most where most is."""
    known = columns >= 0
    found, owners = np.unique(columns[known], return_inverse=True)
    most = np.zeros(len(found))
    np.maximum.at(most, owners, np.abs(amounts[known]))
    return found, np.clip(np.bincount(owners, amounts[known], len(found)), -most, most)


def look_up_block(vectorizer: Any, block: str, ngrams: Ngrams) -> tuple[Ints, Floats]:
    """Return the column of each n-gram, -1 for one that is not known, and how much of it is meant."""
    columns = look_up(ngrams.names, vectorizer.vocabularies_[block])
    amounts = np.ones(len(columns)) if ngrams.amounts is None else np.array(ngrams.amounts)
    return columns, amounts


def spans_of(words: Words) -> tuple[Ints, Ints]:
    """Return the first and last token of each word: a turned one stands with what turns it."""
    indices, sources = np.array(words.indices, np.int64), np.array(words.sources, np.int64)
    return np.minimum(indices, sources), np.maximum(indices, sources)


def word_occurrences(vectorizer: Any, words: Words, columns: Ints, amounts: Floats) -> Part:
    """Return the occurrences of single words, and of the pooled words if each has a column of its own."""
    firsts, lasts = spans_of(words)
    turned = np.array(words.turned or [False] * len(words.tokens), np.bool_)
    firsts, lasts = np.concatenate([firsts, firsts[turned]]), np.concatenate([lasts, lasts[turned]])
    if vectorizer.mean_vectors_ is None:
        pooled = look_up([token.form for token in words.tokens], vectorizer.mean_vocabulary_)
        pooled[pooled >= 0] += len(vectorizer.idf_)
        signs = signs_of(words)
        columns = np.concatenate([columns, pooled])
        amounts = np.concatenate([amounts, np.ones(len(pooled)) if signs is None else signs])
        size = len(pooled)
        firsts = np.concatenate([firsts, firsts[:size]])
        lasts = np.concatenate([lasts, lasts[:size]])
    return Part(columns, amounts, firsts, lasts)


def pair_occurrences(words: Words, columns: Ints, amounts: Floats) -> Part:
    """Return the occurrences of word pairs; one with an end of the text stands on its only word."""
    firsts, lasts = spans_of(words)
    index = np.arange(len(columns))
    left, right = np.maximum(index - 1, 0), np.minimum(index, len(words.tokens) - 1)
    return Part(columns, amounts, firsts[left], lasts[right])


def char_occurrences(vectorizer: Any, words: Words, columns: Ints, amounts: Floats) -> Part:
    """Return the occurrences of runs of characters: each stands in one word."""
    counts = [len(runs_of(token, vectorizer.char_range)) for token in words.tokens]
    index = np.repeat(np.array(words.indices, np.int64), counts)
    return Part(columns, amounts, index, index)


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


def known_tokens(tokens: list[Token], words: Words, part: Part) -> NDArray[np.bool_]:
    """Return whether each token is a word the model knows; names, links and numbers are never unknown.

    Nor are words that only turn others, and names of groups: they are left out on purpose.
    """
    known = np.array([token.kind in "uld" for token in tokens], np.bool_)
    left_out = np.ones(len(tokens), np.bool_)
    left_out[list(words.indices)] = False
    known[part.lasts[part.columns >= 0]] = True
    known[part.firsts[part.columns >= 0]] = True
    return known | left_out
