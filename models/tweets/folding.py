"""The classifier of the tweets pipeline, and its small form without word vectors."""

from typing import Any, Self

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from models.tweets.ngrams import BLOCKS


class TemperedLogisticRegression(LogisticRegression):  # type: ignore[misc]
    """Logistic regression whose weights are divided by `temperature` after fitting (Guo et al. 2017).

    The decision stays the same and linear; only the probabilities change. The temperature is a
    parameter, not fitted here: it must come from texts of another source than those trained on.
    """

    def __init__(
        self,
        temperature: float = 1.0,
        *,
        C: float = 0.35,
        class_weight: str | None = "balanced",
        tol: float = 1e-4,
        max_iter: int = 200,
    ) -> None:
        super().__init__(C=C, class_weight=class_weight, tol=tol, max_iter=max_iter)
        self.temperature = temperature

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Fit on features of shape (n_samples, n_features), then temper."""
        super().fit(X, y, sample_weight)
        self.coef_ /= self.temperature
        self.intercept_ /= self.temperature
        return self


def fold(pipeline: Pipeline) -> Pipeline:
    """Return an equal fitted pipeline in which each word's vector has become one weight a class."""
    features, classifier = pipeline["features"], pipeline["classifier"]
    small = LogisticRegression(
        C=classifier.C, class_weight=classifier.class_weight, tol=classifier.tol
    )
    small.classes_ = classifier.classes_
    coefficients = classifier.coef_
    if features.mean_vectors_ is not None:
        first = sum(len(features.vocabularies_[block]) for block in BLOCKS)
        last = first + features.mean_vectors_.shape[1]
        words = coefficients[:, first:last] @ features.mean_vectors_.T
        coefficients = np.hstack([coefficients[:, :first], words, coefficients[:, last:]])
    # Its transpose is multiplied at each prediction: this order saves a copy.
    small.coef_ = np.asfortranarray(coefficients, dtype=np.float32)
    small.intercept_ = classifier.intercept_.astype(np.float32)
    small.n_features_in_ = coefficients.shape[1]
    small.n_iter_ = classifier.n_iter_
    return Pipeline([("features", features.unpooled()), ("classifier", small)])
