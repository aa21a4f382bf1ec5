import json
import math
import time
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import CLASSES, HAND_MADE, NEG, NEU, POS, counts, judge, sessions

from demo.sessions.metrics.agreement import N_BINS, Figures, figures
from demo.sessions.metrics.intervals import Share, share_of
from demo.sessions.metrics.votes import Judgement
from demo.sessions.model import NONE_OF_THESE


def hand_made() -> Figures:
    return figures(HAND_MADE, CLASSES, ("ann", "ben", "cem", "dee"))


def test_who_cannot_tell_does_not_disagree() -> None:
    found = hand_made()

    assert found.verdicts == {"agree": 3, "disagree": 3, "cannot_tell": 1}
    assert counts(found.overall) == (3, 6)


def test_agreement_by_what_the_model_said() -> None:
    by_class = {group.key: group for group in hand_made().by_class}

    assert list(by_class) == [NEG, NEU, POS]
    assert counts(by_class[NEG].share) == (0, 2)
    assert counts(by_class[NEU].share) == (2, 2)
    assert counts(by_class[POS].share) == (1, 2)
    assert [by_class[name].cannot_tell for name in CLASSES] == [0, 1, 0]


def test_agreement_by_what_people_hold_to_be_right() -> None:
    by_label = {group.key: counts(group.share) for group in hand_made().by_label}

    assert by_label == {NEG: (0, 1), NEU: (2, 4), POS: (1, 1)}


def test_agreement_by_reviewer_in_the_order_asked_for() -> None:
    shares = [
        (group.key, counts(group.share), group.cannot_tell) for group in hand_made().by_reviewer
    ]

    assert shares == [
        ("ann", (2, 3), 0),
        ("ben", (1, 3), 0),
        ("cem", (0, 0), 1),
        ("dee", (0, 0), 0),
    ]


def test_a_reviewer_who_is_not_listed_comes_after_the_others() -> None:
    found = figures(HAND_MADE, CLASSES, ("cem",))

    assert [group.key for group in found.by_reviewer] == ["cem", "ann", "ben"]


def test_each_case_has_one_vote_in_the_share_of_cases() -> None:
    # Nine people agree on case "a", one disagrees on each of two others, and one case is tied.
    many = [judge("a", reviewer, POS) for reviewer in range(9)]
    others = [judge("b", 0, NEG), judge("c", 0, NEG), judge("d", 0, NEG), judge("d", 1, POS)]

    found = figures([*many, *others], CLASSES)

    assert counts(found.overall) == (10, 13)
    assert counts(found.cases) == (1, 3)
    assert found.tied_cases == 1
    assert (found.cases.low, found.cases.high) == (share_of(1, 3).low, share_of(1, 3).high)


def test_the_confusion_has_people_in_rows_and_the_model_in_columns() -> None:
    assert hand_made().confusion == ((0, 0, 1), (2, 2, 0), (0, 0, 1))


def test_a_label_that_is_no_class_comes_after_the_classes() -> None:
    found = figures([judge(1, 1, "mixed", predicted="b")], ("b", "a"))

    assert found.classes == ("b", "a", "mixed")
    assert found.confusion == ((0, 0, 0), (0, 0, 0), (1, 0, 0))


def test_that_no_label_fits_is_a_row_of_its_own_and_no_column() -> None:
    none = [
        judge(1, "cem", NONE_OF_THESE, first=NONE_OF_THESE),
        judge(4, "ann", NONE_OF_THESE),
        judge(4, "ben", NONE_OF_THESE),
    ]
    found = figures([*HAND_MADE, *none], CLASSES)

    assert found.verdicts == {"agree": 3, "disagree": 6, "cannot_tell": 1}
    assert counts(found.overall) == (3, 9)
    assert found.classes == CLASSES
    assert found.labels == (*CLASSES, NONE_OF_THESE)
    assert found.confusion == ((0, 0, 1), (2, 2, 0), (0, 0, 1), (0, 0, 3))
    assert {group.key: counts(group.share) for group in found.by_label} == {
        NEG: (0, 1),
        NEU: (2, 4),
        POS: (1, 1),
        NONE_OF_THESE: (0, 3),
    }
    assert [group.key for group in found.by_class] == list(CLASSES)
    by_case = {case.case: case for case in found.disputes}
    assert by_case[1].labels == {POS: 1, NEG: 1, NONE_OF_THESE: 1}
    assert (by_case[1].majority, by_case[1].division) == (None, 2 / 3)
    assert (by_case[4].majority, by_case[4].division, by_case[4].dispute) == (NONE_OF_THESE, 0, 1)
    # There is nothing to correct the model to.
    assert [item.case for item in found.corrections] == [2]
    assert [item.case for item in found.confirmations] == [3]
    assert found.blind is not None
    assert (counts(found.blind.first), counts(found.blind.toward)) == ((0, 1), (0, 1))


def test_nobody_who_says_that_none_fits_leaves_the_classes_alone() -> None:
    assert hand_made().labels == CLASSES


def test_reviewers_who_agree_that_no_label_fits_agree_with_one_another() -> None:
    judgements = [
        judge(case, reviewer, label)
        for case, label in enumerate((POS, NEG, NONE_OF_THESE, NONE_OF_THESE))
        for reviewer in ("ann", "ben")
    ]
    split = judge(9, "ann", NONE_OF_THESE), judge(9, "ben", POS)

    assert figures(judgements, CLASSES).among_reviewers.value == 1
    # Seen 4 of 5, by chance 2/5 * 1/5 + 1/5 * 1/5 + 2/5 * 3/5 = 9/25: (20 - 9) / (25 - 9).
    assert figures([*judgements, *split], CLASSES).among_reviewers.value == pytest.approx(11 / 16)


def test_calibration_as_judged_by_people() -> None:
    judgements = [
        judge(1, 1, POS, probability=0.62),
        judge(1, 2, NEG, probability=0.62),
        judge(2, 1, POS, probability=0.68),
        judge(3, 1, None, probability=0.68),
        judge(4, 1, POS, probability=1.0),
    ]

    bins = figures(judgements, CLASSES).calibration

    assert [(part.low, part.high) for part in bins] == [(0.6, 0.7), (0.9, 1.0)]
    assert bins[0].probability == pytest.approx((0.62 + 0.62 + 0.68) / 3)
    assert [counts(part.agreed) for part in bins] == [(2, 3), (1, 1)]


def test_first_labels_and_changes_of_mind() -> None:
    judgements = [
        judge(1, 1, POS, first=POS),
        judge(2, 1, POS, first=NEG),  # toward the model
        judge(3, 1, NEG, first=NEG),
        judge(4, 1, NEG, first=POS),  # away from it
        judge(5, 1, None, first=POS),
        judge(6, 1, NEU, first=None),
        judge(7, 1, POS, first=NEU),  # toward the model
    ]

    blind = figures(judgements, CLASSES).blind

    assert blind is not None
    assert counts(blind.first) == (3, 6)
    assert counts(blind.toward) == (2, 3)
    assert counts(blind.away) == (1, 3)


def test_a_session_that_is_not_blind_has_no_blind_figures() -> None:
    assert hand_made().blind is None


def test_a_session_without_verdicts_has_figures() -> None:
    found = figures([], CLASSES, ("ann",))

    assert found.verdicts == {"agree": 0, "disagree": 0, "cannot_tell": 0}
    assert found.overall == found.cases == Share(0, 0, None, None, None)
    assert (found.disputes, found.calibration, found.corrections) == ((), (), ())
    assert found.confusion == ((0, 0, 0),) * 3
    assert [group.key for group in found.by_reviewer] == ["ann"]
    assert found.among_reviewers.value is None


def test_a_session_where_nobody_can_tell_has_figures() -> None:
    found = figures([judge(case, 1, None) for case in range(3)], CLASSES)

    assert found.verdicts["cannot_tell"] == 3
    assert found.overall.share is None
    assert found.among_reviewers.reason is not None
    assert [(case.cannot_tell, case.majority) for case in found.disputes] == [(1, None)] * 3


def test_one_reviewer_has_figures() -> None:
    found = figures([judge(1, "ann", NEG), judge(2, "ann", POS)], CLASSES)

    assert counts(found.overall) == (1, 2)
    assert found.among_reviewers.value is None
    assert [item.case for item in found.corrections] == [1]


def test_figures_are_described_as_json() -> None:
    described = json.loads(json.dumps(hand_made().describe(), allow_nan=False))

    assert described["overall"] == {
        "right": 3,
        "total": 6,
        "low": pytest.approx(0.1876, abs=1e-4),
        "high": pytest.approx(0.8124, abs=1e-4),
        "share": 0.5,
    }
    assert described["by_reviewer"][3]["share"]["share"] is None
    assert described["disputes"][0]["case"] == 2


@given(sessions())
def test_the_counts_add_up(judgements: list[Judgement]) -> None:
    found = figures(judgements, CLASSES)
    told = sum(judgement.verdict != "cannot_tell" for judgement in judgements)

    assert sum(found.verdicts.values()) == len(judgements)
    for parts in (found.by_class, found.by_label, found.by_reviewer):
        assert sum(group.share.total for group in parts) == found.overall.total == told
        assert sum(group.share.right for group in parts) == found.overall.right
    for parts in (found.by_class, found.by_reviewer):
        assert sum(group.cannot_tell for group in parts) == found.verdicts["cannot_tell"]
    assert sum(map(sum, found.confusion)) == told
    assert sum(found.confusion[i][i] for i in range(3)) == found.overall.right
    assert sum(part.agreed.total for part in found.calibration) == told
    assert len(found.calibration) <= N_BINS
    untied = len({j.case for j in judgements if j.label}) - found.tied_cases
    assert found.cases.total == untied


@given(sessions(blind=True), st.randoms())
def test_the_order_of_the_judgements_changes_nothing(
    judgements: list[Judgement], random: Any
) -> None:
    shuffled = random.sample(judgements, len(judgements))

    assert figures(shuffled, CLASSES) == figures(judgements, CLASSES)


@given(sessions())
def test_other_names_of_cases_and_reviewers_change_no_figure(judgements: list[Judgement]) -> None:
    renamed = [
        replace(judgement, case=f"case {judgement.case}", reviewer=f"p-{judgement.reviewer}")
        for judgement in judgements
    ]

    found, other = figures(judgements, CLASSES), figures(renamed, CLASSES)

    assert other.overall == found.overall
    assert other.among_reviewers == found.among_reviewers
    assert other.confusion == found.confusion
    assert [case.dispute for case in other.disputes] == [case.dispute for case in found.disputes]


def test_a_large_session_is_counted_faster_than_a_board_asks() -> None:
    labels = (POS, POS, POS, NEG, NEU, None)
    judgements = [
        judge(case, reviewer, labels[(7 * case + reviewer) % 6], probability=case / 500)
        for case, reviewer in product(range(500), range(100))
    ]
    figures(judgements[:10], CLASSES)  # loads what is loaded late
    best = math.inf
    for _ in range(3):
        # The time of this thread alone: other tests may keep the machine busy.
        start = time.thread_time()
        found = figures(judgements, CLASSES, range(100)).describe()
        best = min(best, time.thread_time() - start)

    assert found["overall"]["total"] == sum(judgement.label is not None for judgement in judgements)
    assert best < 0.5
