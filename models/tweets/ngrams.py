"""The n-grams of a tweet: its words, pairs of words, and runs of characters; and which are learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import LogisticRegression

from models.text.scope import NOT
from models.tweets.tokens import Token, Words

BLOCKS = ("word", "pair", "char")  # each is scaled to unit length in each tweet
# A turned word is as much of its own opposite.
OPPOSITE = 1.0
Vocabularies = dict[str, dict[str, int]]


class Ngrams(NamedTuple):
    """The n-grams of one block in the order of the text, and how much of each is meant, None if all is."""

    names: list[str]
    amounts: list[float] | None


def ngrams_of(words: Words, char_range: tuple[int, int]) -> tuple[Ngrams, Ngrams, Ngrams]:
    """Return the n-grams of each block in the order of the text."""
    return *word_ngrams(words), char_ngrams(words, char_range)


def word_ngrams(words: Words) -> tuple[Ngrams, Ngrams]:
    """Return the words and the pairs of words; the plain forms of turned words come after all words."""
    forms = [token.form for token in words.tokens]
    shares, turned = words.shares, words.turned
    if shares is None or turned is None:
        return Ngrams(forms, None), Ngrams(pairs_of(forms), None)
    marked = [NOT + form if turn else form for form, turn in zip(forms, turned, strict=True)]
    least = list(map(min, zip([1.0, *shares], [*shares, 1.0], strict=True))) if forms else []
    opposites = [i for i, turn in enumerate(turned) if turn]
    names = [*marked, *(forms[i] for i in opposites)]
    amounts = [*shares, *(-OPPOSITE * shares[i] for i in opposites)]
    return Ngrams(names, amounts), Ngrams(pairs_of(marked), least)


def pairs_of(forms: list[str]) -> list[str]:
    """Return the pairs of neighbours, the ends of the text among them; a text without words has none."""
    ends = zip(["<s>", *forms], [*forms, "</s>"], strict=True)
    return list(map(" ".join, ends)) if forms else []


def char_ngrams(words: Words, char_range: tuple[int, int]) -> Ngrams:
    """Return the runs of characters of all words."""
    found = [runs_of(token, char_range) for token in words.tokens]
    names = [name for runs in found for name in runs]
    signs = signs_of(words)
    if signs is None:
        return Ngrams(names, None)
    return Ngrams(names, [s for s, runs in zip(signs, found, strict=True) for _ in runs])


def signs_of(words: Words) -> list[float] | None:
    """Return how much of each word is meant, below zero for a turned one, or None if all are meant."""
    if words.shares is None or words.turned is None:
        return None
    pairs = zip(words.shares, words.turned, strict=True)
    return [-OPPOSITE * share if turn else share for share, turn in pairs]


def runs_of(token: Token, char_range: tuple[int, int]) -> list[str]:
    """Return the runs of characters of a word between blanks, shorter ones first; users and links have none."""
    if token.kind in "ul":
        return []
    low, high = char_range
    string = f" {token.form} "
    return [string[i : i + n] for n in range(low, high + 1) for i in range(len(string) - n + 1)]


def learn_vocabularies(
    documents: Iterable[Iterable[Ngrams]], least: tuple[int, int, int]
) -> tuple[Vocabularies, NDArray[np.int64]]:
    """Return the columns of the n-grams found in at least so many documents, and in how many each is."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for blocks in documents:
        for count, found in zip(counts, blocks, strict=True):
            count.update(set(found.names))
    vocabularies: Vocabularies = {}
    frequency: list[int] = []
    for block, count, low in zip(BLOCKS, counts, least, strict=True):
        kept = sorted(ngram for ngram, n in count.items() if n >= low)
        vocabularies[block] = {ngram: i for i, ngram in enumerate(kept, len(frequency))}
        frequency += [count[ngram] for ngram in kept]
    return vocabularies, np.asarray(frequency, dtype=np.int64)


def strongest_columns(
    features: sp.csr_matrix,
    y: ArrayLike,
    idf: NDArray[np.float32],
    size: int,
    C: float,
    sample_weight: ArrayLike | None = None,
) -> NDArray[np.intp]:
    """Return the ``size`` columns of n-grams with the largest max|weight| * sqrt(frequency), in order.

    The weights are those of a logistic regression on all features; the n-grams' columns come first, and ``idf`` has
    shape (n_ngrams,).
    """
    model = LogisticRegression(C=C, tol=1e-4, max_iter=150)
    if sample_weight is None:
        model.set_params(class_weight="balanced")
    weights = np.abs(model.fit(features, y, sample_weight).coef_[:, : len(idf)]).max(axis=0)
    frequency = np.bincount(features.indices, minlength=features.shape[1])[: len(idf)]
    score = weights * idf * np.sqrt(frequency)
    return np.sort(np.argsort(-score, kind="stable")[:size])
