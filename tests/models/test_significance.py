import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from models.evaluation.significance import (
    bootstrap_interval,
    counts_by_group,
    mcnemar,
    score,
)


def labels(n_samples: int, share_right: float) -> tuple[np.ndarray, np.ndarray]:
    y = np.array(["no", "yes"], object)[np.arange(n_samples) % 2]
    wrong = np.random.default_rng(1).random(n_samples) >= share_right
    other = np.where(y == "no", "yes", "no").astype(object)
    return y, np.where(wrong, other, y)


def test_the_interval_holds_the_accuracy_and_is_as_wide_as_theory_says() -> None:
    y, predicted = labels(400, 0.8)

    low, high = bootstrap_interval(y, predicted, np.arange(400), "accuracy")

    accuracy = float(np.mean(y == predicted))
    assert low < accuracy < high
    assert high - low == pytest.approx(2 * 1.96 * (accuracy * (1 - accuracy) / 400) ** 0.5, rel=0.1)


def test_asking_ten_times_about_one_flower_makes_nothing_surer() -> None:
    y, predicted = labels(60, 0.8)
    once = bootstrap_interval(y, predicted, np.arange(60), "macro_recall")

    repeated = bootstrap_interval(
        np.tile(y, 10), np.tile(predicted, 10), np.tile(np.arange(60), 10), "macro_recall"
    )

    assert repeated == pytest.approx(once)


def test_the_counts_of_each_group_and_class() -> None:
    y = np.array(["a", "b", "b", "a"], object)
    predicted = np.array(["a", "a", "b", "b"], object)

    right, total = counts_by_group(y, predicted, np.array([7, 7, 9, 9]))

    assert right.tolist() == [[1, 0], [0, 1]]
    assert total.tolist() == [[1, 1], [1, 1]]


def test_macro_recall_counts_classes_alike_and_leaves_out_one_that_was_not_drawn() -> None:
    right, total = np.array([9, 0, 0]), np.array([9, 1, 0])

    assert score(right, total, "macro_recall") == 0.5
    assert score(right, total, "accuracy") == 0.9


def test_another_metric_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="not 'f1'"):
        score(np.array([1]), np.array([1]), "f1")


def test_mcnemar_counts_only_where_the_two_differ() -> None:
    ours = np.array([True] * 12 + [False] * 2 + [True] * 50)
    theirs = np.array([False] * 12 + [True] * 2 + [True] * 50)

    found = mcnemar(ours, theirs)

    assert (found["better"], found["worse"]) == (12, 2)
    assert found["p_value"] == pytest.approx(0.012939, abs=1e-6)


def test_mcnemar_of_a_model_with_itself_says_nothing() -> None:
    assert mcnemar(np.ones(9, bool), np.ones(9, bool)) == {"better": 0, "worse": 0, "p_value": 1.0}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_mcnemar_is_the_sign_test_and_the_same_from_both_sides(
    answers: list[tuple[bool, bool]],
) -> None:
    ours, theirs = np.array(answers).T

    there, back = mcnemar(ours, theirs), mcnemar(theirs, ours)

    assert there["p_value"] == back["p_value"]
    assert (there["better"], there["worse"]) == (back["worse"], back["better"])
    if there["better"] + there["worse"]:
        total = int(there["better"] + there["worse"])
        assert there["p_value"] == binomtest(int(there["worse"]), total).pvalue


def test_what_is_hard_for_both_does_not_widen_the_interval_of_their_difference() -> None:
    y, predicted = labels(400, 0.7)
    better = np.where(np.arange(400) < 20, y, predicted)

    low, high = bootstrap_interval(y, better, np.arange(400), "accuracy", predicted)

    difference = float(np.mean(better == y) - np.mean(predicted == y))
    assert 0 < low < difference < high
    alone = bootstrap_interval(y, better, np.arange(400), "accuracy")
    assert high - low < (alone[1] - alone[0]) / 2


def test_a_difference_is_no_surer_for_asking_ten_times() -> None:
    y, predicted = labels(60, 0.8)
    other = np.roll(predicted, 1)
    once = bootstrap_interval(y, predicted, np.arange(60), "macro_recall", other)

    arrays = (np.tile(array, 10) for array in (y, predicted, other, np.arange(60)))
    y, predicted, other, groups = arrays
    often = bootstrap_interval(y, predicted, groups, "macro_recall", other)

    assert often == pytest.approx(once)


letters = st.sampled_from("ab")


# Five bootstraps each.
@settings(max_examples=10)
@given(st.lists(st.tuples(letters, letters, letters, st.integers(0, 3)), min_size=1, max_size=12))
def test_a_difference_turns_its_sign_with_its_sides_and_is_none_with_itself(
    rows: list[tuple[str, str, str, int]],
) -> None:
    y, ours, theirs, groups = (np.array(column, object) for column in zip(*rows, strict=True))

    low, high = bootstrap_interval(y, ours, groups, "accuracy", theirs)
    back_low, back_high = bootstrap_interval(y, theirs, groups, "accuracy", ours)

    assert (back_low, back_high) == pytest.approx((-high, -low))
    assert bootstrap_interval(y, ours, groups, "accuracy", ours) == (0, 0)
