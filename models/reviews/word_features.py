"""What is known about words besides their labels: stems, letters, the company they keep.

Each function returns a matrix of shape (n_words, n_properties). The trainer uses them as a
prior: words that share properties get similar weights. After training they are folded into
one weight a word, so nothing here is needed to predict.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from nltk.stem import PorterStemmer
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils.extmath import randomized_svd

from models.text.scope import NOT

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
LETTERS_MIN_WORDS = 5
# Of the word vectors: their length, how far company reaches, and for how many words there is one.
SIZE, WINDOW, MOST_FREQUENT = 300, 5, 40_000


def _unit_rows(matrix: sp.csr_matrix) -> sp.csr_matrix:
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sp.diags(1 / np.maximum(norms, 1e-6)) @ matrix).tocsr().astype(np.float32)


def stems(words: list[str]) -> sp.csr_matrix:
    """Porter (1980) stem of each alphabetic word, one-hot.

    A turned word has a stem of its own, apart from the plain word's.
    """
    stem = PorterStemmer().stem
    rows: list[dict[str, float]] = []
    for word in words:
        plain = word.removeprefix(NOT)
        if not plain.isalpha():
            rows.append({})
        elif plain == word:
            rows.append({stem(word): 1.0})
        else:
            rows.append({NOT + stem(plain): 1.0})
    return DictVectorizer(dtype=np.float32, sort=False).fit_transform(rows)


def letters(words: list[str]) -> sp.csr_matrix:
    """Character n-grams of each word with its ends marked, rows of length one."""
    counter = CountVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        min_df=LETTERS_MIN_WORDS,
        binary=True,
        lowercase=False,
        dtype=np.float32,
    )
    # Capitals keep the letters of negated words apart from those of plain ones.
    spelt = [w.removeprefix(NOT).upper() if w.startswith(NOT) else w for w in words]
    try:
        return _unit_rows(counter.fit_transform(spelt))
    except ValueError:  # Too few words for any n-gram to recur.
        return sp.csr_matrix((len(words), 1), dtype=np.float32)


def cooccurrences(codes: Ints, rows: Ints, n_words: int) -> sp.coo_matrix:
    """Symmetric counts of words within WINDOW tokens, nearer ones weighing more.

    ``codes``: word of each token or -1; ``rows``: its text. Shape (n_words, n_words).
    """
    total = sp.csr_matrix((n_words, n_words), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        left, right = codes[:-distance], codes[distance:]
        good = (rows[:-distance] == rows[distance:]) & (left >= 0) & (right >= 0)
        weights = np.full(int(good.sum()), (WINDOW + 1 - distance) / WINDOW, np.float32)
        total = total + sp.csr_matrix((weights, (left[good], right[good])), total.shape)
    return (total + total.T).tocoo()


def vectors(codes: Ints, rows: Ints, n_words: int) -> Floats:
    """Word vectors from positive pointwise mutual information and a truncated SVD.

    Levy, Goldberg and Dagan (2015), with context smoothing 0.75, singular values to the
    power 1/2, minus the mean over tokens, of length one. Shape (n_words, SIZE). Words that
    are not among the MOST_FREQUENT get zeros: their counts are too few to trust.
    """
    used = np.bincount(codes[codes >= 0], minlength=n_words)
    common = np.argsort(-used, kind="stable")[:MOST_FREQUENT]
    rank_of = np.full(n_words + 1, -1)
    rank_of[common] = np.arange(len(common))
    known = _vectors(rank_of[codes], rows, len(common))
    result = np.zeros((n_words, known.shape[1]), np.float32)
    result[common] = known
    return result


def _vectors(codes: Ints, rows: Ints, n_words: int) -> Floats:
    counts = cooccurrences(codes, rows, n_words)
    marginal = np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1e-9)
    context = marginal**0.75 / np.sum(marginal**0.75)
    pmi = np.log(counts.data / (marginal[counts.row] * context[counts.col]))
    kept = (pmi > 0) & (counts.data >= 1)
    ppmi = sp.csr_matrix(
        (pmi[kept].astype(np.float32), (counts.row[kept], counts.col[kept])), counts.shape
    )
    rank = min(SIZE, n_words - 1)
    left, singular, _ = randomized_svd(ppmi, rank, n_iter=3, random_state=0)
    found = left * np.sqrt(singular)
    used = np.bincount(codes[codes >= 0], minlength=n_words)
    if used.sum():
        found = found - np.average(found, axis=0, weights=used)
    found /= 1e-6 + np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found, dtype=np.float32)
