"""The tables: made by the migrations, by one alone of those who start at once, and never by an older version."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, text
from sqlalchemy.exc import IntegrityError
from storing import join, open_session, put

from demo.sessions.errors import StoreUnavailable
from demo.sessions.model import VerdictInput
from demo.store.database import MIGRATIONS, Database, Lock, open_database, version_of
from demo.store.migrations import HEAD
from demo.store.sessions import open_store
from demo.store.tables import metadata, reviewers


def config_for(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def test_the_last_step_is_the_one_that_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_that_the_code_uses(empty_database_url: str) -> None:
    database = open_database(empty_database_url)
    options = {"compare_type": True, "compare_server_default": True}
    differences = database.read(
        lambda connection: compare_metadata(
            MigrationContext.configure(connection, opts=options), metadata
        )
    )

    assert differences == []
    assert database.read(version_of) == HEAD
    database.close()


def test_the_tables_can_be_taken_down_and_made_again(database: Database) -> None:
    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    before = database.read(names)
    database.run_unit(lambda connection: command.downgrade(config_for(connection), "base"))
    assert database.read(names) == {"alembic_version"}

    database.run_unit(lambda connection: command.upgrade(config_for(connection), "head"))
    assert database.read(names) == before == {*metadata.tables, "alembic_version"}


@pytest.mark.parametrize(("step", "table"), [("0001", "reviews"), ("0002", "sessions")])
def test_a_database_of_before_keeps_every_row(
    empty_database_url: str, step: str, table: str
) -> None:
    store = open_store(empty_database_url, "wal")
    session = open_session(store)
    reviewer, cases = join(store, session), store.verdicts.cases(session)
    verdict = put(store, session, reviewer, cases[0], VerdictInput("agree", comment="Mine."))
    store.sessions.keep_report(session, "html", "<p>Kept.</p>")
    counts = store.sessions.counts(session)
    database = store.database
    database.run_unit(lambda connection: command.downgrade(config_for(connection), step))
    before = database.read(lambda connection: set(inspect(connection).get_table_names()))
    store.close()

    store = open_store(empty_database_url, "wal")

    assert {"reviews", "sessions"} & before == {table}
    assert store.sessions.session(session.code) == session
    assert store.sessions.counts(session) == counts
    assert store.verdicts.cases(session) == cases
    assert store.verdicts.verdicts(session) == [verdict]
    assert store.sessions.report(session, "html") == "<p>Kept.</p>"
    # The rules hold as before: a reviewer of a session that there is not.
    row = {"session_id": 999, "name": "Ben", "token_hash": "b", "joined_at": "2026-01-01"}
    with pytest.raises(IntegrityError):
        store.database.run_unit(
            lambda connection: connection.execute(insert(reviewers).values(row))
        )
    store.close()


def test_a_database_that_is_up_to_date_is_opened_without_writing(database: Database) -> None:
    with database.writer.connect() as connection:
        if database.is_sqlite:
            connection.execute(text("select 1"))
        else:
            database.hold(connection, Lock.TABLES, 0, alone=True)
        open_database(database.url.render_as_string(hide_password=False)).close()


OPEN = """
import sys
from demo.store.database import open_database, version_of
print("ready", flush=True)
sys.stdin.readline()
database = open_database(sys.argv[1])
print(database.read(version_of))
database.close()
"""


def test_processes_that_open_a_new_database_at_once_make_it_together(
    empty_database_url: str, root: Path
) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, empty_database_url],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()

    assert [process.communicate()[0] for process in processes] == [f"{HEAD}\n"] * 3


def test_threads_that_open_a_new_database_at_once_make_it_together(
    empty_database_url: str,
) -> None:
    def version(_: int) -> str | None:
        database = open_database(empty_database_url)
        try:
            return database.read(version_of)
        finally:
            database.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(version, range(4))) == [HEAD] * 4


def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    database = open_database(database_url)
    database.run_unit(lambda connection: mark(connection, "9999"))
    database.close()

    with pytest.raises(StoreUnavailable) as caught:
        open_database(database_url)

    assert caught.value.message == (
        f"The database was made by another version of this app (step '9999', and {HEAD} is the last "
        "one here); install the newest version, or name another with SECOND_OPINION_DATABASE_URL."
    )
    database = Database(database_url)
    assert database.read(version_of) == "9999"
    database.close()


def mark(connection: Connection, version: str) -> None:
    connection.execute(text("update alembic_version set version_num = :it"), {"it": version})
