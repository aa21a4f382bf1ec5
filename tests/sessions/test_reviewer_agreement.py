import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from judging import NEG, POS, judge, sessions

from demo.sessions.metrics.agreement import figures
from demo.sessions.metrics.intervals import Id
from demo.sessions.metrics.reviewer_agreement import ALPHA, KAPPA, ReviewerAgreement, read
from demo.sessions.metrics.votes import Judgement


def rated(rows: Sequence[Sequence[Any]]) -> list[Judgement]:
    """Return judgements from one row a reviewer and one column a case; None is missing."""
    return [
        judge(case, reviewer, str(label), predicted="1")
        for reviewer, row in enumerate(rows)
        for case, label in enumerate(row)
        if label is not None
    ]


def among(judgements: Sequence[Judgement]) -> ReviewerAgreement:
    return figures(judgements, ()).among_reviewers


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", page 8: four observers.
FOUR_OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
# Three coders, the worked example of the encyclopaedias.
THREE_CODERS = (
    (None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3),
    (1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None),
    (None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4),
)


@pytest.mark.parametrize(("rows", "alpha"), [(FOUR_OBSERVERS, 0.743), (THREE_CODERS, 0.691)])
def test_alpha_of_published_examples(rows: tuple[Any, ...], alpha: float) -> None:
    found = among(rated(rows))

    assert found.value == pytest.approx(alpha, abs=5e-4)
    assert (found.method, found.n_reviewers, found.reading) == (ALPHA, len(rows), "substantial")


def test_kappa_of_a_published_example() -> None:
    # Two readers of 50 proposals: both yes 20, both no 15, the first alone yes 5, the second 10.
    pairs = [*[(1, 1)] * 20, *[(1, 0)] * 5, *[(0, 1)] * 10, *[(0, 0)] * 15]

    found = among(rated(list(zip(*pairs, strict=True))))

    assert found.value == pytest.approx(0.4)
    assert (found.method, found.reading, found.n_cases) == (KAPPA, "fair", 50)


def test_two_who_share_cases_have_a_kappa_whatever_a_third_judged_alone() -> None:
    found = among(rated([(1, 0, None), (1, 1, None), (None, None, 0)]))

    assert (found.method, found.n_reviewers, found.n_cases) == (KAPPA, 2, 2)
    assert found.value == pytest.approx(0)


def test_labels_given_blind_are_compared_as_they_were_before_the_answer_was_seen() -> None:
    judgements = [
        judge(case, reviewer, POS, first=first)
        for reviewer, firsts in enumerate([(POS, NEG, POS, NEG), (POS, NEG, NEG, POS)])
        for case, first in enumerate(firsts)
    ]

    found = among(judgements)

    assert found.blind
    assert found.value == pytest.approx(0)


def test_no_value_without_a_case_that_two_have_judged() -> None:
    found = among(rated([(1, None), (None, 2)]))

    assert (found.method, found.value, found.reading) == (None, None, None)
    assert found.reason == "No case has labels of two reviewers."


@pytest.mark.parametrize("n_reviewers", [2, 3])
def test_no_value_where_all_labels_are_the_same(n_reviewers: int) -> None:
    found = among(rated([(1, 1, 1)] * n_reviewers))

    assert (found.value, found.reading) == (None, None)
    assert found.reason == "All labels are the same, so agreement beyond chance cannot be told."


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        (-0.01, "poor"),
        (0.0, "slight"),
        (0.2, "slight"),
        (0.21, "fair"),
        (0.41, "moderate"),
        (0.61, "substantial"),
        (0.81, "almost perfect"),
        (1 + 1e-15, "almost perfect"),
    ],
)
def test_what_a_value_is_called(value: float, reading: str) -> None:
    assert read(value) == reading


@given(sessions(blind=True))
def test_reviewers_agree_completely_only_where_all_labels_of_each_case_are_the_same(
    judgements: list[Judgement],
) -> None:
    found = among(judgements)
    by_case: dict[Id, list[str]] = {}
    for judgement in judgements:
        label = judgement.first_label if found.blind else judgement.label
        if label:
            by_case.setdefault(judgement.case, []).append(label)
    shared = [labels for labels in by_case.values() if len(labels) > 1]

    assert found.n_cases == len(shared)
    assert (found.value is None) == (found.reason is not None)
    assert (found.value is None) == (len({label for labels in shared for label in labels}) < 2)
    if found.value is not None:
        assert -1 <= found.value <= 1 + 1e-9
        alike = all(len(set(labels)) == 1 for labels in shared)
        assert math.isclose(found.value, 1) == alike
