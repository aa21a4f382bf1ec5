"""Tweets to sparse features: words, word pairs, character n-grams, pooled word vectors and style, in one pass."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.validation import check_is_fitted

from models.text.reading import Floats, Reading, Row, stack_rows
from models.text.scope import NOT
from models.tweets.ngrams import (
    BLOCKS,
    learn_vocabularies,
    ngrams_of,
    runs_of,
    signs_of,
    strongest_columns,
    word_ngrams,
)
from models.tweets.reading import read_tweet
from models.tweets.style import COLUMNS, NAMES, style
from models.tweets.tokens import SHORT_TOKEN, Token, Words, find_words, tokenize
from models.tweets.vectors import WordVectors
from models.vocabulary import TextTransformer, check_texts

# How far a turned word may be from the plain one's opposite: the factor of its values.
RESIDUAL = 0.4
# So many words' runs of characters are remembered at most.
MOST_REMEMBERED = 20_000
_CLIP = 6.0  # style features are cut at this many root mean squares: one long row of "!" is not ten opinions


class TweetVectorizer(TextTransformer):
    """Sparse features of tweets, shape (n_texts, n_features), float64; every model on them stays linear.

    Blocks of columns, in order: ``word`` (unigrams, a turned one with ``not_`` before it), ``pair`` (bigrams) and
    ``char`` (character n-grams of words), each TF-IDF on presence with unit length times its weight; ``mean``
    (pooled word vectors); ``style`` (see style.py) over its root mean square in training. A turned word counts
    as the plain one's opposite besides.

    Parameters
    ----------
    liu, vader : word to polarity (-1, 1) and to valence (-4..4); kept in the fitted object.
    neutral : words that have no opposite, so that a negation does not turn them.
    vectors : word vectors of shape (n_words, n_dims), averaged over the tokens of a tweet, or None.
    min_word, min_char : least number of tweets that a word or pair, or a character n-gram, must be in.
    char_range : shortest and longest character n-gram.
    max_features : keep only that many n-grams, those with the largest max|weight| * sqrt(document frequency) in a
        logistic regression on all of them; needs ``y``. None keeps all.
    weights : factor for each of the blocks word, pair, char, mean, style.
    C : inverse regularisation of the regression that chooses.
    """

    packed_attributes = ("vocabularies_", "mean_vocabulary_", "neutral_")

    def __init__(
        self,
        liu: Mapping[str, int] | None = None,
        vader: Mapping[str, float] | None = None,
        vectors: WordVectors | None = None,
        neutral: Iterable[str] | None = None,
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
        self.neutral = neutral
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
        self,
        X: Sequence[str],
        y: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
        counting: NDArray[np.bool_] | None = None,
    ) -> sp.csr_matrix:
        """Learn as `fit` does; return the features, shape (n_texts, n_features).

        Only the texts that are `counting`, shape (n_texts,), tell how frequent an n-gram is; None: all.
        """
        texts = check_texts(X)
        if not texts:
            raise ValueError("found no texts (0 samples)")
        self.liu_ = dict(self.liu or {})
        self.vader_ = dict(self.vader or {})
        self.neutral_ = {word: i for i, word in enumerate(sorted(self.neutral or ()))}
        words = self.vectors.words if self.vectors is not None else ()
        self.mean_vocabulary_ = {word: i for i, word in enumerate(words)}
        self.mean_vectors_ = None if self.vectors is None else self.vectors.values
        parsed = [self._parse(text) for text in texts]
        counted = parsed if counting is None else [parsed[i] for i in np.flatnonzero(counting)]
        self.vocabularies_, frequency = learn_vocabularies(
            (ngrams_of(one, self.char_range) for one in counted),
            (self.min_word, self.min_word, self.min_char),
        )
        self.idf_ = (np.log((1 + len(counted)) / (1 + frequency)) + 1).astype(np.float32)
        self._hold_back()
        self._remembered: dict[str, tuple[int, ...]] = {}
        self._learn_scales(counted)
        features = self._features(parsed)
        if self.max_features is None or self.max_features >= len(self.idf_) or y is None:
            return features
        columns = strongest_columns(
            features, y, self.idf_, self.max_features, self.C, sample_weight
        )
        self._keep(columns)
        return self._features(parsed)

    def transform(self, X: Sequence[str]) -> sp.csr_matrix:
        """Return the features of the texts, shape (n_texts, n_features)."""
        self._check_fitted()
        return self.stack([self.columns_and_values(text) for text in check_texts(X)])

    def columns_and_values(self, text: str) -> Row:
        """Return the features of one text that are not zero: the row that ``transform([text])`` gives."""
        return self._row(self._parse(text))

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
        given = dict.fromkeys(("liu", "vader", "vectors", "neutral"))
        copy = type(self)(**{**self.get_params(deep=False), **given})
        copy.__dict__.update({k: value for k, value in vars(self).items() if k.endswith("_")})
        copy.mean_vectors_ = None
        copy._remembered = {}
        return copy

    def read(self, text: str) -> Reading:
        """Return the row that ``transform([text])`` gives, and the tokens that each feature comes from."""
        self._check_fitted()
        return read_tweet(self, text)

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        state.pop("_remembered", None)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._remembered = {}

    def _check_fitted(self) -> None:
        # Looked at first: check_is_fitted takes a tenth of the time of a whole prediction.
        if not hasattr(self, "idf_"):
            check_is_fitted(self, "idf_")

    def _parse(self, text: str) -> Words:
        return find_words(tokenize(text), self.neutral_)

    def _hold_back(self) -> None:
        """Make the values of turned words small: so they stay near the opposite of the plain ones."""
        for block in ("word", "pair"):
            for name, column in self.vocabularies_[block].items():
                if NOT in name:
                    self.idf_[column] *= RESIDUAL

    def _learn_scales(self, parsed: list[Words]) -> None:
        squares = dict.fromkeys(NAMES, 0.0)
        for words in parsed:
            for name, value in style(words, self.liu_, self.vader_).items():
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
        self._remembered.clear()

    def _features(self, parsed: list[Words]) -> sp.csr_matrix:
        return self.stack([self._row(words) for words in parsed])

    def _row(self, words: Words) -> Row:
        singles, pairs = word_ngrams(words)
        found = [
            self._amounts(map(self.vocabularies_["word"].get, singles.names), singles.amounts),
            self._amounts(map(self.vocabularies_["pair"].get, pairs.names), pairs.amounts),
            self._char_amounts(words),
        ]
        return self.make_row(words, found, style(words, self.liu_, self.vader_))

    def _amounts(
        self, columns: Iterable[int | None], amounts: Sequence[float] | None
    ) -> tuple[list[int], list[float] | None]:
        """Return the columns that are not None, each once and in order, and how much of each is meant."""
        if amounts is None:
            # Sorted, as sets have no fixed order, and sums of floats depend on it.
            return sorted([column for column in set(columns) if column is not None]), None
        sums: dict[int, float] = {}
        most: dict[int, float] = {}
        for column, amount in zip(columns, amounts, strict=True):
            if column is not None:
                sums[column] = sums.get(column, 0.0) + amount
                most[column] = max(most.get(column, 0.0), abs(amount))
        found = sorted(sums)
        # However often it occurs, an n-gram says no more than where it says most.
        return found, [min(max(sums[i], -most[i]), most[i]) for i in found]

    def _char_amounts(self, words: Words) -> tuple[list[int], list[float] | None]:
        found = [self._char_columns(token) for token in words.tokens]
        columns = chain.from_iterable(found)
        signs = signs_of(words)
        if signs is None:
            return sorted(set(columns)), None
        return self._amounts(
            columns, [sign for sign, runs in zip(signs, found, strict=True) for _ in runs]
        )

    def _char_columns(self, token: Token) -> tuple[int, ...]:
        """Return the columns of the runs of characters of a word, remembered as words come again."""
        if (known := self._remembered.get(token.form)) is not None and token.kind not in "ul":
            return known
        found = map(self.vocabularies_["char"].get, runs_of(token, self.char_range))
        columns = tuple([column for column in found if column is not None])
        if token.kind not in "ul" and len(token.form) <= SHORT_TOKEN:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[token.form] = columns
        return columns

    def stack(self, rows: list[Row]) -> sp.csr_matrix:
        """Return the rows of `make_row` as one matrix, shape (n_rows, n_features)."""
        return stack_rows(rows, len(self.idf_) + self.mean_width() + len(NAMES))

    def mean_width(self) -> int:
        """Return the number of columns of pooled words or vectors."""
        vectors = self.mean_vectors_
        return len(self.mean_vocabulary_) if vectors is None else vectors.shape[1]

    def make_row(
        self,
        words: Words,
        found: Iterable[tuple[Sequence[int], Sequence[float] | None]],
        amounts: Mapping[str, float],
    ) -> Row:
        """Return columns and values from the n-grams ``found`` in each block and the style's amounts."""
        columns: list[NDArray[np.int32]] = []
        parts: list[Floats] = []
        for weight, (numbers_found, meant) in zip(self.weights, found, strict=False):
            index = np.array(numbers_found, dtype=np.int32)
            part = self.idf_[index].astype(np.float64)
            if meant is not None:
                part *= meant
            if length := math.sqrt(part @ part):
                part *= weight / length
            columns.append(index)
            parts.append(part)
        numbers, values = self._mean(words)
        base, weight = len(self.idf_) + self.mean_width(), self.weights[4]
        for name, value in amounts.items():
            numbers.append(base + COLUMNS[name])
            values.append(weight * min(max(value / self.style_scale_[name], -_CLIP), _CLIP))
        columns.append(np.array(numbers, dtype=np.int32))
        parts.append(np.array(values, dtype=np.float64))
        return np.concatenate(columns), np.concatenate(parts)

    def _mean(self, words: Words) -> tuple[list[int], list[float]]:
        get, base = self.mean_vocabulary_.get, len(self.idf_)
        share = self.weights[3] / max(len(words.tokens), 1)
        signs = signs_of(words) or [1.0] * len(words.tokens)
        counts: dict[int, float] = {}
        for token, sign in zip(words.tokens, signs, strict=True):
            if (column := get(token.form)) is not None:
                counts[column] = counts.get(column, 0.0) + sign * share
        if self.mean_vectors_ is not None:
            amounts = np.array(list(counts.values()), np.float32)
            pooled = amounts @ self.mean_vectors_[list(counts)]
            return list(range(base, base + len(pooled))), pooled.tolist()
        return [base + column for column in counts], list(counts.values())
