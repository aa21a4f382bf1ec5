"""What a fitted pipeline is worth on data that it has not seen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    log_loss,
    precision_recall_fscore_support,
)
from sklearn.model_selection import RepeatedStratifiedKFold

from models.datasets import Samples
from models.registry import Classifier

CALIBRATION_BINS = 15


def calibration_error(
    probabilities: NDArray[np.float64], correct: NDArray[np.bool_], n_bins: int = CALIBRATION_BINS
) -> float:
    """Return the expected calibration error of the top class, from 0 to 1 (Guo et al. 2017).

    `probabilities` of shape (n_samples,) are those of the label given, `correct` whether it was right;
    the bins are of equal width over 0 to 1.
    """
    bins = np.clip((probabilities * n_bins).astype(int), 0, n_bins - 1)
    surplus = np.bincount(bins, weights=probabilities - correct, minlength=n_bins)
    return float(np.abs(surplus).sum() / len(probabilities))


def measure(classes: NDArray[Any], y: NDArray[Any], rows: NDArray[np.float64]) -> dict[str, Any]:
    """Return all metrics of probabilities `rows`, of shape (n_samples, n_classes), against `y`."""
    predicted = classes[rows.argmax(axis=1)]
    precision, recall, f1, support = precision_recall_fscore_support(
        y, predicted, labels=classes, zero_division=0
    )
    return {
        "metrics": {
            "accuracy": float(accuracy_score(y, predicted)),
            "macro_recall": float(np.mean(recall)),
            "macro_f1": float(np.mean(f1)),
            "log_loss": float(log_loss(y, rows, labels=classes)),
            "calibration_error": calibration_error(rows.max(axis=1), predicted == y),
        },
        "classes": {
            str(label): {
                "precision": float(precision[place]),
                "recall": float(recall[place]),
                "f1": float(f1[place]),
                "samples": int(support[place]),
            }
            for place, label in enumerate(classes)
        },
        "confusion": confusion_matrix(y, predicted, labels=classes).tolist(),
    }


def evaluate_on(pipeline: Classifier, samples: Samples) -> dict[str, Any]:
    """Return the metrics of a fitted pipeline on held-out samples."""
    return measure(pipeline.classes_, samples.y, pipeline.predict_proba(samples.X))


def cross_validate(
    pipeline: Any, samples: Samples, *, n_splits: int, n_repeats: int, random_state: int
) -> dict[str, Any]:
    """Return the metrics over all held-out folds of a repeated stratified cross-validation.

    `pipeline` is cloned for each fold. Every sample is held out `n_repeats` times, so the counts add up
    to n_samples · n_repeats.
    """
    from sklearn.base import clone

    folds = RepeatedStratifiedKFold(
        n_splits=n_splits, n_repeats=n_repeats, random_state=random_state
    )
    rows, truth = [], []
    for train, test in folds.split(samples.X, samples.y):
        fitted = clone(pipeline).fit(samples.X[train], samples.y[train])
        rows.append(fitted.predict_proba(samples.X[test]))
        truth.append(samples.y[test])
    return measure(np.unique(samples.y), np.concatenate(truth), np.concatenate(rows))
