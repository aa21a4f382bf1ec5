"""Word vectors from our own text: positive pointwise mutual information and a truncated SVD (Levy and Goldberg 2014)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from models.tweets.tokens import tokenize

Documents = Sequence[Sequence[str]]
_CHUNK = 15_000


class WordVectors(NamedTuple):
    """``values`` has shape (n_words, n_dims), float32: scaled so that a tweet's mean has a spread near 0.2."""

    words: tuple[str, ...]
    values: NDArray[np.float32]


def forms(texts: Sequence[str]) -> list[list[str]]:
    """Cut texts into the forms of their tokens."""
    return [[token.form for token in tokenize(text.replace("<br />", " "))] for text in texts]


def cooccurrence(documents: Documents, index: dict[str, int], window: int) -> sp.csr_matrix:
    """Count how often two words stand at most ``window`` words apart, shape (n_words, n_words), symmetric."""
    size = len(index)
    total = sp.csr_matrix((size, size), dtype=np.float32)
    for first in range(0, len(documents), _CHUNK):
        numbers: list[int] = []
        for document in documents[first : first + _CHUNK]:
            numbers += [index.get(word, -1) for word in document]
            numbers += [-1] * window
        ids = np.asarray(numbers, dtype=np.int32)
        for distance in range(1, window + 1):
            left, right = ids[:-distance], ids[distance:]
            both = (left >= 0) & (right >= 0)
            ones = np.ones(int(both.sum()), dtype=np.float32)
            total = (
                total + sp.coo_matrix((ones, (left[both], right[both])), shape=(size, size)).tocsr()
            )
    return total + total.T


def ppmi(counts: sp.csr_matrix, smoothing: float = 0.75) -> sp.csr_matrix:
    """Positive pointwise mutual information, in nats, with smoothed context frequencies."""
    cells = counts.tocoo()
    rows = np.asarray(cells.sum(axis=1)).ravel()
    contexts = np.asarray(cells.sum(axis=0)).ravel() ** smoothing
    value = np.log(cells.data * contexts.sum() / (rows[cells.row] * contexts[cells.col]))
    kept = value > 0
    arrays = (value[kept].astype(np.float32), (cells.row[kept], cells.col[kept]))
    return sp.coo_matrix(arrays, shape=cells.shape).tocsr()


def learn_vectors(
    tweets: Sequence[str], background: Documents, dims: int = 200, spread: float = 0.2
) -> WordVectors:
    """Learn vectors of words that occur at least 3 times in the tweets or 25 times in the background; a tweet's pairs count tenfold."""
    own, other = forms(tweets), background
    in_own = Counter(word for document in own for word in document)
    in_other = Counter(word for document in other for word in document)
    words = sorted(word for word in in_own | in_other if in_own[word] >= 3 or in_other[word] >= 25)
    index = {word: i for i, word in enumerate(words)}
    counts = cooccurrence(own, index, 6) * 10 + cooccurrence(other, index, 4)
    left, strength, _ = randomized_svd(ppmi(counts), dims + 100, n_iter=3, random_state=0)
    values = (left * np.sqrt(strength))[:, :dims]
    values /= np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-6)
    share = np.array([in_own[word] for word in words], dtype=np.float64)
    values -= (share / share.sum()) @ values
    pooled = np.stack(
        [values[[index[w] for w in d if w in index]].sum(axis=0) / len(d) for d in own[::10] if d]
    )
    values *= spread / pooled.std()
    return WordVectors(tuple(words), values.astype(np.float32))
