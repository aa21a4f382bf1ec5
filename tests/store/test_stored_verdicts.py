"""Verdicts in a database: one row for what somebody says of a case, however often it is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from storing import answered_of, drafts_of, join, open_session, put

from demo.sessions.errors import InvalidVerdict
from demo.sessions.model import Case, Reviewer, Session, Verdict, VerdictInput
from demo.store.sessions import Store


@pytest.fixture
def session(store: Store) -> Session:
    return open_session(store)


@pytest.fixture
def anna(store: Store, session: Session) -> Reviewer:
    return join(store, session)


@pytest.fixture
def case(store: Store, session: Session) -> Case:
    return store.verdicts.cases(session)[0]


def test_a_verdict_comes_back_as_it_was_stored(
    store: Store, session: Session, anna: Reviewer, case: Case
) -> None:
    verdict_input, answered = (
        VerdictInput("disagree", "virginica", comment="<b>No</b>\nö"),
        answered_of(case),
    )
    row = put(store, session, anna, case, verdict_input, answered)

    assert (row.case_id, row.reviewer_id) == (case.id, anna.id)
    assert row.verdict_input == verdict_input
    assert row.answered == answered
    assert row.created_at == row.changed_at
    assert store.verdicts.verdicts(session) == [row]
    assert store.verdicts.verdict(anna, case) == row


def test_a_verdict_sent_again_changes_nothing(
    store: Store, session: Session, anna: Reviewer, case: Case
) -> None:
    first = put(store, session, anna, case, VerdictInput("agree", comment="Yes"))
    slower = replace(answered_of(case), latency_ms=99.0)
    again = [
        put(store, session, anna, case, VerdictInput("agree", comment="Yes"), slower) for _ in "123"
    ]

    assert [(row.id, row) for row in again] == [(first.id, first)] * 3
    assert store.verdicts.verdicts(session) == [first]


def test_another_verdict_takes_the_place_of_the_one_before(
    store: Store, session: Session, anna: Reviewer, case: Case
) -> None:
    first = put(store, session, anna, case, VerdictInput("agree", comment="Yes"))
    changed = put(store, session, anna, case, VerdictInput("cannot_tell"))

    assert store.verdicts.verdicts(session) == [changed]
    assert changed.verdict_input == VerdictInput("cannot_tell")
    assert (changed.id, changed.created_at) == (first.id, first.created_at)
    assert changed.changed_at >= first.changed_at


@pytest.mark.parametrize("predicted", ["setosa", "virginica"])
def test_a_verdict_on_another_version_of_the_model_is_about_its_answer(
    store: Store, session: Session, anna: Reviewer, case: Case, predicted: str
) -> None:
    put(store, session, anna, case, VerdictInput("agree"))
    newer = answered_of(case, predicted, "cd" * 32)
    row = put(store, session, anna, case, VerdictInput("agree"), newer)

    assert row.verdict_input.label == predicted
    assert row.answered == newer
    assert store.verdicts.verdicts(session) == [row]


def test_a_verdict_that_is_refused_leaves_what_was_there(
    store: Store, session: Session, anna: Reviewer, case: Case
) -> None:
    first = put(store, session, anna, case, VerdictInput("agree"))
    with pytest.raises(InvalidVerdict):
        put(store, session, anna, case, VerdictInput("disagree"))

    assert store.verdicts.verdicts(session) == [first]


def test_in_a_blind_session_the_first_label_is_kept(store: Store) -> None:
    session = open_session(store, blind=True)
    anna, case = join(store, session), store.verdicts.cases(session)[0]
    put(store, session, anna, case, VerdictInput(blind_label="virginica"))
    put(store, session, anna, case, VerdictInput("agree"))
    put(store, session, anna, case, VerdictInput(blind_label="virginica", comment="late"))

    assert drafts_of(store.verdicts.verdicts(session)) == [
        VerdictInput("agree", "setosa", "virginica")
    ]


def test_twenty_threads_that_send_the_same_make_one_row(store: Store) -> None:
    session, barrier = open_session(store, 10), Barrier(20, timeout=10)
    anna, cases = join(store, session), store.verdicts.cases(session)

    def send(_: int) -> list[Verdict]:
        made = []
        for case in cases:
            barrier.wait()
            made.append(put(store, session, anna, case, VerdictInput("agree", comment="Yes")))
        return made

    with ThreadPoolExecutor(20) as threads:
        made = list(threads.map(send, range(20)))

    rows = store.verdicts.verdicts(session)
    assert [row.case_id for row in rows] == [case.id for case in cases]
    assert made == [rows] * 20
    assert [[row.id for row in mine] for mine in made] == [[row.id for row in rows]] * 20


def test_of_verdicts_that_are_sent_at_once_the_stored_one_is_whole(
    store: Store, session: Session, anna: Reviewer, case: Case
) -> None:
    barrier = Barrier(12, timeout=10)
    drafts = [
        VerdictInput("agree"),
        VerdictInput("disagree", "virginica"),
        VerdictInput("cannot_tell"),
    ] * 4

    def send(verdict_input: VerdictInput) -> Verdict:
        barrier.wait()
        return put(store, session, anna, case, verdict_input)

    with ThreadPoolExecutor(12) as threads:
        made = list(threads.map(send, drafts))

    (row,) = store.verdicts.verdicts(session)
    assert row in made
    assert {answer.verdict_input.label for answer in made} == {"setosa", "virginica", None}


def test_a_first_label_that_comes_late_does_not_undo_a_verdict_of_the_same_moment(
    store: Store,
) -> None:
    session = open_session(store, 30, blind=True)
    anna = join(store, session)
    for case in store.verdicts.cases(session):
        put(store, session, anna, case, VerdictInput(blind_label="setosa"))

    def send(task: tuple[Case, VerdictInput]) -> Verdict:
        return put(store, session, anna, task[0], task[1])

    drafts = VerdictInput("agree"), VerdictInput(blind_label="setosa", comment="late")
    tasks = [
        (case, verdict_input) for case in store.verdicts.cases(session) for verdict_input in drafts
    ]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(send, tasks))

    assert {
        verdict_input.verdict for verdict_input in drafts_of(store.verdicts.verdicts(session))
    } == {"agree"}


def test_verdicts_come_by_case_and_then_as_they_came(store: Store, session: Session) -> None:
    anna, ben = join(store, session, "Anna"), join(store, session, "Ben")
    first, second, _ = store.verdicts.cases(session)
    for reviewer, case in ((ben, second), (ben, first), (anna, first), (anna, second)):
        put(store, session, reviewer, case, VerdictInput("agree"))

    assert [(row.case_id, row.reviewer_id) for row in store.verdicts.verdicts(session)] == [
        (first.id, ben.id),
        (first.id, anna.id),
        (second.id, ben.id),
        (second.id, anna.id),
    ]
