"""Count the word n-grams of many texts at once, with sorting instead of dictionaries."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Ints = npt.NDArray[np.int64]


def encode(token_lists: Iterable[list[str]]) -> tuple[Ints, Ints, list[str]]:
    """All tokens as one array of word numbers, the number of tokens per text, the words."""
    numbers: dict[str, int] = {}
    codes = array("i")
    lengths = []
    for tokens in token_lists:
        lengths.append(len(tokens))
        codes.extend([numbers.setdefault(token, len(numbers)) for token in tokens])
    flat = np.frombuffer(codes, dtype=np.intc).astype(np.int64) if codes else np.empty(0, np.int64)
    return flat, np.array(lengths, dtype=np.int64), list(numbers)


def _count(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sp.csr_matrix:
    """Occurrences of each (row, column) pair, float32."""
    return sp.coo_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape).tocsr()


def count_ngrams(
    token_lists: Iterable[list[str]], ngram_max: int, min_df: int
) -> tuple[sp.csr_matrix, list[str]]:
    """Counts of the n-grams found in at least ``min_df`` texts, and the n-grams themselves.

    Returns a float32 matrix, shape (n_texts, n_features), and n_features strings: tokens
    joined by one space, shorter n-grams first.
    """
    codes, lengths, words = encode(token_lists)
    rows = np.repeat(np.arange(len(lengths)), lengths)
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
        else:
            keys = codes
        unique, inverse = np.unique(keys, return_inverse=True)
        counts = _count(rows[start], inverse, (len(lengths), len(unique)))
        kept = np.flatnonzero(np.bincount(counts.indices, minlength=len(unique)) >= min_df)
        matrices.append(counts[:, kept])
        heads, tails = np.divmod(unique[kept], len(words) or 1)
        pairs = zip(heads.tolist(), tails.tolist(), strict=True)
        names = [f"{prefixes[h]} {words[t]}" if n > 1 else words[t] for h, t in pairs]
        column = np.full(len(unique), -1)
        column[kept] = np.arange(len(kept))
        known, prefixes = np.full(len(codes), -1), names
        known[start] = column[inverse]
        features += names
    return sp.hstack(matrices, format="csr", dtype=np.float32), features
