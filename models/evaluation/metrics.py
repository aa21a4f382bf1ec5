"""How good a fitted pipeline is on data that it has not seen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    log_loss,
    precision_recall_fscore_support,
)

from models.evaluation.progress import tell
from models.evaluation.recipe import Fit, Fold, TrainingRecipe
from models.evaluation.reliability import calibration_bins, calibration_error, coverage_curve
from models.evaluation.slices import by_kind, slice_figures, slice_texts
from models.metadata import Figures
from models.registry import Classifier
from models.samples import Samples

LEARNING_SHARES = (0.1, 0.3)
N_STRONGEST = 20


def measure(classes: NDArray[Any], y: NDArray[Any], rows: NDArray[np.float64]) -> Figures:
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
                "precision": float(precision[index]),
                "recall": float(recall[index]),
                "f1": float(f1[index]),
                "samples": int(support[index]),
            }
            for index, label in enumerate(classes)
        },
        "confusion": confusion_matrix(y, predicted, labels=classes).tolist(),
    }


def study(classes: NDArray[Any], samples: Samples, rows: NDArray[np.float64]) -> Figures:
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


def study_on(pipeline: Classifier, samples: Samples) -> Figures:
    """Return the study of a fitted pipeline on held-out samples."""
    return study(pipeline.classes_, samples, pipeline.predict_proba(samples.X))


def cross_fit(
    fit: Fit, samples: Samples, folds: Sequence[Fold]
) -> tuple[Samples, NDArray[np.float64]]:
    """Return the samples that each fold holds out, in order, and their probabilities by `fit` of the rest."""
    rows = [fit(samples.take(train)).predict_proba(samples.X[test]) for train, test in folds]
    return samples.take(np.concatenate([test for _, test in folds])), np.concatenate(rows)


def evaluate_on_test_file(pipeline: Any, samples: Samples, earlier_uses: int) -> Figures:
    """Return the study of the test file, with the number of times that it was used."""
    uses = earlier_uses + 1
    times = {1: "once", 2: "twice"}.get(uses, f"{uses} times")
    left_out = int(samples.sources[0]["rows"]) - len(samples.y)
    corrected = f" {left_out} more are corrected cases and were left out." if left_out else ""
    return {
        "method": (
            f"Measured on {samples.sources[0]['title']}: {len(samples.y):,} samples kept for this alone."
            f"{corrected} Models of this project were measured on them {times}."
        ),
        "data": list(samples.sources),
        "test_file_uses": uses,
    } | study_on(pipeline, samples)


def evaluate_by_folds(recipe: TrainingRecipe, samples: Samples) -> Figures:
    """Return the study of a cross-validation, for a model without a test file; each sample counts once."""
    folds = recipe.folds(samples)
    held_out, rows = cross_fit(recipe.fit, samples, folds)
    once, means = average_repeats(np.concatenate([test for _, test in folds]), rows)
    repeats = len(held_out.y) // len(once)
    method = f"Measured by stratified {len(folds) // repeats}-fold cross-validation"
    if repeats > 1:
        method += (
            f", repeated {repeats} times: each of the {len(once)} samples was held out {repeats} times "
            "and counts once, with the mean of its probabilities"
        )
    figures = study(np.unique(samples.y), samples.take(once), means)
    return {"method": f"{method}.", "data": list(samples.sources)} | figures


def average_repeats(
    indices: NDArray[np.int64], rows: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the different indices of samples, in order, and the mean of each one's rows.

    `rows` of shape (n_answers, n_classes) are the answers to the samples `indices`.
    """
    once, owners, counts = np.unique(indices, return_inverse=True, return_counts=True)
    sums = np.zeros((len(once), rows.shape[1]))
    np.add.at(sums, owners, rows)
    return once, sums / counts[:, None]


def study_held_out(name: str, recipe: TrainingRecipe, samples: Samples) -> Figures:
    """Return the study of the first fold by a pipeline fitted on the rest of the training data.

    The app's statements about certainty come from here: the test file is kept for the final figures.
    """
    train, test = recipe.folds(samples)[0]
    tell(f"{name}: fitting on {len(train):,} samples, {len(test):,} held out…")
    figures = study_on(recipe.fit(samples.take(train)), samples.take(test))
    tell(f"{name}: fitting on less, for the learning curve…")
    curve = learning_curve(recipe.fit, samples, (train, test))
    method = f"{len(test):,} samples of the training data, held out from {len(train):,} others."
    full = learning_point(len(train), figures)
    return {"method": method, "learning_curve": [*curve, full]} | figures


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


def learning_point(n_samples: int, measured: Figures) -> dict[str, float]:
    """Return a point of the learning curve."""
    metrics = measured["metrics"]
    return {
        "samples": n_samples,
        "accuracy": metrics["accuracy"],
        "macro_recall": metrics["macro_recall"],
    }


def strongest_features(pipeline: Any, X: Any) -> dict[str, list[str]]:
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
        str(label): [str(names[index]) for index in np.argsort(-row, kind="stable")[:N_STRONGEST]]
        for label, row in zip(classifier.classes_, coefficients, strict=True)
    }
