"""How much strangers may add: so many and no more, also when they come at once and after a restart."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from refusing import refused
from reviewing import bearer, checked, service_of
from reviewing import open_session as open_by_rest
from sqlalchemy import Table, update
from storing import join, new_session, open_session, record_of
from typer.testing import CliRunner

from demo.__main__ import app as command_line
from demo.sessions.codes import standing_code
from demo.sessions.errors import SessionFull, TooManyNow
from demo.sessions.model import Session
from demo.settings import Settings
from demo.store.database import open_database
from demo.store.limits import advice, limits_of
from demo.store.sessions import Store
from demo.store.tables import cases, reviewers, sessions
from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

MANY = 12
Asking = Callable[..., AbstractContextManager["TestClient"]]


def limit(store: Store, **limits: int) -> Store:
    """Return a store on the same database with these limits, and else those of the settings."""
    return Store(store.database, replace(limits_of(Settings()), **limits))


def standing(store: Store) -> Session:
    return store.sessions.add_session(replace(new_session(anonymous=True), standing=True), ())


def at_once(work: Callable[[int], object], n_threads: int = MANY) -> list[object]:
    """Return what came of work in threads that begin together: results, and errors that were raised."""
    barrier = Barrier(n_threads, timeout=10)

    def begin(number: int) -> object:
        barrier.wait()
        try:
            return work(number)
        except (SessionFull, TooManyNow) as error:
            return error

    with ThreadPoolExecutor(n_threads) as threads:
        return list(threads.map(begin, range(n_threads)))


def age(store: Store, table: Table, column: str, by_s: float) -> None:
    """Make all rows of a table older."""
    then = datetime.now(UTC) - timedelta(seconds=by_s)
    values = {column: then.isoformat(timespec="milliseconds")}
    store.database.run_unit(lambda connection: connection.execute(update(table).values(values)))


def test_so_many_sessions_are_opened_within_an_hour_and_no_more(store: Store) -> None:
    limited = limit(store, max_sessions_per_hour=5)
    came = at_once(lambda _: open_session(limited, 1))

    assert sum(isinstance(one, Session) for one in came) == 5
    assert len(store.sessions.all_sessions()) == 5
    error = next(one for one in came if isinstance(one, TooManyNow))
    assert error.message == (
        "5 sessions were opened within an hour, and no more may be; try again in 60 minutes, or ask "
        "whoever runs the app for a higher SECOND_OPINION_MAX_SESSIONS_PER_HOUR."
    )
    assert 3_500 < error.wait_s <= 3_600


def test_after_an_hour_sessions_are_opened_again(store: Store) -> None:
    limited = limit(store, max_sessions_per_hour=2)
    for _ in range(2):
        open_session(limited)
    age(store, sessions, "created_at", 3_590)
    with pytest.raises(TooManyNow) as caught:
        open_session(limited)

    assert 0 < caught.value.wait_s <= 10
    age(store, sessions, "created_at", 3_601)
    open_session(limited)


def test_open_feedback_does_not_count_as_a_session_that_was_opened(store: Store) -> None:
    limited = limit(store, max_sessions_per_hour=1)
    for _ in range(3):
        standing(limited)

    open_session(limited)
    standing(limited)


def test_so_many_reviewers_join_a_session_and_no_more(store: Store) -> None:
    limited = limit(store, max_reviewers=5)
    session, other = open_session(limited), open_session(limited)
    came = at_once(lambda number: join(limited, session, f"Anna {number}"))

    assert len(store.sessions.reviewers(session)) == 5
    errors = [one for one in came if isinstance(one, SessionFull)]
    assert len(errors) == MANY - 5
    assert errors[0].message == (
        "This session has 5 reviewers and takes no more; ask its facilitator to open another."
    )
    join(limited, other)


def test_so_many_join_within_an_hour_and_no_more(store: Store) -> None:
    limited = limit(store, max_joins_per_hour=5)
    for session in (open_session(limited), standing(limited)):
        came = at_once(lambda number, session=session: join(limited, session, f"Anna {number}"))  # type: ignore[misc]

        assert len(store.sessions.reviewers(session)) == 5
        assert sum(isinstance(one, TooManyNow) for one in came) == MANY - 5
        age(store, reviewers, "joined_at", 3_601)
        join(limited, session, "Zoe")


def test_open_feedback_is_never_full(store: Store) -> None:
    limited = limit(store, max_reviewers=2, max_inputs=3, max_reviewer_inputs=3)
    session = standing(limited)
    anna, *_ = [join(limited, session, "") for _ in range(4)]
    for number in range(3):
        limited.verdicts.add_case(session, anna, record_of(number))
    with pytest.raises(TooManyNow, match=r"You have added 3 inputs within an hour, .* in 60 min"):
        limited.verdicts.add_case(session, anna, record_of(3))

    age(store, cases, "created_at", 3_601)
    limited.verdicts.add_case(session, anna, record_of(3))


def test_who_is_signed_in_comes_back_to_a_session_that_is_full(store: Store) -> None:
    limited = limit(store, max_reviewers=1, max_joins_per_hour=1)
    session = open_session(limited)
    first = limited.sessions.add_reviewer(session, "Anna", "a" * 64, account="anna")

    assert limited.sessions.add_reviewer(session, "Anna", "b" * 64, account="anna") == first


def test_so_many_inputs_are_added_and_no_more(store: Store) -> None:
    limited = limit(store, max_inputs=7, max_reviewer_inputs=5)
    session = open_session(limited, 3)
    anna, ben = join(limited, session, "Anna"), join(limited, session, "Ben")
    came = at_once(lambda number: limited.verdicts.add_case(session, anna, record_of(100 + number)))
    errors = [one.message for one in came if isinstance(one, SessionFull)]
    assert set(errors) == {
        "You have added 5 inputs to this session, and it takes no more; judge the cases that are there."
    }
    assert len(store.verdicts.cases(session)) == 3 + 5

    came = at_once(lambda number: limited.verdicts.add_case(session, ben, record_of(200 + number)))
    errors = [one.message for one in came if isinstance(one, SessionFull)]
    assert errors[0].startswith("Reviewers have added 7 inputs to this session")
    assert len(store.verdicts.cases(session)) == 3 + 7


def test_the_same_input_again_is_no_other_one(store: Store) -> None:
    limited = limit(store, max_reviewer_inputs=1)
    session = open_session(limited)
    anna = join(limited, session)
    case = limited.verdicts.add_case(session, anna, record_of(100))

    assert limited.verdicts.add_case(session, anna, record_of(100)) == case


def test_what_counts_is_in_the_database(store: Store, database_url: str) -> None:
    limited = limit(store, max_sessions_per_hour=1)
    open_session(limited)
    elsewhere = Store(open_database(database_url), limited.sessions.limits)
    with pytest.raises(TooManyNow):
        open_session(elsewhere)
    elsewhere.close()


def test_a_class_of_200_joins_within_minutes(store: Store) -> None:
    limited = limit(store)
    session = open_session(limited)
    for number in range(200):
        join(limited, session, f"Anna {number}")

    assert len(store.sessions.reviewers(session)) == 200


def test_who_comes_too_late_is_told_by_rest_and_when_to_come_again(
    asking: Asking, catalogue: ModelCatalogue
) -> None:
    asked, feedback = {"title": "A title", "model": "iris"}, f"/{standing_code('reviews')}"
    with asking(
        catalogue, max_sessions_per_hour=1, max_reviewers=1, max_reviewer_inputs=1
    ) as client:
        session = open_by_rest(client)
        error = refused(client, 429, "post", "", asked)
        wait = client.post("/api/sessions", json=asked).headers["Retry-After"]
        errors = []
        for place, status in ((f"/{session.code}", 409), (feedback, 429)):
            answer = client.post(f"/api/sessions{place}/reviewers", json={"name": "Anna"})
            token, path = checked(answer, 201)["reviewer_token"], f"{place}/cases"
            first, second = ({"record": {"text": text}} for text in ("One.", "Two."))
            checked(client.post(f"/api/sessions{path}", json=first, headers=bearer(token)), 201)
            errors.append(refused(client, status, "post", path, second, token)["code"])
        errors.append(
            refused(client, 409, "post", f"/{session.code}/reviewers", {"name": "B"})["code"]
        )
        n_sessions = sum(
            not session.standing for session in service_of(client).store.sessions.all_sessions()
        )

    assert (error["code"], error["field"]) == ("too_many_now", None)
    assert 3_000 < int(wait) <= 3_600
    assert errors == ["session_full", "too_many_now", "session_full"]
    assert n_sessions == 1


def test_the_command_line_of_whoever_runs_the_app_is_not_limited(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('limits')}/reviews.db"
    monkeypatch.setenv("SECOND_OPINION_DATABASE_URL", url)
    monkeypatch.setenv("SECOND_OPINION_MAX_SESSIONS_PER_HOUR", "1")
    for _ in range(3):
        ended = CliRunner().invoke(command_line, ["sessions", "new", "iris", "--title", "A title"])
        assert ended.exit_code == 0, ended.output


@pytest.mark.parametrize(
    ("wait_s", "said"), [(1, "in 1 minute"), (60, "in 1 minute"), (61, "in 2 minutes")]
)
def test_when_to_come_again_is_said_in_minutes(wait_s: int, said: str) -> None:
    assert advice(wait_s) == f"try again {said}"
