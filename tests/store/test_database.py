"""What holds in a database of either kind: nothing is lost, done twice or seen too early."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier, Event

import pytest
from databases import POSTGRES, SQLITE
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from storing import add_code, codes_in

from demo.sessions.errors import StoreUnavailable
from demo.store.database import Database, Lock, open_database
from demo.store.tables import reports


def test_what_is_written_is_there_at_once_and_after_all_is_closed(
    database: Database, database_url: str
) -> None:
    database.run_unit(add_code)
    assert database.read(codes_in) == ["2222"]
    database.close()

    again = open_database(database_url)
    assert again.read(codes_in) == ["2222"]
    again.close()


def test_of_a_transaction_that_fails_nothing_is_left(database: Database) -> None:
    def work(connection: Connection) -> None:
        add_code(connection)
        raise LookupError

    with pytest.raises(LookupError):
        database.run_unit(work)

    assert database.read(codes_in) == []


def test_what_is_not_committed_is_seen_by_nobody_else(database: Database) -> None:
    def work(connection: Connection) -> list[str]:
        add_code(connection)
        return database.read(codes_in)

    assert database.run_unit(work) == []
    assert database.read(codes_in) == ["2222"]


def test_a_row_that_somebody_else_just_made_is_found_the_second_time(database: Database) -> None:
    seen: list[list[str]] = []

    def work(connection: Connection) -> list[str]:
        seen.append(codes_in(connection))
        if not seen[-1]:
            add_code(connection)
            # The same once more, as another who came between.
            add_code(connection)
        return seen[-1]

    def first(connection: Connection) -> list[str]:
        if len(seen) == 1:
            add_code(connection)
        return work(connection)

    assert database.run_unit(first) == ["2222"]
    assert seen == [[], ["2222"]]


def test_a_rule_that_is_always_broken_is_an_error_of_ours(database: Database) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(len(tries))
        report = {"session_id": 12345, "kind": "html", "content": "", "sha256": ""}
        connection.execute(insert(reports).values(report))

    with pytest.raises(IntegrityError):
        database.run_unit(work)

    assert tries == [0, 1, 2]


def test_a_mistake_in_a_query_is_not_taken_for_a_database_that_is_gone(database: Database) -> None:
    with pytest.raises(DBAPIError, match="missing"):
        database.read(lambda connection: connection.execute(text("select * from missing")))


@SQLITE
def test_a_file_that_another_process_writes_for_too_long_is_told(database: Database) -> None:
    other = Database(database.url.render_as_string())
    with other.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")

    def blocked(connection: Connection) -> None:
        add_code(connection)
        with pytest.raises(StoreUnavailable, match="send it again in a moment") as caught:
            other.run_unit(lambda mine: add_code(mine, "3333"))
        assert isinstance(caught.value.__cause__, OperationalError)

    database.run_unit(blocked)
    other.run_unit(lambda connection: add_code(connection, "3333"))
    other.close()
    assert database.read(codes_in) == ["2222", "3333"]


def test_processes_that_read_before_they_write_wait_for_one_another(
    database: Database, database_url: str
) -> None:
    other, barrier = open_database(database_url), Barrier(2, timeout=10)

    def count_and_add(connection: Connection, name: str) -> None:
        add_code(connection, f"{name} {len(codes_in(connection))}")

    def repeat(mine: Database, name: str) -> None:
        for _ in range(20):
            barrier.wait()
            mine.run_unit(lambda connection: count_and_add(connection, name))

    with ThreadPoolExecutor(2) as threads:
        for task in [threads.submit(repeat, *who) for who in ((database, "a"), (other, "b"))]:
            task.result()

    assert len(database.read(codes_in)) == 40
    other.close()


def test_who_waits_too_long_in_line_is_told(database: Database) -> None:
    line = database.lines[database.writer]
    line.timeout_s = 0.01
    with ExitStack() as all_places:
        for _ in range(line.n_places):
            all_places.enter_context(line.hold())
        with pytest.raises(StoreUnavailable, match="send it again in a moment"):
            database.run_unit(add_code)

    database.run_unit(add_code)
    assert database.read(codes_in) == ["2222"]


@POSTGRES
def test_a_lock_is_shared_by_many_or_held_by_one(database: Database) -> None:
    held, free = Event(), Event()

    def hold(connection: Connection) -> None:
        database.hold(connection, Lock.OPEN, 1)
        held.set()
        free.wait(10)

    def take(connection: Connection, number: int, *, alone: bool) -> None:
        connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
        database.hold(connection, Lock.OPEN, number, alone=alone)

    with ThreadPoolExecutor(1) as threads:
        task = threads.submit(database.run_unit, hold)
        held.wait(10)
        database.run_unit(lambda connection: take(connection, 1, alone=False))
        database.run_unit(lambda connection: take(connection, 2, alone=True))
        with pytest.raises(StoreUnavailable):
            database.run_unit(lambda connection: take(connection, 1, alone=True))
        free.set()
        task.result()

    database.run_unit(lambda connection: take(connection, 1, alone=True))


@POSTGRES
def test_a_server_that_may_only_be_read_is_told(database: Database) -> None:
    def work(connection: Connection) -> None:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        add_code(connection)

    with pytest.raises(StoreUnavailable, match="may be read but not written"):
        database.run_unit(work)


@POSTGRES
def test_a_connection_that_broke_is_replaced_and_the_work_done_again(database: Database) -> None:
    broken: list[int] = []

    def work(connection: Connection) -> None:
        add_code(connection)
        if not broken:
            broken.append(end_of(connection, database))
            connection.execute(text("select 1"))

    database.run_unit(work)

    assert len(broken) == 1
    assert database.read(codes_in) == ["2222"]


@POSTGRES
def test_what_broke_while_it_was_committed_is_not_done_again(database: Database) -> None:
    broken: list[int] = []

    def work(connection: Connection) -> None:
        add_code(connection)
        broken.append(end_of(connection, database))

    with pytest.raises(StoreUnavailable, match="send it again in a moment"):
        database.run_unit(work)

    assert len(broken) == 1
    assert database.read(codes_in) == []
    database.run_unit(add_code)
    assert database.read(codes_in) == ["2222"]


def end_of(connection: Connection, database: Database) -> int:
    """End the server's side of a connection, as a restart of the server does."""
    pid = int(connection.execute(text("select pg_backend_pid()")).scalar_one())
    database.read(
        lambda other: other.execute(text("select pg_terminate_backend(:p, 5000)"), {"p": pid})
    )
    return pid
