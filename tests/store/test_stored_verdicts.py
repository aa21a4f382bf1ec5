"""Verdicts in a database: one row for what somebody says of a case, however often it is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from storing import answered_of, drafts_of, join, open_session, put

from demo.sessions.errors import InvalidVerdict
from demo.sessions.model import Case, Draft, Review, Reviewer, Verdict
from demo.store.sessions import Store


@pytest.fixture
def review(store: Store) -> Review:
    return open_session(store)


@pytest.fixture
def anna(store: Store, review: Review) -> Reviewer:
    return join(store, review)


@pytest.fixture
def case(store: Store, review: Review) -> Case:
    return store.cases(review)[0]


def test_a_verdict_comes_back_as_it_was_stored(
    store: Store, review: Review, anna: Reviewer, case: Case
) -> None:
    draft, answered = Draft("disagree", "virginica", comment="<b>No</b>\nö"), answered_of(case)
    row = put(store, review, anna, case, draft, answered)

    assert (row.case_id, row.reviewer_id) == (case.id, anna.id)
    assert row.draft == draft
    assert row.answered == answered
    assert row.created_at == row.changed_at
    assert store.verdicts(review) == [row]
    assert store.verdict(anna, case) == row


def test_a_verdict_sent_again_changes_nothing(
    store: Store, review: Review, anna: Reviewer, case: Case
) -> None:
    first = put(store, review, anna, case, Draft("agree", comment="Yes"))
    slower = replace(answered_of(case), latency_ms=99.0)
    again = [put(store, review, anna, case, Draft("agree", comment="Yes"), slower) for _ in "123"]

    assert [(row.id, row) for row in again] == [(first.id, first)] * 3
    assert store.verdicts(review) == [first]


def test_another_verdict_takes_the_place_of_the_one_before(
    store: Store, review: Review, anna: Reviewer, case: Case
) -> None:
    first = put(store, review, anna, case, Draft("agree", comment="Yes"))
    changed = put(store, review, anna, case, Draft("cannot_tell"))

    assert store.verdicts(review) == [changed]
    assert changed.draft == Draft("cannot_tell")
    assert (changed.id, changed.created_at) == (first.id, first.created_at)
    assert changed.changed_at >= first.changed_at


@pytest.mark.parametrize("predicted", ["setosa", "virginica"])
def test_a_verdict_on_another_version_of_the_model_is_about_its_answer(
    store: Store, review: Review, anna: Reviewer, case: Case, predicted: str
) -> None:
    put(store, review, anna, case, Draft("agree"))
    newer = answered_of(case, predicted, "cd" * 32)
    row = put(store, review, anna, case, Draft("agree"), newer)

    assert row.draft.label == predicted
    assert row.answered == newer
    assert store.verdicts(review) == [row]


def test_a_verdict_that_is_refused_leaves_what_was_there(
    store: Store, review: Review, anna: Reviewer, case: Case
) -> None:
    first = put(store, review, anna, case, Draft("agree"))
    with pytest.raises(InvalidVerdict):
        put(store, review, anna, case, Draft("disagree"))

    assert store.verdicts(review) == [first]


def test_in_a_blind_session_the_first_label_is_kept(store: Store) -> None:
    review = open_session(store, blind=True)
    anna, case = join(store, review), store.cases(review)[0]
    put(store, review, anna, case, Draft(blind_label="virginica"))
    put(store, review, anna, case, Draft("agree"))
    put(store, review, anna, case, Draft(blind_label="virginica", comment="late"))

    assert drafts_of(store.verdicts(review)) == [Draft("agree", "setosa", "virginica")]


def test_twenty_threads_that_send_the_same_make_one_row(store: Store) -> None:
    review, barrier = open_session(store, 10), Barrier(20, timeout=10)
    anna, cases = join(store, review), store.cases(review)

    def send(_: int) -> list[Verdict]:
        made = []
        for case in cases:
            barrier.wait()
            made.append(put(store, review, anna, case, Draft("agree", comment="Yes")))
        return made

    with ThreadPoolExecutor(20) as threads:
        made = list(threads.map(send, range(20)))

    rows = store.verdicts(review)
    assert [row.case_id for row in rows] == [case.id for case in cases]
    assert made == [rows] * 20
    assert [[row.id for row in mine] for mine in made] == [[row.id for row in rows]] * 20


def test_of_verdicts_that_are_sent_at_once_the_stored_one_is_whole(
    store: Store, review: Review, anna: Reviewer, case: Case
) -> None:
    barrier = Barrier(12, timeout=10)
    drafts = [Draft("agree"), Draft("disagree", "virginica"), Draft("cannot_tell")] * 4

    def send(draft: Draft) -> Verdict:
        barrier.wait()
        return put(store, review, anna, case, draft)

    with ThreadPoolExecutor(12) as threads:
        made = list(threads.map(send, drafts))

    (row,) = store.verdicts(review)
    assert row in made
    assert {answer.draft.label for answer in made} == {"setosa", "virginica", None}


def test_a_first_label_that_comes_late_does_not_undo_a_verdict_of_the_same_moment(
    store: Store,
) -> None:
    review = open_session(store, 30, blind=True)
    anna = join(store, review)
    for case in store.cases(review):
        put(store, review, anna, case, Draft(blind_label="setosa"))

    def send(task: tuple[Case, Draft]) -> Verdict:
        return put(store, review, anna, task[0], task[1])

    drafts = Draft("agree"), Draft(blind_label="setosa", comment="late")
    tasks = [(case, draft) for case in store.cases(review) for draft in drafts]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(send, tasks))

    assert {draft.verdict for draft in drafts_of(store.verdicts(review))} == {"agree"}


def test_verdicts_come_by_case_and_then_as_they_came(store: Store, review: Review) -> None:
    anna, ben = join(store, review, "Anna"), join(store, review, "Ben")
    first, second, _ = store.cases(review)
    for reviewer, case in ((ben, second), (ben, first), (anna, first), (anna, second)):
        put(store, review, reviewer, case, Draft("agree"))

    assert [(row.case_id, row.reviewer_id) for row in store.verdicts(review)] == [
        (first.id, ben.id),
        (first.id, anna.id),
        (second.id, ben.id),
        (second.id, anna.id),
    ]
