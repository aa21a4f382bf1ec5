"""Weights that tell how much more often a feature stands in one class than in the other."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, check_non_negative, validate_data


class NaiveBayesWeights(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Multiply each feature by its naive-Bayes log-count ratio (Wang and Manning 2012).

    Parameters
    ----------
    alpha : float, default=1.0
        Added to each feature's count, so that one that a class lacks has a finite ratio.

    Attributes:
    ----------
    ratio_ : ndarray of shape (n_features,)
        The logarithm of the feature's share of the second class's counts over that of the first.
    classes_ : ndarray of shape (2,)
        The two classes.
    """

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha

    def fit(self, X: Any, y: ArrayLike) -> Self:
        """Learn the ratios from counts `X` of shape (n_samples, n_features) and two classes `y`."""
        X, y = validate_data(self, X, y, accept_sparse="csr")
        check_non_negative(X, "NaiveBayesWeights")
        check_classification_targets(y)
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError(
                "Only binary classification is supported. The type of the target is "
                f"{len(self.classes_)} class."
            )
        counts = [self.alpha + np.ravel(X[y == label].sum(axis=0)) for label in self.classes_]
        negative, positive = (count / count.sum() for count in counts)
        self.ratio_ = np.log(positive / negative)
        return self

    def transform(self, X: Any) -> Any:
        """Return `X` with each column multiplied by its ratio."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", reset=False)
        return csr_array(X.multiply(self.ratio_)) if hasattr(X, "multiply") else X * self.ratio_
