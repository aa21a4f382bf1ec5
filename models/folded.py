"""A linear pipeline folded into its weights: what `predict_proba` gives, without checks of each row.

Scikit-learn validates a row at every step, which for one row takes longer than the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Row = tuple[NDArray[Any], Floats]
# How far a probability may be from the pipeline's own: sums in another order differ by less.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Weights:
    """The weights of a linear classifier, shape (n_features, n_margins), and its intercepts.

    There is one margin for the second of two classes, or else one for each class.
    """

    coefficients: Floats
    intercepts: Floats

    def to_probabilities(self, margins: Floats) -> Floats:
        """Return the probability of each class from margins of shape (n_samples, n_margins)."""
        if margins.shape[1] == 1:
            # The odds of the rarer side, so that no power overflows.
            odds = np.exp(-np.abs(margins))
            likelier = 1 / (1 + odds)
            second = np.where(margins >= 0, likelier, odds * likelier)
            return np.hstack([1 - second, second])
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class FoldedNumbers:
    """A linear classifier of numbers, of arrays of shape (n_samples, n_features)."""

    weights: Weights

    def predict_proba(self, X: Any) -> Floats:
        """Return the probability of each class, shape (n_samples, n_classes)."""
        weights = self.weights
        return weights.to_probabilities(X @ weights.coefficients + weights.intercepts)


@dataclass(frozen=True)
class FoldedTexts:
    """A linear pipeline of texts, each a row from `read`, scaled by its number of values.

    `read` gives the columns and values of a text that are not zero, each of `factors` what a step
    after it multiplies so many values with.
    """

    read: Callable[[str], Row]
    factors: tuple[Callable[[int], float], ...]
    weights: Weights

    def predict_proba(self, X: Any) -> Floats:
        """Return the probability of each class, shape (n_samples, n_classes)."""
        return self.weights.to_probabilities(np.array([self.margins_of(self.read(x)) for x in X]))

    def margins_of(self, row: Row) -> Floats:
        """Return the margins of one text, shape (n_margins,)."""
        columns, values = row
        coefficients, intercepts = self.weights.coefficients, self.weights.intercepts
        sums = values @ coefficients.take(columns, axis=0)
        return np.asarray(sums * self.scale_of(len(columns)) + intercepts)

    def scale_of(self, n_values: int) -> float:
        """Return what the steps together multiply the values of a text with."""
        scale = 1.0
        for factor in self.factors:
            scale *= factor(n_values)
        return scale


Folded = FoldedNumbers | FoldedTexts


def fold_pipeline(pipeline: Any, samples: Any) -> Folded | None:
    """Return the pipeline in its folded form, or None if it is none that can be folded.

    None as well if the folded form does not give what the pipeline gives for `samples`.
    """
    folded = fold_steps(pipeline)
    if folded is None:
        return None
    try:
        expected, found = pipeline.predict_proba(samples), folded.predict_proba(samples)
    except (ValueError, IndexError, TypeError):
        # What fits neither the pipeline nor this module is for the pipeline to refuse.
        return None
    same = expected.shape == found.shape and np.allclose(found, expected, rtol=0, atol=TOLERANCE)
    return folded if same else None


def fold_steps(pipeline: Any) -> Folded | None:
    """Return the folded form of a classifier alone, or behind a vectorizer and steps that scale rows.

    A vectorizer is read by its `columns_and_values`, a step that scales by its `factor`.
    """
    steps = [step for _, step in getattr(pipeline, "steps", ())]
    weights = weights_of(steps[-1]) if steps else None
    if weights is None:
        return None
    if len(steps) == 1:
        return FoldedNumbers(weights)
    read = getattr(steps[0], "columns_and_values", None)
    if read is None or not all(hasattr(step, "factor") for step in steps[1:-1]):
        return None
    return FoldedTexts(read, tuple(step.factor for step in steps[1:-1]), weights)


def weights_of(classifier: Any) -> Weights | None:
    """Return the weights of a classifier whose probabilities are the logistic function of its margins."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.linear_model import LogisticRegression

    logistic = (LogisticRegression, LinearDiscriminantAnalysis)
    if not isinstance(classifier, logistic) or not isinstance(classifier.coef_, np.ndarray):
        return None
    # In this order the weights of one feature stand together: a text needs those of few.
    coefficients = np.ascontiguousarray(classifier.coef_.T, dtype=np.float64)
    return Weights(coefficients, np.asarray(classifier.intercept_, dtype=np.float64))
