"""Text transformers of the review pipeline: word n-grams, TF-IDF and a length-dependent scale.

Everything is linear once a text has become a row of feature values: a classifier's
contributions are exactly ``value * coef``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import repeat
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from models.reviews.ngrams import count_ngrams
from models.reviews.tokens import NOT, find_negations, locate, tokenize
from models.text.reading import (
    Occurrences,
    Reading,
    Row,
    even_shares,
    find_covered,
    look_up,
)
from models.vocabulary import TextTransformer, check_texts


class NgramTfidf(TextTransformer):
    """Word n-grams of raw texts as L2-normalised sublinear TF-IDF.

    A value is ``(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)``, divided by the row's norm
    (the weighting of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``).

    Parameters
    ----------
    ngram_max : int
        Longest n-gram in words.
    min_df : int
        Least number of texts that must hold an n-gram.

    Attributes:
    ----------
    vocabulary_ : dict of str to int
        Column of each n-gram, in order; its tokens are joined by one space, shorter n-grams first.
    idf_ : float32 array, shape (n_features,)
    document_frequency_ : int64 array, shape (n_features,)
        Training texts that hold each n-gram.
    dropped_words_ : dict of str to int
        Words that were seen in training and then left out by `restrict`: known, but without weight.
    """

    packed_attributes = ("vocabulary_", "dropped_words_")

    def __init__(self, ngram_max: int = 3, min_df: int = 3) -> None:
        self.ngram_max = ngram_max
        self.min_df = min_df

    def fit(self, raw_documents: Iterable[str], y: object = None) -> Self:
        """Learn the n-grams and their document frequencies."""
        self.fit_transform(raw_documents, y)
        return self

    def fit_transform(self, raw_documents: Iterable[str], y: object = None) -> sp.csr_matrix:
        """Learn the n-grams; return their values, shape (n_texts, n_features)."""
        counts, features = count_ngrams(
            map(tokenize, check_texts(raw_documents)), self.ngram_max, self.min_df
        )
        df = np.bincount(counts.indices, minlength=len(features))
        self._set_state(features, df, counts.shape[0])
        return self._weigh(counts)

    def _set_state(self, features: list[str], df: npt.NDArray[np.int64], n: int) -> None:
        self.document_frequency_ = df
        self.idf_ = (np.log((1 + n) / (1 + df)) + 1).astype(np.float32)
        self.vocabulary_ = {name: i for i, name in enumerate(features)}
        self.dropped_words_: dict[str, int] = {}

    def restrict(self, columns: npt.NDArray[np.int64]) -> Self:
        """Keep only the given columns, in place; the rest counts for nothing, norm included."""
        check_is_fitted(self)
        names = list(self.vocabulary_)
        self.idf_ = self.idf_[columns]
        self.document_frequency_ = self.document_frequency_[columns]
        self.vocabulary_ = {names[old]: new for new, old in enumerate(columns)}
        words = (name for name in names if " " not in name and name not in self.vocabulary_)
        self.dropped_words_ = {word: i for i, word in enumerate(words)}
        longest = max((name.count(" ") + 1 for name in self.vocabulary_), default=1)
        self.ngram_max = min(self.ngram_max, longest)
        return self

    def transform(self, raw_documents: Iterable[str]) -> sp.csr_matrix:
        """Values of the texts' n-grams, float64, shape (n_texts, n_features)."""
        check_is_fitted(self)
        rows = [self.columns_and_values(text) for text in check_texts(raw_documents)]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)], dtype=np.int32)
        # The empty arrays are for no rows at all.
        indices = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in rows)])
        data = np.concatenate([np.empty(0), *(values for _, values in rows)])
        return sp.csr_matrix((data, indices, ends), shape=(len(rows), len(self.vocabulary_)))

    def columns_and_values(self, text: str) -> Row:
        """Return the n-grams of one text and their values: the row that ``transform([text])`` gives."""
        unknown = repeat(-1)
        counts = Counter(map(self.vocabulary_.get, self._ngrams(tokenize(text)), unknown))
        del counts[-1]
        columns = sorted(counts)
        return self._row(columns, [counts[column] for column in columns])

    def _row(self, columns: list[int], counts: list[int]) -> Row:
        index = np.array(columns, dtype=np.int32)
        values = self.idf_.take(index).astype(np.float64)
        # Most n-grams of a text occur once.
        for place in [place for place, count in enumerate(counts) if count > 1]:
            values[place] *= 1 + math.log(counts[place])
        if columns:
            values /= math.sqrt(values @ values)
        return index, values

    def _ngrams(self, tokens: list[str]) -> list[str]:
        out = longest = list(tokens)
        for n in range(1, self.ngram_max):
            longest = [f"{ngram} {last}" for ngram, last in zip(longest, tokens[n:], strict=False)]
            out = out + longest
        return out

    def _weigh(self, counts: sp.csr_matrix) -> sp.csr_matrix:
        data = (1 + np.log(counts.data, dtype=np.float64)) * self.idf_[counts.indices]
        lengths = np.diff(counts.indptr)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        sums = np.bincount(rows, data * data, minlength=len(lengths))
        counts.data = data / np.sqrt(sums)[rows]
        return counts

    def read(self, text: str) -> Reading:
        """The row that ``transform([text])`` gives, and where each of its n-grams stands."""
        check_is_fitted(self)
        tokens, words = locate(text)
        columns = look_up(self._ngrams(tokens), self.vocabulary_)
        starts = [np.arange(max(len(tokens) - n, 0)) for n in range(self.ngram_max)]
        firsts = np.concatenate(starts)
        lasts = np.concatenate([start + n for n, start in enumerate(starts)])
        # A negated word is shown with what negates it: "not great", not "great".
        firsts[: len(tokens)] = find_negations(tokens)
        known = np.flatnonzero(columns >= 0)
        column, count, shares = even_shares(columns[known])
        occurrences = Occurrences(columns[known], firsts[known], lasts[known], shares)
        row = self._row(column.tolist(), count.tolist())
        return Reading(row, words, self._known(tokens, occurrences), occurrences)

    def _known(self, tokens: list[str], occurrences: Occurrences) -> npt.NDArray[np.bool_]:
        # Artefacts of before `dropped_words_` have no such attribute.
        dropped: dict[str, int] = getattr(self, "dropped_words_", {})
        known = find_covered(occurrences, len(tokens))
        for index in np.flatnonzero(~known).tolist():
            word = tokens[index].removeprefix(NOT)
            known[index] = word in dropped or word in self.vocabulary_
        return known

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """The n-grams, shape (n_features,)."""
        check_is_fitted(self)
        return np.array(list(self.vocabulary_), dtype=object)


class LengthScale(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Multiply each row by ``exp(intercept + slope * ln(number of non-zero values))``.

    Temperature scaling (Guo et al. 2017) with a temperature that depends on the length of
    the text: a review and a sentence need different ones. A row's factor is positive and
    applies to its values, so the model behind stays linear in them.

    Parameters
    ----------
    intercept, slope : float
        Found by cross-validation outside (see ``model.py``); dimensionless.
    """

    def __init__(self, intercept: float = 0.0, slope: float = 0.0) -> None:
        self.intercept = intercept
        self.slope = slope

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags

    def factor(self, n_values: int) -> float:
        """Return what a row with so many non-zero values is multiplied by."""
        return math.exp(self.intercept + self.slope * math.log(max(n_values, 1)))

    def fit(self, X: Any, y: object = None) -> Self:
        """Check ``X``, shape (n_rows, n_features); nothing is learnt."""
        validate_data(self, X, accept_sparse="csr", dtype=[np.float64, np.float32])
        return self

    def transform(self, X: Any) -> Any:
        """Scaled copy of ``X``, shape (n_rows, n_features)."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=[np.float64, np.float32], reset=False)
        sparse = sp.issparse(X)
        lengths = np.diff(X.indptr) if sparse else np.count_nonzero(X, axis=1)
        factor = np.exp(self.intercept + self.slope * np.log(np.maximum(lengths, 1)))
        factor = factor.astype(X.dtype)
        if not sparse:
            return X * factor[:, None]
        data = X.data * np.repeat(factor, lengths)
        return sp.csr_matrix((data, X.indices, X.indptr), shape=X.shape)
