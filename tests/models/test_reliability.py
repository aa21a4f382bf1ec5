import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.reliability import calibration_bins, calibration_error, coverage_curve

ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


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


@given(ANSWERS)
def test_the_bins_hold_every_answer_once(answers: list[tuple[float, bool]]) -> None:
    probabilities = np.array([probability for probability, _ in answers])
    correct = np.array([right for _, right in answers])

    bins = calibration_bins(probabilities, correct)

    assert sum(part["samples"] for part in bins) == len(answers)
    assert sum(part["right"] for part in bins) == correct.sum()
    assert all(part["low"] - 1e-4 <= part["probability"] <= part["high"] + 1e-4 for part in bins)


def test_leaving_out_the_least_sure_half_leaves_the_surest_half() -> None:
    probabilities = np.array([0.9, 0.6, 0.8, 0.7])
    correct = np.array([True, False, True, False])

    points = {point["coverage"]: point for point in coverage_curve(probabilities, correct)}

    assert points[1.0]["accuracy"] == 0.5
    assert points[0.5] == {"coverage": 0.5, "accuracy": 1.0, "threshold": 0.8}


@given(ANSWERS)
def test_the_surer_the_answers_kept_the_higher_the_threshold(
    answers: list[tuple[float, bool]],
) -> None:
    probabilities = np.array([probability for probability, _ in answers])
    correct = np.array([right for _, right in answers])

    points = coverage_curve(probabilities, correct)

    thresholds = [point["threshold"] for point in points]
    assert thresholds == sorted(thresholds)
    assert points[0]["coverage"] == 1
    assert points[0]["threshold"] == probabilities.min()
    assert points[0]["accuracy"] == pytest.approx(correct.mean())
