"""A server that is frozen, not gone: everybody is told in time, and nothing is lost or doubled once it goes on."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import psycopg
import pytest
from databases import POSTGRES, new_name
from loading import open_code, wait_until
from running import Running
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from storing import add_code, codes_in, join, open_session, put

from benchmarks.cluster import Cluster
from demo.sessions.errors import StoreUnavailable
from demo.sessions.model import Session, VerdictInput
from demo.store.database import Database
from demo.store.patience import Outage
from demo.store.patient_connection import Silent
from demo.store.sessions import Store, open_store

# Five seconds are promised; two noisy cores may add to them.
TOLD_S = 5.5
N_WRITERS = 30


def processes_of(cluster: Cluster) -> list[int]:
    """Return the server and all its children, those that serve a connection among them."""
    first = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
            )
        except OSError:
            continue
    return [first, *(child for child, parent in parents.items() if parent == first)]


@contextmanager
def frozen(cluster: Cluster) -> Iterator[None]:
    """Stop every process of a server for a while, as a machine does that is paused."""
    stopped = processes_of(cluster)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)


def told_in_s(work: Callable[[], object]) -> float:
    """Return how long it took until it was said that the database does not answer."""
    start = time.monotonic()
    with pytest.raises(StoreUnavailable, match="send it again in a moment"):
        work()
    return time.monotonic() - start


def works_again(store: Store, session: Session) -> bool:
    try:
        return bool(store.sessions.reviewers(session))
    except StoreUnavailable:
        return False


def test_thirty_writers_are_told_in_time_and_go_on_where_they_were(
    mortal_postgres: Cluster,
) -> None:
    store = open_store(mortal_postgres.make_database(new_name()), "wal")
    session = open_session(store, 1)
    (case,) = store.verdicts.cases(session)
    writers = [join(store, session, f"Reviewer {number}") for number in range(N_WRITERS)]

    with ThreadPoolExecutor(N_WRITERS) as threads:

        def say(number: int) -> None:
            put(store, session, writers[number], case, VerdictInput("agree", comment=str(number)))

        def change(number: int) -> float:
            verdict_input = VerdictInput("cannot_tell")
            return told_in_s(lambda: put(store, session, writers[number], case, verdict_input))

        # Now all connections are open.
        list(threads.map(say, range(N_WRITERS)))
        with frozen(mortal_postgres):
            came_in_s = list(threads.map(change, range(N_WRITERS)))
            later_in_s = [change(0) for _ in range(3)]

        wait_until(lambda: works_again(store, session))
        list(threads.map(say, range(N_WRITERS)))

    assert max(came_in_s) < TOLD_S
    # After the first who waited the others need not.
    assert min(later_in_s) < 0.5
    said = {row.reviewer_id: row.verdict_input for row in store.verdicts.verdicts(session)}
    assert len(store.verdicts.verdicts(session)) == N_WRITERS
    for number, writer in enumerate(writers):
        assert (said[writer.id].verdict, said[writer.id].comment) == ("agree", str(number))
    assert len(store.sessions.reviewers(session)) == N_WRITERS
    store.close()


def test_requests_are_answered_in_time_with_when_to_come_again(
    postgres_server: Running, mortal_postgres: Cluster
) -> None:
    running = postgres_server
    place = f"{running.url}/api/sessions/{open_code(running, 1)}/reviewers"
    # One client for all: to make thirty takes seconds.
    with (
        httpx.Client(timeout=60, trust_env=False) as client,
        ThreadPoolExecutor(N_WRITERS) as threads,
    ):

        def enter(number: int) -> tuple[int, str, float]:
            start = time.monotonic()
            answer = client.post(place, json={"name": f"Reviewer {number}"})
            wait = answer.headers.get("retry-after", "")
            return answer.status_code, wait, time.monotonic() - start

        list(threads.map(enter, range(N_WRITERS)))
        with frozen(mortal_postgres):
            answers = list(threads.map(enter, range(N_WRITERS)))
        wait_until(lambda: enter(0)[0] == 201)

    assert {(status, wait) for status, wait, _ in answers} == {(503, "1")}
    assert max(seconds for *_, seconds in answers) < TOLD_S
    assert "Traceback" not in running.stderr()


def test_a_server_that_freezes_while_it_commits_has_done_it_once_or_not_at_all(
    mortal_postgres: Cluster,
) -> None:
    store = open_store(mortal_postgres.make_database(new_name()), "wal")
    session = open_session(store, 1)
    (case,), anna = store.verdicts.cases(session), join(store, session)
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        add_code(connection)
        freezing.__enter__()

    freezing = frozen(mortal_postgres)
    try:
        assert told_in_s(lambda: store.database.run_unit(work)) < TOLD_S
        assert told_in_s(lambda: put(store, session, anna, case, VerdictInput("agree"))) < 0.5
    finally:
        freezing.__exit__(None, None, None)
    wait_until(lambda: works_again(store, session))

    assert tries == [1]
    assert store.database.read(codes_in).count("2222") <= 1
    for _ in range(2):
        put(store, session, anna, case, VerdictInput("agree"))
    assert [row.verdict_input.verdict for row in store.verdicts.verdicts(session)] == ["agree"]
    store.close()


@POSTGRES
def test_a_statement_that_takes_too_long_ends_with_its_connection(database: Database) -> None:
    database.run_unit(add_code)

    def sleep(connection: Connection) -> None:
        connection.execute(text("select pg_sleep(60)"))

    with pytest.raises(StoreUnavailable):
        database.run_unit(sleep, within_s=0)
    with pytest.raises(StoreUnavailable):
        database.read(codes_in)
    wait_until(lambda: not database.outage.is_on())

    assert database.read(codes_in) == ["2222"]


def silent() -> OperationalError:
    return OperationalError("select 1", {}, Silent("no answer"))


def test_after_a_silence_one_asks_again_and_the_others_are_told_at_once() -> None:
    outage, asked, answered = Outage(0.0), Event(), Event()

    def ask_again() -> None:
        with outage.watch():
            asked.set()
            answered.wait(10)

    with pytest.raises(OperationalError), outage.watch():
        raise silent()
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(ask_again)
        asked.wait(10)
        assert outage.is_on()
        with pytest.raises(TimeoutError), outage.watch():
            pass
        answered.set()
        asking.result()

    assert not outage.is_on()


@pytest.mark.parametrize("error", [LookupError(), OperationalError("", {}, psycopg.Error())])
def test_any_other_error_than_silence_is_an_answer(error: Exception) -> None:
    outage = Outage(0.0)
    with pytest.raises(OperationalError), outage.watch():
        raise silent()
    with pytest.raises(type(error)), outage.watch():
        raise error

    assert outage.ends_at is None
    with outage.watch(), outage.watch():
        assert not outage.is_on()


def test_for_a_while_after_a_silence_nobody_asks() -> None:
    outage = Outage(60.0)
    with pytest.raises(OperationalError), outage.watch():
        raise silent()

    with pytest.raises(TimeoutError), outage.watch():
        pass
