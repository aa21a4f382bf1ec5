"""The vectorizer of the review pipeline: word n-grams and TF-IDF.

Everything is linear once a text has become a row of feature values: a classifier's
contributions are exactly ``value * coef``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.utils.validation import check_is_fitted

from models.reviews.ngrams import Corpus, count_ngrams, encode
from models.reviews.spelling import unswap
from models.reviews.tokens import Words, locate, tokenize
from models.text.reading import (
    Floats,
    Ints,
    Occurrences,
    Reading,
    Row,
    find_covered,
    look_up,
    stack_rows,
)
from models.text.scope import NOT
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
    opposite : float
        How much of the plain word's opposite a turned word counts as, besides its own column.

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

    def __init__(self, ngram_max: int = 3, min_df: int = 3, opposite: float = 1.0) -> None:
        self.ngram_max = ngram_max
        self.min_df = min_df
        self.opposite = opposite

    def fit(self, raw_documents: Iterable[str], y: object = None) -> Self:
        """Learn the n-grams and their document frequencies."""
        self.fit_transform(raw_documents, y)
        return self

    def fit_transform(self, raw_documents: Iterable[str], y: object = None) -> sp.csr_matrix:
        """Learn the n-grams; return their values, shape (n_texts, n_features)."""
        corpus = encode(map(tokenize, check_texts(raw_documents)))
        raw = self.fit_corpus(corpus, np.ones(len(corpus.lengths), np.bool_))
        return normalize(raw)

    def fit_corpus(self, corpus: Corpus, counting: npt.NDArray[np.bool_]) -> sp.csr_matrix:
        """Learn from encoded texts, of which only the `counting` ones tell how frequent an n-gram is.

        Returns the values before normalisation.
        """
        amounts, features = count_ngrams(
            corpus, self.ngram_max, self.min_df, self.opposite, counting
        )
        df = np.bincount(amounts[counting].indices, minlength=len(features))
        self._set_state(features, df, int(counting.sum()))
        amounts.data = damp(amounts.data) * self.idf_[amounts.indices]
        return amounts

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
        return stack_rows(rows, len(self.vocabulary_))

    def columns_and_values(self, text: str) -> Row:
        """Return the n-grams of one text and their values: the row that ``transform([text])`` gives."""
        words, columns = self._find(tokenize(text))
        known = columns >= 0
        if words.shares is None:
            found, counts = np.unique(columns[known], return_counts=True)
            return found, self._values(found, counts)
        found, owners = np.unique(columns[known], return_inverse=True)
        amounts = np.bincount(owners, self._amounts(words)[known], len(found))
        return found, self._values(found, amounts)

    def _values(self, columns: npt.NDArray[Any], amounts: npt.NDArray[Any]) -> Floats:
        values = damp(amounts) * self.idf_[columns]
        length = math.sqrt(values @ values)
        return np.asarray(values / length if length else values)

    def _find(self, words: Words) -> tuple[Words, Ints]:
        """Return the words, those never seen with swapped letters put right, and the columns of their n-grams."""
        columns = look_up(self._ngrams(words), self.vocabulary_)
        missing = np.flatnonzero(columns[: len(words.forms)] < 0).tolist()
        mended = {i: form for i in missing if (form := self._mend(words.forms[i]))}
        if not mended:
            return words, columns
        words = words._replace(forms=[mended.get(i, form) for i, form in enumerate(words.forms)])
        return words, look_up(self._ngrams(words), self.vocabulary_)

    def _mend(self, form: str) -> str | None:
        """Return the form with two letters swapped back, None for one that is known or cannot be mended."""
        word = form.removeprefix(NOT)
        if word in self.vocabulary_ or word in self.dropped_words_:
            return None
        mended = unswap(word, self.vocabulary_)
        return None if mended == word else form.removesuffix(word) + mended

    def _ngrams(self, words: Words) -> list[str]:
        """Return the n-grams in order, shorter ones first, then the plain forms of the turned words."""
        forms = words.forms
        out = list(forms)
        for n in range(2, self.ngram_max + 1):
            out += map(" ".join, zip(*(forms[i:] for i in range(n)), strict=False))
        if words.shares is not None:
            out += [form[len(NOT) :] for form in forms if form.startswith(NOT)]
        return out

    def _amounts(self, words: Words) -> Floats:
        """Return how much of each of `_ngrams` is meant, below zero for the opposite."""
        shares = np.array(words.shares)
        parts, least = [shares], shares
        for n in range(1, self.ngram_max):
            least = np.minimum(least[:-1], shares[n:])
            parts.append(least)
        turned = [form.startswith(NOT) for form in words.forms]
        return np.concatenate([*parts, -self.opposite * shares[turned]])

    def read(self, text: str) -> Reading:
        """The row that ``transform([text])`` gives, and where each of its n-grams stands."""
        check_is_fitted(self)
        words, spans = locate(text)
        words, columns = self._find(words)
        size = len(words.forms)
        starts = [np.arange(max(size - n, 0)) for n in range(self.ngram_max)]
        indices = np.array(words.indices, np.int64)
        turned = np.array([form.startswith(NOT) for form in words.forms], np.bool_)
        firsts = indices[np.concatenate(starts)]
        lasts = indices[np.concatenate([start + n for n, start in enumerate(starts)])]
        # A turned word is shown with what turns it: "not great", not "great".
        firsts[:size] = np.minimum(words.sources, indices)
        lasts[:size] = np.maximum(words.sources, indices)
        if words.shares is None:
            amounts = np.ones(len(columns))
        else:
            amounts = self._amounts(words)
            firsts = np.concatenate([firsts, firsts[:size][turned]])
            lasts = np.concatenate([lasts, lasts[:size][turned]])
        known = np.flatnonzero(columns >= 0)
        found, owners = np.unique(columns[known], return_inverse=True)
        sums = np.bincount(owners, amounts[known], len(found))
        shares = amounts[known] / np.where(sums, sums, 1)[owners]
        occurrences = Occurrences(columns[known], firsts[known], lasts[known], shares)
        row = found, self._values(found, sums)
        return Reading(row, spans, self._known(words, occurrences, len(spans)), occurrences)

    def _known(
        self, words: Words, occurrences: Occurrences, n_tokens: int
    ) -> npt.NDArray[np.bool_]:
        known = find_covered(occurrences, n_tokens)
        # Words that only turn others, and names of groups, are left out on purpose.
        left_out = np.ones(n_tokens, np.bool_)
        left_out[list(words.indices)] = False
        known |= left_out
        for index, form in zip(words.indices, words.forms, strict=True):
            if not known[index]:
                word = form.removeprefix(NOT)
                known[index] = word in self.dropped_words_ or word in self.vocabulary_
        return known

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """The n-grams, shape (n_features,)."""
        check_is_fitted(self)
        return np.array(list(self.vocabulary_), dtype=object)


def normalize(raw: sp.csr_matrix) -> sp.csr_matrix:
    """Return the rows divided by their length."""
    lengths = np.diff(raw.indptr)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    sums = np.bincount(rows, raw.data * raw.data, minlength=len(lengths))
    factors = np.where(sums > 0, sums, 1) ** -0.5
    return sp.csr_matrix(
        (raw.data * factors.astype(np.float32)[rows], raw.indices, raw.indptr), raw.shape
    )


def damp(amounts: Any) -> Any:
    """Return 1 + ln of amounts above 1, others as they are; those below zero alike."""
    sizes = np.abs(amounts)
    return np.where(sizes > 1, np.copysign(1 + np.log(np.maximum(sizes, 1)), amounts), amounts)
