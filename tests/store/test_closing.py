"""Closing a session: once, for good, and with everything in that was answered before."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event

import pytest
from storing import join, open_session, put, record_of

from demo.sessions.errors import SessionClosed
from demo.sessions.model import Reviewer, Signature, Verdict, VerdictInput
from demo.sessions.repository import Counts
from demo.store.sessions import Store

SIGNATURE = Signature("approve_with_conditions", "Mostly right.\nSee case 3.", ("Anna", "Bén <b>"))


def test_a_closed_session_holds_its_signature(store: Store) -> None:
    session = open_session(store)
    closed = store.sessions.close_session(session, SIGNATURE)

    assert closed.signature == SIGNATURE
    assert closed.closed_at
    assert closed.closed_at >= session.created_at
    assert store.sessions.session(session.code) == closed
    assert replace(closed, closed_at=None, signature=None) == session


def test_a_closed_session_takes_nothing_any_more(store: Store) -> None:
    session = open_session(store)
    anna, (case, *_) = join(store, session), store.verdicts.cases(session)
    put(store, session, anna, case, VerdictInput("agree"))
    before = store.verdicts.verdicts(session)
    store.sessions.close_session(session, SIGNATURE)

    for attempt in (
        lambda: put(store, session, anna, case, VerdictInput("agree")),
        lambda: put(store, session, anna, case, VerdictInput("cannot_tell")),
        lambda: store.verdicts.add_case(session, anna, record_of(9)),
        lambda: join(store, session, "Ben"),
        lambda: store.sessions.add_reviewer(session, "Anna", "a" * 64),
    ):
        with pytest.raises(SessionClosed, match="it takes no verdicts any more"):
            attempt()
    assert store.verdicts.verdicts(session) == before
    assert store.sessions.counts(session) == Counts(3, 1, 1, before[0].changed_at)


def test_a_session_is_closed_once(store: Store) -> None:
    session, barrier = open_session(store), Barrier(6, timeout=10)

    def close(number: int) -> str | None:
        barrier.wait()
        try:
            return store.sessions.close_session(
                session, replace(SIGNATURE, reasons=f"{number}")
            ).closed_at
        except SessionClosed:
            return None

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(close, range(6)))

    assert len([at for at in made if at]) == 1
    signature = store.sessions.session(session.code).signature
    assert signature
    assert made[int(signature.reasons)]


def test_other_sessions_go_on(store: Store) -> None:
    closed, open_one = open_session(store), open_session(store)
    store.sessions.close_session(closed, SIGNATURE)

    assert join(store, open_one).name == "Anna"
    assert store.sessions.session(open_one.code).closed_at is None


def test_a_verdict_that_races_with_closing_is_in_before_it_or_refused(store: Store) -> None:
    # More cases than anybody judges before the closing comes through.
    session = open_session(store, 400)
    reviewers = [join(store, session, f"Reviewer {number}") for number in range(4)]
    cases, answered, begun = store.verdicts.cases(session), list[Verdict](), Event()

    def judge(reviewer: Reviewer) -> bool:
        for case in cases:
            try:
                answered.append(put(store, session, reviewer, case, VerdictInput("agree")))
            except SessionClosed:
                return True
            if len(answered) > 10:
                begun.set()
        return False

    with ThreadPoolExecutor(4) as threads:
        tasks = [threads.submit(judge, reviewer) for reviewer in reviewers]
        begun.wait(10)
        closed = store.sessions.close_session(session, SIGNATURE)
        stored = store.verdicts.verdicts(session)
        refused = [task.result() for task in tasks]

    assert all(refused)
    assert {row.id for row in stored} == {row.id for row in answered}
    assert store.verdicts.verdicts(session) == stored
    assert closed.closed_at
    assert max(row.changed_at for row in stored) <= closed.closed_at


def test_who_closes_does_not_wait_for_ever_while_others_judge(store: Store) -> None:
    session = open_session(store, 1)
    (case,) = store.verdicts.cases(session)
    reviewers = [join(store, session, f"Reviewer {number}") for number in range(8)]

    def judge(reviewer: Reviewer) -> int:
        number = 0
        while True:
            try:
                put(store, session, reviewer, case, VerdictInput("agree", comment=f"{number}"))
            except SessionClosed:
                return number
            number += 1

    with ThreadPoolExecutor(8) as threads:
        tasks = [threads.submit(judge, reviewer) for reviewer in reviewers]
        store.sessions.close_session(session, SIGNATURE)
        for task in tasks:
            task.result()

    assert store.sessions.session(session.code).closed_at
