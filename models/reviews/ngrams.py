"""Count the word n-grams of many texts at once, with sorting instead of dictionaries."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from models.reviews.tokens import Words
from models.text.scope import NOT

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Corpus(NamedTuple):
    """The words of many texts: the number of each in `words`, how much of it is meant, each text's size."""

    codes: Ints
    shares: Floats
    lengths: Ints
    words: list[str]

    @property
    def rows(self) -> Ints:
        """The text of each word."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


def encode(texts: Iterable[Words]) -> Corpus:
    """Return the words of the texts by number."""
    numbers: dict[str, int] = {}
    codes, shares = array("i"), array("f")
    lengths = []
    for text in texts:
        lengths.append(len(text.forms))
        codes.extend([numbers.setdefault(form, len(numbers)) for form in text.forms])
        shares.extend(text.shares or [1.0] * len(text.forms))
    for form in [form for form in numbers if form.startswith(NOT)]:
        numbers.setdefault(form.removeprefix(NOT), len(numbers))
    return Corpus(
        np.array(codes, np.int64),
        np.array(shares, np.float32),
        np.array(lengths, np.int64),
        list(numbers),
    )


def _sum(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> sp.csr_matrix:
    return sp.coo_matrix((values, (rows, columns)), shape).tocsr()


def _turned(corpus: Corpus) -> Ints:
    """Return for each of the words the number of the one that it is the turned form of, or -1."""
    numbers = {word: i for i, word in enumerate(corpus.words)}
    return np.array(
        [numbers[w.removeprefix(NOT)] if w.startswith(NOT) else -1 for w in corpus.words], np.int64
    )


def count_ngrams(
    corpus: Corpus, ngram_max: int, min_df: int, opposite: float, counting: npt.NDArray[np.bool_]
) -> tuple[sp.csr_matrix, list[str]]:
    """Return the amounts of the n-grams found in at least `min_df` of the `counting` texts, and the n-grams.

    A turned word counts as `-opposite` of the plain word besides. The matrix is float32, of shape
    (n_texts, n_features); the n-grams are tokens joined by one space, shorter ones first.
    """
    codes, words, rows = corpus.codes, corpus.words, corpus.rows
    shares = corpus.shares
    size = len(corpus.lengths)
    # known[i] is the column, among those of the last length, of the n-gram that starts at i.
    known, prefixes = codes, words
    matrices, features = [], []
    for n in range(1, ngram_max + 1):
        start = np.arange(max(len(codes) - n + 1, 0))
        if n > 1:
            # An n-gram is no more frequent than its two parts of n - 1 words.
            same = rows[start] == rows[start + n - 1]
            start = start[same & (known[start] >= 0) & (known[start + 1] >= 0)]
            keys = known[start] * len(words) + codes[start + n - 1]
            shares = np.minimum(shares[:-1], corpus.shares[n - 1 :])
            unique, inverse = np.unique(keys, return_inverse=True)
            amounts = _sum(rows[start], inverse, shares[start], (size, len(unique)))
        else:
            unique, inverse = np.arange(len(words)), codes
            plain = _turned(corpus)[codes]
            turned = np.flatnonzero(plain >= 0)
            amounts = _sum(
                np.concatenate([rows, rows[turned]]),
                np.concatenate([codes, plain[turned]]),
                np.concatenate([shares, -np.float32(opposite) * shares[turned]]),
                (size, len(words)),
            )
        frequency = np.bincount(amounts[counting].indices, minlength=len(unique))
        kept = np.flatnonzero(frequency >= min_df)
        matrices.append(amounts[:, kept])
        heads, tails = np.divmod(unique[kept], len(words) or 1)
        pairs = zip(heads.tolist(), tails.tolist(), strict=True)
        names = [f"{prefixes[h]} {words[t]}" if n > 1 else words[t] for h, t in pairs]
        column = np.full(len(unique), -1)
        column[kept] = np.arange(len(kept))
        known, prefixes = np.full(len(codes), -1), names
        known[start] = column[inverse]
        features += names
    return sp.hstack(matrices, format="csr", dtype=np.float32), features
