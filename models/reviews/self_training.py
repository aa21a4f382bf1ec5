"""The training of the review pipeline, as one scikit-learn classifier on raw texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from models.reviews import word_features
from models.reviews.ngrams import Corpus, encode
from models.reviews.scale import LengthScale
from models.reviews.solver import Block, Floats, fit_weights, log_count_ratio
from models.reviews.tokens import tokenize
from models.reviews.transformers import NgramTfidf, normalize
from models.text.scope import NOT

Ints = npt.NDArray[np.int64]
# Texts with fewer tokens count so many times.
SHORT_TOKENS, SHORT_WEIGHT = 60, 3.0
# The teachers' inverse regularisation, and the factors of their margins in the soft label.
TEACHER_C, SOFTNESS = 20.0, (1.2, 1.0)
# The scale of the word vectors, relative to the other properties of words.
VECTOR_PRIOR = 0.67


class Phrases(NamedTuple):
    """Parts of sentences, the probability that each is positive, and what each weighs, (n_phrases,).

    Those that are `whole` sentences tell how frequent an n-gram is; the others repeat them.
    """

    texts: Sequence[str]
    targets: Floats
    weights: Floats
    whole: npt.NDArray[np.bool_]


NO_PHRASES = Phrases((), np.empty(0, np.float32), np.empty(0, np.float32), np.empty(0, np.bool_))


class SelfTrainedNgrams(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Two-class linear n-gram model, trained on labelled and unlabelled texts.

    1. TF-IDF of word n-grams over all texts (``NgramTfidf``).
    2. Two teachers on the labelled texts alone: naive-Bayes ratio and logistic regression, without
       and with the prior over words of `word_features`. Their mean gives every unlabelled
       text a soft label.
    3. A student on all texts, with the prior; the ``max_features`` features with the largest
       ``|weight * idf| * sqrt(df)`` are kept and the student is fitted again on these.
    4. ``LengthScale`` with the given parameters, which make held-out probabilities right.

    ``pipeline_`` is the result: a plain pipeline that needs nothing of this class.

    Parameters
    ----------
    unlabelled : sequence of str or None
    max_features : int
    min_df : int
    teacher_prior, student_C, student_prior : float
        Scale of the prior over words, and inverse regularisation.
    scale : pair of float
        Intercept and slope of ``LengthScale``, found on held-out texts.
    phrases : Phrases or None
    opposite : float
        A turned word counts as so much of the plain word's opposite...
    residual : float
        ... and the scale of what it says besides, relative to other n-grams.
    """

    def __init__(
        self,
        unlabelled: Sequence[str] | None = None,
        max_features: int = 150_000,
        min_df: int = 3,
        teacher_prior: float = 0.3,
        student_C: float = 20.0,
        student_prior: float = 0.15,
        scale: tuple[float, float] = (0.0, 0.0),
        phrases: Phrases | None = None,
        opposite: float = 1.2,
        residual: float = 0.05,
    ) -> None:
        self.unlabelled = unlabelled
        self.max_features = max_features
        self.min_df = min_df
        self.teacher_prior = teacher_prior
        self.student_C = student_C
        self.student_prior = student_prior
        self.scale = scale
        self.phrases = phrases
        self.opposite = opposite
        self.residual = residual

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_class = False
        return tags

    def fit(self, X: Any, y: Any) -> Self:
        """Train on texts ``X`` of shape (n_samples,) and their labels."""
        texts, labels = list(X), np.asarray(y)
        self.classes_ = np.unique(labels)
        if len(self.classes_) != 2:
            raise ValueError(f"Two classes needed, got {len(self.classes_)}.")
        target = (labels == self.classes_[1]).astype(np.float32)
        self.pipeline_ = self._train(texts, target, LengthScale(*self.scale))
        return self

    def predict(self, X: Sequence[str]) -> npt.NDArray[Any]:
        """Labels, shape (n_texts,)."""
        check_is_fitted(self)
        return np.asarray(self.pipeline_.predict(X))

    def predict_proba(self, X: Sequence[str]) -> npt.NDArray[np.float64]:
        """Probabilities in the order of ``classes_``, shape (n_texts, 2)."""
        check_is_fitted(self)
        return np.asarray(self.pipeline_.predict_proba(X))

    def _train(self, texts: list[str], target: Floats, scale: LengthScale) -> Pipeline:
        phrases, unlabelled = self.phrases or NO_PHRASES, list(self.unlabelled or ())
        corpus = encode(map(tokenize, [*texts, *phrases.texts, *unlabelled]))
        counting = np.ones(len(corpus.lengths), np.bool_)
        counting[len(texts) : len(texts) + len(phrases.texts)] = phrases.whole
        weight = np.where(corpus.lengths < SHORT_TOKENS, SHORT_WEIGHT, 1).astype(np.float32)
        weight[len(texts) :] = np.r_[phrases.weights, np.ones(len(unlabelled))]
        ngrams = NgramTfidf(min_df=self.min_df, opposite=self.opposite)
        raw = ngrams.fit_corpus(corpus, counting)
        values = normalize(raw)
        properties = self._word_properties(ngrams, corpus)
        trust = self._trust(ngrams)
        others = values[len(texts) + len(phrases.texts) :]
        guessed = self._teach(values[: len(texts)], target, others, properties, trust)
        soft = np.concatenate([target, phrases.targets, guessed])
        prior = self._blocks(properties, self.student_prior)
        ratio = log_count_ratio(values, soft, weight) * trust
        theta, _ = fit_weights(values, soft, weight, ratio, prior, self.student_C)
        kept = self._select(theta, ngrams)
        ngrams.restrict(kept)
        rows = properties[0].shape[0]
        prior = [Block(b.matrix[kept[kept < rows]], b.scale) for b in prior]
        values = normalize(raw[:, kept])
        theta, bias = fit_weights(values, soft, weight, ratio[kept], prior, self.student_C)
        return self._pipeline(ngrams, scale, theta, bias)

    def _trust(self, ngrams: NgramTfidf) -> Floats:
        """Return for each n-gram the factor of its prior: a turned word is held to the plain one's opposite."""
        turned = [NOT in name for name in ngrams.vocabulary_]
        return np.where(turned, self.residual, 1).astype(np.float32)

    def _word_properties(self, ngrams: NgramTfidf, corpus: Corpus) -> list[Any]:
        """Vectors, stems and letters of the words, each of shape (n_words, n_properties)."""
        words = [name for name in ngrams.vocabulary_ if " " not in name]
        number = {word: i for i, word in enumerate(words)}
        column = np.array([number.get(word, -1) for word in corpus.words])
        vectors = word_features.vectors(column[corpus.codes], corpus.rows, len(words))
        return [vectors, word_features.stems(words), word_features.letters(words)]

    def _blocks(self, properties: list[Any], scale: float) -> list[Block]:
        scales = [scale * VECTOR_PRIOR, scale, scale]
        return [Block(m, s) for m, s in zip(properties, scales, strict=True) if s > 0]

    def _teach(
        self,
        labelled: sp.csr_matrix,
        target: Floats,
        others: sp.csr_matrix,
        properties: list[Any],
        trust: Floats,
    ) -> Floats:
        """Return the probabilities that teachers of the labelled rows give the others, (n_others,).

        Phrases teach nothing here: with them the guesses about whole texts were worse.
        """
        margin = np.zeros(others.shape[0])
        if not len(margin):
            return np.empty(0, np.float32)
        weight = np.ones_like(target)
        ratio = log_count_ratio(labelled, target, weight) * trust
        for prior, factor in zip((0.0, self.teacher_prior), SOFTNESS, strict=True):
            blocks = self._blocks(properties, prior)
            theta, bias = fit_weights(labelled, target, weight, ratio, blocks, TEACHER_C)
            margin += factor * (others @ theta.astype(np.float32) + bias)
        guessed: Floats = (1 / (1 + np.exp(-margin))).astype(np.float32)
        return guessed

    def _select(self, theta: npt.NDArray[np.float64], ngrams: NgramTfidf) -> Ints:
        importance = np.abs(theta * ngrams.idf_) * np.sqrt(ngrams.document_frequency_)
        best = np.argsort(-importance, kind="stable")[: self.max_features]
        return np.sort(best)

    def _pipeline(
        self, ngrams: NgramTfidf, scale: LengthScale, theta: Any, bias: float
    ) -> Pipeline:
        n_features = len(ngrams.vocabulary_)
        scale.fit(sp.csr_matrix((1, n_features), dtype=np.float32))
        classifier = LogisticRegression(C=self.student_C)
        classifier.classes_ = self.classes_
        classifier.coef_ = theta[None, :].astype(np.float32)
        classifier.intercept_ = np.array([bias], dtype=np.float32)
        classifier.n_features_in_ = n_features
        classifier.n_iter_ = np.array([0], dtype=np.int32)
        steps = [("ngrams", ngrams), ("scale", scale), ("classifier", classifier)]
        return Pipeline(steps)
