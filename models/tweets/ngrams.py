"""The n-grams of a tweet: its words, pairs of words, and runs of characters; and which are learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import LogisticRegression

from models.tweets.tokens import Token, char_string

BLOCKS = ("word", "pair", "char")  # each is scaled to unit length in each tweet
Ngrams = tuple[list[str], list[str], list[str]]
Vocabularies = dict[str, dict[str, int]]


def ngrams_of(tokens: list[Token], marks: list[bool], char_range: tuple[int, int]) -> Ngrams:
    """Return the n-grams of each block in the order of the text; ``marks`` says which words are negated."""
    forms = [token.form for token in tokens]
    words = [f"{form}_N" if mark else form for form, mark in zip(forms, marks, strict=True)]
    pairs = list(map(" ".join, zip(["<s>", *forms], [*forms, "</s>"], strict=True)))
    string = char_string(tokens)
    low, high = char_range
    chars = [string[i : i + n] for n in range(low, high + 1) for i in range(len(string) - n + 1)]
    return words, pairs, chars


def learn_vocabularies(
    documents: Iterable[Ngrams], least: tuple[int, int, int]
) -> tuple[Vocabularies, NDArray[np.int64]]:
    """Return the columns of the n-grams found in at least so many documents, and in how many each is."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for ngrams in documents:
        for count, found in zip(counts, ngrams, strict=True):
            count.update(set(found))
    vocabularies: Vocabularies = {}
    frequency: list[int] = []
    for block, count, low in zip(BLOCKS, counts, least, strict=True):
        kept = sorted(ngram for ngram, n in count.items() if n >= low)
        vocabularies[block] = {ngram: i for i, ngram in enumerate(kept, len(frequency))}
        frequency += [count[ngram] for ngram in kept]
    return vocabularies, np.asarray(frequency, dtype=np.int64)


def strongest_columns(
    features: sp.csr_matrix, y: ArrayLike, idf: NDArray[np.float32], size: int, C: float
) -> NDArray[np.intp]:
    """Return the ``size`` columns of n-grams with the largest max|weight| * sqrt(frequency), in order.

    The weights are those of a logistic regression on all features; the n-grams' columns come first, and ``idf`` has
    shape (n_ngrams,).
    """
    model = LogisticRegression(C=C, class_weight="balanced", tol=1e-4, max_iter=150)
    weights = np.abs(model.fit(features, y).coef_[:, : len(idf)]).max(axis=0)
    frequency = np.bincount(features.indices, minlength=features.shape[1])[: len(idf)]
    score = weights * idf * np.sqrt(frequency)
    return np.sort(np.argsort(-score, kind="stable")[:size])
