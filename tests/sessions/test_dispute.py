from collections import Counter

import pytest
from hypothesis import given
from judging import CLASSES, HAND_MADE, NEG, NEU, POS, counts, judge, sessions

from demo.sessions.metrics.agreement import figures
from demo.sessions.metrics.dispute import MajorityLabel
from demo.sessions.metrics.votes import Judgement


def test_the_most_disputed_case_comes_first() -> None:
    judgements = [
        *(judge("settled", reviewer, POS) for reviewer in range(3)),
        *(judge("split", reviewer, label) for reviewer, label in enumerate((POS, NEG, NEU))),
        *(judge("wrong", reviewer, NEG) for reviewer in range(3)),
        *(judge("one doubt", reviewer, label) for reviewer, label in enumerate((POS, POS, NEG))),
        judge("nobody knows", 0, None),
    ]

    disputes = figures(judgements, CLASSES).disputes

    assert [case.case for case in disputes] == [
        "split",  # 2 of 3 against the model, and 2 of 3 against the most frequent label
        "wrong",
        "one doubt",
        "nobody knows",
        "settled",
    ]
    assert [case.dispute for case in disputes] == pytest.approx([4 / 3, 1, 2 / 3, 0, 0])
    assert [case.is_disputed for case in disputes] == [True, True, True, False, False]


def test_of_two_cases_disputed_alike_the_one_with_more_against_the_surer_model_comes_first() -> (
    None
):
    judgements = [
        judge("one, unsure", 0, NEG, probability=0.6),
        judge("one, sure", 0, NEG, probability=0.9),
        judge("two", 0, NEG, probability=0.5),
        judge("two", 1, NEG, probability=0.5),
    ]

    disputes = figures(judgements, CLASSES).disputes

    assert [case.case for case in disputes] == ["two", "one, sure", "one, unsure"]


def test_what_is_told_of_a_case() -> None:
    case = figures(HAND_MADE, CLASSES).disputes[-1]

    assert (case.case, case.predicted) == (3, NEU)
    assert case.probability == pytest.approx(0.95)
    assert case.labels == {NEU: 2}
    assert (case.agree, case.disagree, case.cannot_tell, case.told) == (2, 0, 1, 2)
    assert (case.majority, case.division) == (NEU, 0)


@pytest.mark.parametrize(
    ("labels", "majority"),
    [
        ((NEG, NEG, NEU), NEG),
        ((NEG, NEG, None, None, None), NEG),
        ((NEG, NEG, NEU, POS), None),
        ((NEG, POS), None),
        ((None, None), None),
    ],
)
def test_a_majority_is_more_than_half_of_those_who_gave_a_label(
    labels: tuple[str | None, ...], majority: str | None
) -> None:
    judgements = [judge(7, reviewer, label) for reviewer, label in enumerate(labels)]

    assert figures(judgements, CLASSES).disputes[0].majority == majority


def test_corrections_and_confirmations() -> None:
    found = figures(HAND_MADE, CLASSES)

    assert found.corrections == (MajorityLabel(2, NEU, n_supporting=2, n_labels=2),)
    assert found.confirmations == (MajorityLabel(3, NEU, n_supporting=2, n_labels=2),)


def test_a_majority_for_different_corrections_corrects_nothing() -> None:
    found = figures([judge(1, 1, NEG), judge(1, 2, NEU)], CLASSES)

    assert found.corrections == ()
    assert counts(found.cases) == (0, 1)


@given(sessions())
def test_each_case_is_what_its_labels_say(judgements: list[Judgement]) -> None:
    found = figures(judgements, CLASSES)

    assert Counter(case.case for case in found.disputes) == Counter({j.case for j in judgements})
    for case in found.disputes:
        labels = [j.label for j in judgements if j.case == case.case and j.label]
        assert Counter(case.labels) == Counter(labels)
        most = Counter(labels).most_common(1)
        strict = bool(most) and most[0][1] > len(labels) / 2
        assert case.majority == (most[0][0] if strict else None)
        assert case.division == pytest.approx(1 - most[0][1] / len(labels) if most else 0)
    settled = {item.case for item in (*found.corrections, *found.confirmations)}
    assert settled == {case.case for case in found.disputes if case.majority}
    assert all(2 * item.n_supporting > item.n_labels for item in found.corrections)
