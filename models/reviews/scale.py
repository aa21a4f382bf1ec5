"""The scale of a row that depends on the length of its text."""

from __future__ import annotations

import math
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data


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
