"""How a file of SQLite is used: its journal, its references, and many threads at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from databases import SQLITE
from sqlalchemy import text
from storing import add_code, codes_in

from demo.settings import JOURNAL_MODES
from demo.store.database import Database, open_database


def pragma(database: Database, name: str) -> set[object]:
    query = text(f"PRAGMA {name}")
    values = set[object]()
    for engine in (database.reader, database.writer):
        with engine.connect() as connection:
            values.add(connection.execute(query).scalar())
    return values


@SQLITE
def test_sqlite_writes_ahead_waits_for_the_disk_and_checks_references(database: Database) -> None:
    assert pragma(database, "journal_mode") == {"wal"}
    assert pragma(database, "synchronous") == {2}
    assert pragma(database, "foreign_keys") == {1}


@SQLITE
@pytest.mark.parametrize("mode", JOURNAL_MODES)
def test_the_journal_mode_is_the_one_that_is_set(empty_database_url: str, mode: str) -> None:
    database = open_database(empty_database_url, mode)

    assert pragma(database, "journal_mode") == {mode}
    database.close()


@SQLITE
def test_the_journal_mode_of_a_file_can_be_changed(database_url: str) -> None:
    open_database(database_url, "wal").close()
    database = open_database(database_url, "delete")

    assert pragma(database, "journal_mode") == {"delete"}
    database.close()


@SQLITE
@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_threads_read_and_write_at_once(database_url: str, mode: str) -> None:
    database = open_database(database_url, mode)

    def both(number: int) -> bool:
        database.run_unit(lambda connection: add_code(connection, str(number)))
        return str(number) in database.read(codes_in)

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(both, range(80)))

    assert seen == [True] * 80
    assert len(database.read(codes_in)) == 80
    database.close()
