"""What a fitted pipeline is worth on data that it has not seen."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    log_loss,
    precision_recall_fscore_support,
)

from models.datasets import Samples
from models.registry import Classifier
from models.reliability import calibration_bins, calibration_error, coverage_curve
from models.slices import by_kind, slice_figures, slice_texts

Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
Fit = Callable[[Samples], Classifier]
LEARNING_SHARES = (0.1, 0.3)
N_STRONGEST = 20


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


def study(classes: NDArray[Any], samples: Samples, rows: NDArray[np.float64]) -> dict[str, Any]:
    """Return metrics, calibration bins, accuracy against coverage, and slices of held-out samples."""
    predicted = classes[rows.argmax(axis=1)]
    probabilities, correct = rows.max(axis=1), predicted == samples.y
    slices = slice_figures(by_kind(samples.kinds), samples.y, predicted)
    if isinstance(samples.X[0], str):
        slices += slice_texts(list(samples.X), samples.y, predicted)
    return measure(classes, samples.y, rows) | {
        "calibration": calibration_bins(probabilities, correct),
        "coverage": coverage_curve(probabilities, correct),
        "slices": slices,
    }


def study_on(pipeline: Classifier, samples: Samples) -> dict[str, Any]:
    """Return the study of a fitted pipeline on held-out samples."""
    return study(pipeline.classes_, samples, pipeline.predict_proba(samples.X))


def cross_predict(
    pipeline: Any, samples: Samples, folds: Sequence[Fold]
) -> tuple[Samples, NDArray[np.float64]]:
    """Return what each fold holds out, in order, and the probabilities of clones fitted on the rest."""
    rows = [
        clone(pipeline).fit(samples.X[train], samples.y[train]).predict_proba(samples.X[test])
        for train, test in folds
    ]
    return samples.take(np.concatenate([test for _, test in folds])), np.concatenate(rows)


def learning_curve(fit: Fit, samples: Samples, fold: Fold) -> list[dict[str, float]]:
    """Return accuracy and macro recall on the held-out part after training on shares of the other."""
    train, test = fold
    shuffled = np.random.default_rng(0).permutation(train)
    points = []
    for share in LEARNING_SHARES:
        part = np.sort(shuffled[: int(share * len(shuffled))])
        pipeline = fit(samples.take(part))
        rows = pipeline.predict_proba(samples.X[test])
        points.append(learning_point(len(part), measure(pipeline.classes_, samples.y[test], rows)))
    return points


def learning_point(n_samples: int, measured: dict[str, Any]) -> dict[str, float]:
    """Return a point of the learning curve."""
    metrics = measured["metrics"]
    return {
        "samples": n_samples,
        "accuracy": metrics["accuracy"],
        "macro_recall": metrics["macro_recall"],
    }


def strongest_features(
    pipeline: Any, X: Any, n_features: int = N_STRONGEST
) -> dict[str, list[str]]:
    """Return the features that weigh most for each class of a linear pipeline.

    A feature weighs its coefficient times the root mean square of its values in the samples `X`: a
    large coefficient of something that never occurs decides nothing.
    """
    names, classifier = pipeline[:-1].get_feature_names_out(), pipeline[-1]
    values = pipeline[:-1].transform(X)
    spread = np.sqrt(np.asarray(values.multiply(values).mean(axis=0)).ravel())
    coefficients = classifier.coef_ * spread
    if len(coefficients) == 1:
        coefficients = np.vstack([-coefficients[0], coefficients[0]])
    return {
        str(label): [str(names[place]) for place in np.argsort(-row, kind="stable")[:n_features]]
        for label, row in zip(classifier.classes_, coefficients, strict=True)
    }
