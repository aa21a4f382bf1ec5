import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

from models.datasets import Samples
from models.evaluate import calibration_error, cross_validate, evaluate_on, measure

CLASSES = np.array(["no", "yes"])
ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def two_clouds(size: int = 12) -> Samples:
    X = np.arange(2.0 * size).reshape(-1, 1)
    return Samples(X, np.array(["no"] * size + ["yes"] * size, dtype=object), ())


def test_the_calibration_error_of_a_hand_made_example() -> None:
    # Two answers at 0.95, one of them right: 0.45 too sure. Two at 0.65, both right: 0.35 too unsure.
    probabilities = np.array([0.95, 0.95, 0.65, 0.65])
    correct = np.array([True, False, True, True])

    assert calibration_error(probabilities, correct, n_bins=10) == pytest.approx(0.40)


def test_being_sure_and_right_has_no_calibration_error() -> None:
    assert calibration_error(np.ones(5), np.full(5, True)) == 0


def test_being_sure_and_wrong_has_the_highest_calibration_error() -> None:
    assert calibration_error(np.ones(5), np.full(5, False)) == 1


def error_by_definition(answers: list[tuple[float, bool]], n_bins: int) -> float:
    total = 0.0
    for place in range(n_bins):
        inside = [answer for answer in answers if min(int(answer[0] * n_bins), n_bins - 1) == place]
        if inside:
            sure = sum(probability for probability, _ in inside) / len(inside)
            right = sum(correct for _, correct in inside) / len(inside)
            total += len(inside) / len(answers) * abs(sure - right)
    return total


@given(ANSWERS)
def test_the_calibration_error_is_what_its_definition_says(
    answers: list[tuple[float, bool]],
) -> None:
    probabilities = np.array([probability for probability, _ in answers])
    correct = np.array([right for _, right in answers])

    error = calibration_error(probabilities, correct)

    assert error == pytest.approx(error_by_definition(answers, 15))
    assert 0 <= error <= 1


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


def test_a_fitted_pipeline_is_measured_on_the_samples_given() -> None:
    train, test = two_clouds(), two_clouds(4)
    always_yes = DummyClassifier(strategy="constant", constant="yes").fit(train.X, train.y)

    figures = evaluate_on(always_yes, test)

    assert figures["metrics"]["accuracy"] == 0.5
    assert figures["confusion"] == [[0, 4], [0, 4]]


def test_every_sample_is_held_out_once_in_each_repetition() -> None:
    figures = cross_validate(
        LogisticRegression(), two_clouds(), n_splits=4, n_repeats=3, random_state=0
    )

    assert np.sum(figures["confusion"]) == 3 * 24
    assert figures["classes"]["no"]["samples"] == 3 * 12


def test_a_fold_is_not_answered_by_a_model_that_saw_it() -> None:
    remembering = _Remembering()
    X = np.arange(20.0).reshape(-1, 1)
    y = np.array(["no", "yes"] * 10, dtype=object)

    figures = cross_validate(
        remembering, Samples(X, y, ()), n_splits=5, n_repeats=1, random_state=0
    )

    assert figures["confusion"] == [[10, 0], [10, 0]]


def test_the_same_seed_gives_the_same_figures() -> None:
    first, second = (
        cross_validate(LogisticRegression(), two_clouds(), n_splits=3, n_repeats=2, random_state=5)
        for _ in range(2)
    )

    assert first == second


class _Remembering(DummyClassifier):  # type: ignore[misc]
    """Answers "yes" only to "yes" samples that it was fitted on."""

    def fit(self, X: NDArray[np.float64], y: NDArray[np.object_]) -> "_Remembering":
        super().fit(X, y)
        self.seen_ = {float(row[0]) for row, label in zip(X, y, strict=True) if label == "yes"}
        return self

    def predict_proba(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([[0.0, 1.0] if float(row[0]) in self.seen_ else [1.0, 0.0] for row in X])
