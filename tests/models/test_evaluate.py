from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

from models.evaluation.metrics import (
    average_repeats,
    cross_fit,
    learning_curve,
    measure,
    study_on,
)
from models.evaluation.recipe import Fold
from models.samples import Samples

CLASSES = np.array(["no", "yes"])


def samples_of(X: NDArray[Any], y: list[str]) -> Samples:
    labels, groups = np.array(y, dtype=object), np.arange(len(y))
    return Samples(X, labels, (), groups, np.full(len(y), "numbers", dtype=object))


def two_clouds(size: int = 12) -> Samples:
    numbers = np.concatenate([np.arange(size), 100 + np.arange(size)]).astype(float)
    return samples_of(numbers.reshape(-1, 1), ["no"] * size + ["yes"] * size)


def halves(samples: Samples) -> list[Fold]:
    """Hold out the samples at even places, then those at odd ones."""
    places = np.arange(len(samples.y))
    even, odd = places[places % 2 == 0], places[places % 2 == 1]
    return [(odd, even), (even, odd)]


def test_figures_of_four_answers_counted_by_hand() -> None:
    y = np.array(["no", "no", "yes", "yes"])
    rows = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.3, 0.7]])

    figures = measure(CLASSES, y, rows)

    assert figures["metrics"]["accuracy"] == 0.75
    assert figures["metrics"]["macro_recall"] == pytest.approx((0.5 + 1) / 2)
    assert figures["metrics"]["macro_f1"] == pytest.approx((2 / 3 + 0.8) / 2)
    log_loss = -np.log([0.9, 0.4, 0.8, 0.7]).mean()
    assert figures["metrics"]["log_loss"] == pytest.approx(log_loss)
    assert figures["classes"]["yes"]["precision"] == pytest.approx(2 / 3)
    assert figures["classes"]["no"]["samples"] == 2
    assert figures["confusion"] == [[1, 1], [0, 2]]


def test_a_class_that_is_never_answered_has_no_precision() -> None:
    rows: NDArray[np.float64] = np.array([[0.9, 0.1], [0.8, 0.2]])

    figures = measure(CLASSES, np.array(["no", "yes"]), rows)

    assert figures["classes"]["yes"]["precision"] == 0


def test_a_fitted_pipeline_is_studied_on_the_samples_given() -> None:
    train, test = two_clouds(), two_clouds(4)
    always_yes = DummyClassifier(strategy="constant", constant="yes").fit(train.X, train.y)

    figures = study_on(always_yes, test)

    assert figures["metrics"]["accuracy"] == 0.5
    assert figures["confusion"] == [[0, 4], [0, 4]]
    assert figures["calibration"][0]["samples"] == 8
    assert figures["coverage"][0]["accuracy"] == 0.5


def test_texts_are_studied_in_parts() -> None:
    texts = np.array(["It is not good."] * 30 + ["It is good."] * 30, dtype=object)
    samples = samples_of(texts, ["no"] * 30 + ["yes"] * 30)
    always_yes = DummyClassifier(strategy="constant", constant="yes").fit(texts, samples.y)

    parts = {part["name"]: part for part in study_on(always_yes, samples)["slices"]}

    assert parts["with a negation"]["accuracy"] == 0
    assert parts["without a negation"]["accuracy"] == 1
    assert parts["with a negation"]["samples"] == 30


def fitting(estimator: Any) -> Callable[[Samples], Any]:
    """Return the function that fits a clone of the estimator."""
    return lambda part: clone(estimator).fit(part.X, part.y)


def test_every_sample_that_a_fold_holds_out_is_answered_in_the_order_of_the_folds() -> None:
    samples = two_clouds()

    held_out, rows = cross_fit(fitting(LogisticRegression()), samples, halves(samples))

    assert np.array_equal(held_out.X, np.concatenate([samples.X[::2], samples.X[1::2]]))
    assert (held_out.y == np.where(rows[:, 1] > 0.5, "yes", "no")).all()


def test_each_fold_is_answered_by_a_fit_of_the_others() -> None:
    samples, seen = two_clouds(), []

    def fit(part: Samples) -> LogisticRegression:
        seen.append(part.groups.tolist())
        return LogisticRegression().fit(part.X, part.y)

    cross_fit(fit, samples, halves(samples))

    assert seen == [train.tolist() for train, _ in halves(samples)]


def test_a_fold_is_not_answered_by_a_model_that_saw_it() -> None:
    samples = samples_of(np.arange(20.0).reshape(-1, 1), ["no", "no", "yes", "yes"] * 5)

    held_out, rows = cross_fit(fitting(_Remembering()), samples, halves(samples))

    figures = measure(CLASSES, held_out.y, rows)
    assert figures["confusion"] == [[10, 0], [10, 0]]


def test_the_learning_curve_trains_on_growing_parts_and_never_on_what_is_held_out() -> None:
    samples, seen = two_clouds(50), []

    def fit(part: Samples) -> DummyClassifier:
        seen.append(part)
        return DummyClassifier().fit(part.X, part.y)

    train, test = halves(samples)[0]
    points = learning_curve(fit, samples, (train, test))

    assert [point["samples"] for point in points] == [5, 15]
    assert all(set(part.X.ravel()) <= set(samples.X[train].ravel()) for part in seen)


class _Remembering(DummyClassifier):  # type: ignore[misc]
    """Answers "yes" only to "yes" samples that it was fitted on."""

    def fit(self, X: NDArray[np.float64], y: NDArray[np.object_]) -> "_Remembering":
        super().fit(X, y)
        self.seen_ = {float(row[0]) for row, label in zip(X, y, strict=True) if label == "yes"}
        return self

    def predict_proba(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([[0.0, 1.0] if float(row[0]) in self.seen_ else [1.0, 0.0] for row in X])


def test_the_answers_to_a_sample_held_out_twice_are_averaged() -> None:
    rows = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5], [0.4, 0.6]])

    once, means = average_repeats(np.array([7, 3, 7, 3]), rows)

    assert once.tolist() == [3, 7]
    assert means == pytest.approx(np.array([[0.3, 0.7], [0.7, 0.3]]))
