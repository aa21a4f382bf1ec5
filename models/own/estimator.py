"""Whether an estimator can be shown at all, in one sentence where it cannot."""

from typing import Any

import numpy as np

from models.formats.opened import SourceError

MOST_CLASSES = 200


def check_estimator(estimator: Any, name: str) -> Any:
    """Return what answers: the estimator, or the best one of a search; raise SourceError for what cannot."""
    found = getattr(estimator, "best_estimator_", estimator)
    kind = type(found).__name__[:60]
    if not hasattr(found, "predict"):
        raise SourceError(
            f"{name} holds a {kind}, which gives no predictions; save the whole fitted model."
        )
    if not hasattr(found, "classes_"):
        raise SourceError(why_without_classes(found, name, kind))
    if isinstance(found.classes_, list):
        raise SourceError(
            f"{name} answers several questions at once; save a model for one of them."
        )
    if not hasattr(found, "predict_proba"):
        raise SourceError(
            f"{name} is a {kind}, which gives no probabilities; fit it inside "
            "sklearn.calibration.CalibratedClassifierCV."
        )
    n_classes = len(np.unique(found.classes_.astype(str)))
    if not 2 <= n_classes == len(found.classes_) <= MOST_CLASSES:
        raise SourceError(
            f"{name} has {len(found.classes_):,} classes; two to {MOST_CLASSES} different ones are taken."
        )
    return found


def why_without_classes(estimator: Any, name: str, kind: str) -> str:
    """Return why an estimator has no classes: it answers with numbers, or was never fitted."""
    from sklearn.base import is_clusterer, is_outlier_detector, is_regressor

    if is_regressor(estimator):
        return f"{name} is a {kind}, which answers with a number; only models that choose a class are taken."
    if is_clusterer(estimator) or is_outlier_detector(estimator):
        return f"{name} is a {kind}, which knows no classes; only models that choose a class are taken."
    return f"{name} holds a {kind} that was not fitted; fit it, then save it."
