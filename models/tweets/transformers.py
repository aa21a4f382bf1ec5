"""Tweets to sparse features: words, word pairs, character n-grams, pooled word vectors and style, in one pass."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.validation import check_is_fitted

from models.text.reading import Reading, Row
from models.tweets.ngrams import BLOCKS, learn_vocabularies, ngrams_of, strongest_columns
from models.tweets.reading import read_tweet
from models.tweets.style import COLUMNS, NAMES, style
from models.tweets.tokens import Token, mark_negated, tokenize
from models.tweets.vectors import WordVectors
from models.vocabulary import TextTransformer, check_texts

_CLIP = 6.0  # style features are cut at this many root mean squares: one long row of "!" is not ten opinions


class TweetVectorizer(TextTransformer):
    """Sparse features of tweets, shape (n_texts, n_features), float64; every model on them stays linear.

    Blocks of columns, in order: ``word`` (unigrams, with ``_N`` inside a negation), ``pair`` (bigrams) and ``char``
    (character n-grams across words), each TF-IDF on presence with unit length times its weight; ``mean`` (pooled word
    vectors); ``style`` (see style.py) over its root mean square in training.

    Parameters
    ----------
    liu, vader : word to polarity (-1, 1) and to valence (-4..4); kept in the fitted object.
    vectors : word vectors of shape (n_words, n_dims), averaged over the tokens of a tweet, or None.
    min_word, min_char : least number of tweets that a word or pair, or a character n-gram, must be in.
    char_range : shortest and longest character n-gram.
    max_features : keep only that many n-grams, those with the largest max|weight| * sqrt(document frequency) in a
        logistic regression on all of them; needs ``y``. None keeps all.
    weights : factor for each of the blocks word, pair, char, mean, style.
    C : inverse regularisation of the regression that chooses.
    """

    packed_attributes = ("vocabularies_", "mean_vocabulary_")

    def __init__(
        self,
        liu: Mapping[str, int] | None = None,
        vader: Mapping[str, float] | None = None,
        vectors: WordVectors | None = None,
        *,
        min_word: int = 2,
        min_char: int = 5,
        char_range: tuple[int, int] = (3, 5),
        max_features: int | None = None,
        weights: tuple[float, float, float, float, float] = (0.7, 0.4, 0.8, 0.4, 0.1),
        C: float = 0.35,
    ) -> None:
        self.liu = liu
        self.vader = vader
        self.vectors = vectors
        self.min_word = min_word
        self.min_char = min_char
        self.char_range = char_range
        self.max_features = max_features
        self.weights = weights
        self.C = C

    def fit(self, X: Sequence[str], y: ArrayLike | None = None) -> Self:
        """Learn vocabularies, document frequencies and scales from texts of shape (n_texts,)."""
        self.fit_transform(X, y)
        return self

    def fit_transform(
        self, X: Sequence[str], y: ArrayLike | None = None, **_: Any
    ) -> sp.csr_matrix:
        texts = check_texts(X)
        if not texts:
            raise ValueError("found no texts (0 samples)")
        self.liu_ = dict(self.liu or {})
        self.vader_ = dict(self.vader or {})
        words = self.vectors.words if self.vectors is not None else ()
        self.mean_vocabulary_ = {word: i for i, word in enumerate(words)}
        self.mean_vectors_ = None if self.vectors is None else self.vectors.values
        parsed = [self._parse(text) for text in texts]
        self.vocabularies_, frequency = learn_vocabularies(
            (ngrams_of(*one, self.char_range) for one in parsed),
            (self.min_word, self.min_word, self.min_char),
        )
        self.idf_ = (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32)
        self._learn_scales(parsed)
        features = self._features(parsed)
        if self.max_features is None or self.max_features >= len(self.idf_) or y is None:
            return features
        self._keep(strongest_columns(features, y, self.idf_, self.max_features, self.C))
        return self._features(parsed)

    def transform(self, X: Sequence[str]) -> sp.csr_matrix:
        """Return the features of the texts, shape (n_texts, n_features)."""
        self._check_fitted()
        return self.stack([self.columns_and_values(text) for text in check_texts(X)])

    def columns_and_values(self, text: str) -> Row:
        """Return the features of one text that are not zero: the row that ``transform([text])`` gives."""
        return self._row(*self._parse(text))

    def get_feature_names_out(self, input_features: ArrayLike | None = None) -> NDArray[np.object_]:
        """Name the columns: ``block=what``, e.g. ``pair=not good`` or ``style=vader mean``."""
        check_is_fitted(self, "idf_")
        names = [f"{block}={gram}" for block in BLOCKS for gram in self.vocabularies_[block]]
        if self.mean_vectors_ is None:
            names += [f"mean={word}" for word in self.mean_vocabulary_]
        else:
            names += [f"mean={i}" for i in range(self.mean_vectors_.shape[1])]
        return np.asarray([*names, *(f"style={name}" for name in NAMES)], dtype=object)

    def unpooled(self) -> Self:
        """Copy of the fitted object with a ``mean`` column for each word, in place of one for each dimension.

        A weight u on the pooled vectors V'c/n is a weight Vu on the words' shares c/n: so vectors are not needed later.
        """
        check_is_fitted(self, "idf_")
        given = dict.fromkeys(("liu", "vader", "vectors"))
        copy = type(self)(**{**self.get_params(deep=False), **given})
        copy.__dict__.update({k: value for k, value in vars(self).items() if k.endswith("_")})
        copy.mean_vectors_ = None
        return copy

    def read(self, text: str) -> Reading:
        """Return the row that ``transform([text])`` gives, and the tokens that each feature comes from."""
        self._check_fitted()
        return read_tweet(self, text)

    def _check_fitted(self) -> None:
        # Looked at first: check_is_fitted takes a tenth of the time of a whole prediction.
        if not hasattr(self, "idf_"):
            check_is_fitted(self, "idf_")

    def _parse(self, text: str) -> tuple[list[Token], list[bool]]:
        tokens = tokenize(text)
        return tokens, mark_negated(tokens)

    def _learn_scales(self, parsed: list[tuple[list[Token], list[bool]]]) -> None:
        squares = dict.fromkeys(NAMES, 0.0)
        for tokens, marks in parsed:
            for name, value in style(tokens, marks, self.liu_, self.vader_).items():
                squares[name] += value * value
        self.style_scale_ = {
            name: max((s / len(parsed)) ** 0.5, 1e-3) for name, s in squares.items()
        }

    def _keep(self, columns: NDArray[np.intp]) -> None:
        index = {int(old): new for new, old in enumerate(columns)}
        for block in BLOCKS:
            kept = {g: index[i] for g, i in self.vocabularies_[block].items() if i in index}
            self.vocabularies_[block] = kept
        self.idf_ = self.idf_[columns]

    def _features(self, parsed: list[tuple[list[Token], list[bool]]]) -> sp.csr_matrix:
        return self.stack([self._row(*one) for one in parsed])

    def _row(self, tokens: list[Token], marks: list[bool]) -> Row:
        amounts = style(tokens, marks, self.liu_, self.vader_)
        return self.make_row(tokens, self._found(tokens, marks), amounts)

    def _found(self, tokens: list[Token], marks: list[bool]) -> list[list[int]]:
        found = []
        for block, ngrams in zip(BLOCKS, ngrams_of(tokens, marks, self.char_range), strict=True):
            columns = set(map(self.vocabularies_[block].get, ngrams, repeat(-1)))
            columns.discard(-1)
            # Sets have no fixed order, and sums of floats depend on it.
            found.append(sorted(columns))
        return found

    def stack(self, rows: list[Row]) -> sp.csr_matrix:
        """Return the rows of `make_row` as one matrix, shape (n_rows, n_features)."""
        ends = np.zeros(len(rows) + 1, dtype=np.int32)
        np.cumsum([len(columns) for columns, _ in rows], out=ends[1:])
        # The empty arrays are for no rows at all.
        indices = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in rows)])
        data = np.concatenate([np.empty(0), *(values for _, values in rows)])
        width = len(self.idf_) + self.mean_width() + len(NAMES)
        return sp.csr_matrix((data, indices, ends), shape=(len(rows), width))

    def mean_width(self) -> int:
        """Return the number of columns of pooled words or vectors."""
        vectors = self.mean_vectors_
        return len(self.mean_vocabulary_) if vectors is None else vectors.shape[1]

    def make_row(
        self, tokens: list[Token], found: Iterable[list[int]], amounts: Mapping[str, float]
    ) -> Row:
        """Return columns and values from the n-grams ``found`` in each block, in order, and the style's amounts."""
        ngrams: list[int] = []
        ends = [0]
        for columns in found:
            ngrams += columns
            ends.append(len(ngrams))
        numbers, values = self._mean(tokens)
        base, weight = len(self.idf_) + self.mean_width(), self.weights[4]
        for name, value in amounts.items():
            numbers.append(base + COLUMNS[name])
            values.append(weight * min(max(value / self.style_scale_[name], -_CLIP), _CLIP))
        row = np.array(ngrams + numbers, dtype=np.int32)
        amount = np.empty(len(row))
        amount[ends[-1] :] = values
        amount[: ends[-1]] = self.idf_.take(row[: ends[-1]])
        for weight, (start, end) in zip(self.weights, pairwise(ends), strict=False):
            block = amount[start:end]
            if start < end:
                block *= weight / math.sqrt(block @ block)
        return row, amount

    def _mean(self, tokens: list[Token]) -> tuple[list[int], list[float]]:
        known = [i for token in tokens if (i := self.mean_vocabulary_.get(token.form)) is not None]
        base = len(self.idf_)
        share = self.weights[3] / max(len(tokens), 1)
        if self.mean_vectors_ is not None:
            pooled = self.mean_vectors_[known].sum(axis=0) * share
            return list(range(base, base + len(pooled))), pooled.tolist()
        counts: dict[int, float] = {}
        for i in known:
            counts[base + i] = counts.get(base + i, 0.0) + share
        return list(counts), list(counts.values())
