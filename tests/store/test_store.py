"""Sessions, reviewers and reports in a database: what is stored is what comes back, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from storing import answered_of, join, new_session, open_session, put, record_of

from demo.sessions.errors import UnknownSession
from demo.sessions.model import Plan, Signature, VerdictInput
from demo.sessions.repository import Counts
from demo.store.sessions import Store, open_store

SIGNATURE = Signature("approve_with_conditions", "Mostly right.\nSee case 3.", ("Anna", "Bén <b>"))
PLAN = Plan(
    "A title <b>", "iris", "A purpose", "A question?", True, "shuffled", 3, open_floor=False
)


def test_a_session_comes_back_as_it_was_stored(store: Store) -> None:
    asked = replace(new_session(), plan=PLAN)
    made = store.sessions.add_session(asked, [])

    assert made.id > 0
    assert replace(made, id=0) == asked
    assert store.sessions.session(made.code) == made
    assert store.sessions.all_sessions() == [made]


def test_the_list_of_a_session_is_stored_with_it(store: Store) -> None:
    session = store.sessions.add_session(
        new_session(), [(record_of(2), "setosa"), (record_of(1), None)]
    )
    cases = store.verdicts.cases(session)

    assert [(case.position, case.record, case.true_label, case.added_by) for case in cases] == [
        (0, record_of(2), "setosa", None),
        (1, record_of(1), None, None),
    ]


def test_a_list_may_hold_the_same_input_twice(store: Store) -> None:
    session = store.sessions.add_session(new_session(), [(record_of(1), None)] * 2)

    assert len(store.verdicts.cases(session)) == 2


def test_five_thousand_cases_are_stored_in_one_go(store: Store) -> None:
    session = open_session(store, 5_000)

    assert [case.position for case in store.verdicts.cases(session)] == list(range(5_000))
    assert store.sessions.counts(session).n_cases == 5_000


def test_a_session_is_found_however_its_code_is_typed(store: Store) -> None:
    session = open_session(store)

    assert store.sessions.session(f" {session.code.replace('-', '').upper()} ") == session


@pytest.mark.parametrize(
    "code",
    ["", "abc", "2222-2222-2222-2222", "x" * 100_000, "a\x00b", "\ud800", "é", "' or 1=1 --"],
)
def test_a_code_that_nobody_gave_out_is_unknown(store: Store, code: str) -> None:
    open_session(store)
    with pytest.raises(UnknownSession) as caught:
        store.sessions.session(code)
    with pytest.raises(UnknownSession):
        store.sessions.participant(code, "")

    assert caught.value.message.startswith("No review session has the code ")
    assert len(caught.value.message) < 200


def test_sessions_are_listed_with_the_newest_first(store: Store) -> None:
    made = [open_session(store) for _ in range(3)]

    assert [session.id for session in store.sessions.all_sessions()] == [
        session.id for session in made[::-1]
    ]


def test_a_session_of_the_same_code_is_made_once(store: Store) -> None:
    asked, barrier = (
        replace(new_session(), code="open-feedback-iris", standing=True),
        Barrier(8, timeout=10),
    )

    def add(_: int) -> int:
        barrier.wait()
        return store.sessions.add_session(asked, []).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(add, range(8)))) == 1

    assert len(store.sessions.all_sessions()) == 1


def test_a_session_that_cannot_be_stored_whole_is_not_stored_at_all(store: Store) -> None:
    cases = [(record_of(1), None), (record_of(2), object())]
    with pytest.raises(DBAPIError):
        store.sessions.add_session(new_session(), cases)  # type: ignore[arg-type]

    assert store.sessions.all_sessions() == []


def test_another_facilitator_takes_the_place_of_the_one_before(store: Store) -> None:
    session, other = open_session(store), open_session(store)
    store.sessions.change_facilitator(session, "ef" * 32)

    assert store.sessions.session(session.code) == replace(session, facilitator_hash="ef" * 32)
    assert store.sessions.session(other.code) == other


def test_counts_are_of_one_session(store: Store) -> None:
    session, other = open_session(store), open_session(store, 5)
    assert store.sessions.counts(session) == Counts(3, 0, 0, None)

    anna = join(store, session)
    join(store, session, "Ben")
    rows = [
        put(store, session, anna, case, VerdictInput("agree"))
        for case in store.verdicts.cases(session)[:2]
    ]

    assert store.sessions.counts(session) == Counts(3, 2, 2, max(row.changed_at for row in rows))
    assert store.sessions.counts(other) == Counts(5, 0, 0, None)


def test_a_first_label_alone_is_not_counted(store: Store) -> None:
    session = open_session(store, blind=True)
    row = put(
        store,
        session,
        join(store, session),
        store.verdicts.cases(session)[0],
        VerdictInput(blind_label="setosa"),
    )

    assert store.sessions.counts(session) == Counts(3, 1, 0, row.changed_at)


def test_the_first_report_is_kept_for_good(store: Store) -> None:
    session, other = open_session(store), open_session(store)

    assert store.sessions.report(session, "html") is None
    assert store.sessions.keep_report(session, "html", "<p>Öne 👍</p>") == "<p>Öne 👍</p>"
    assert store.sessions.keep_report(session, "html", "<p>Two</p>") == "<p>Öne 👍</p>"
    assert store.sessions.keep_report(session, "json", "{}") == "{}"
    assert store.sessions.report(session, "html") == "<p>Öne 👍</p>"
    assert store.sessions.report(other, "html") is None


def test_of_reports_that_are_kept_at_once_all_are_told_the_same(store: Store) -> None:
    session, barrier = open_session(store), Barrier(6, timeout=10)

    def keep(number: int) -> str:
        barrier.wait()
        return store.sessions.keep_report(session, "html", f"report {number}")

    with ThreadPoolExecutor(6) as threads:
        kept = set(threads.map(keep, range(6)))

    assert kept == {store.sessions.report(session, "html")}


def test_all_of_it_survives_a_restart(store: Store, database_url: str) -> None:
    session = open_session(store)
    anna = join(store, session)
    row = put(
        store,
        session,
        anna,
        store.verdicts.cases(session)[0],
        VerdictInput("disagree", "virginica"),
    )
    cases = store.verdicts.cases(session)
    store.close()
    again = open_store(database_url, "wal")

    assert again.sessions.session(session.code) == session
    assert again.verdicts.cases(session) == cases
    assert again.sessions.reviewers(session) == [anna]
    assert again.verdicts.verdicts(session) == [row]
    again.close()


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=texts, comment=texts, record=st.text(max_size=50))
def test_any_text_comes_back_as_it_was(store: Store, title: str, comment: str, record: str) -> None:
    session = store.sessions.add_session(new_session(title=title), [({"text": record}, None)])
    (case,) = store.verdicts.cases(session)
    anna = join(store, session)
    put(store, session, anna, case, VerdictInput("agree", comment=comment), answered_of(case))
    (row,) = store.verdicts.verdicts(session)

    assert store.sessions.session(session.code).plan.title == title
    assert case.record == row.answered.record == {"text": record}
    assert row.verdict_input.comment == comment.strip()
