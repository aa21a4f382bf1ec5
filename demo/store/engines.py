"""SQLAlchemy's engines on the databases that the store takes: a file of SQLite, or PostgreSQL."""

import logging
import sqlite3
import time
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from demo.sessions.errors import StoreUnavailable
from demo.store.file_rights import make_private, shut_out_others

LOG = logging.getLogger(__name__)
VARIABLE = "SECOND_OPINION_DATABASE_URL"
# How long to wait for others who use a file, be it another process or those ahead in line.
WAIT_S, POLL_S = 5, 0.02
# A server that is gone should be told within five seconds: how long a connection may take, the line for
# one, a lock, and all together; and when a lock is taken from a process that fell silent with it.
CONNECT_S, LINE_S, LOCK_S, WITHIN_S, SILENT_S = 2, 3, 3, 4, 10
# More of them would only wait for one another; this many at once write in one go to PostgreSQL's disk.
N_CONNECTIONS = 5
Isolation = Literal["AUTOCOMMIT", "READ COMMITTED"]


def default_url() -> str:
    """Return the URL of a file in the user's data folder."""
    path = default_folder() / "reviews.db"
    return URL.create("sqlite", database=str(path)).render_as_string()


def default_folder() -> Path:
    """Return the user's data folder."""
    return user_data_path("second-opinion", appauthor=False)


def data_folder(url: str) -> Path:
    """Return the folder of the database's file, the user's data folder for a server's."""
    parsed = parse_url(url or default_url())
    is_file = parsed.get_backend_name() == "sqlite"
    return Path(str(parsed.database)).absolute().parent if is_file else default_folder()


def parse_url(url: str) -> URL:
    """Return the parsed URL, PostgreSQL's with the driver that is installed.

    Raises StoreUnavailable if it is not a URL, without showing it: it may contain a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnavailable(
            f"{VARIABLE} cannot be read as a URL; write it like "
            "postgresql://user:password@host:5432/name, special characters of the password as in %40."
        ) from None
    if parsed.get_backend_name() in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if not parsed.database or parsed.database == ":memory:" or parsed.query:
        wrong = "has options" if parsed.query else "names no file"
        raise StoreUnavailable(f"{VARIABLE} {wrong}; write it like sqlite:////data/reviews.db.")
    return parsed


def make_engines(url: URL, journal_mode: str) -> tuple[Engine, Engine]:
    """Return an engine that reads and one that writes; raise StoreUnavailable if that is not possible.

    Readers need no transaction. SQLite allows one writer at a time.
    """
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        make_folder(path.parent)
        make_private(path)
        writer = sqlite_engine(url, journal_mode, 1)
        event.listen(writer, "begin", begin_to_write)
        return sqlite_engine(url, journal_mode, N_CONNECTIONS), writer
    return postgres_engine(url, "AUTOCOMMIT"), postgres_engine(url, "READ COMMITTED")


def sqlite_engine(url: URL, journal_mode: str, n_connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=n_connections,
        connect_args={"timeout": WAIT_S, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver must not begin transactions by itself: those that write begin in their own way.
        connection.isolation_level = None
        set_journal_mode(connection, journal_mode)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


def set_journal_mode(connection: sqlite3.Connection, mode: str) -> None:
    """Set the journal mode if it differs; when two processes do so at once, SQLite fails one at once."""
    deadline = time.monotonic() + WAIT_S
    while connection.execute("PRAGMA journal_mode").fetchone() != (mode,):
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(POLL_S)
        else:
            # A folder that does not allow the mode keeps its own.
            return


def begin_to_write(connection: Connection) -> None:
    """Take the right to write at once: two transactions that read first could not both go on."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; raise StoreUnavailable if that is not possible.

    The rights of the app's own folder are always corrected; another existing folder may be shared.
    """
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as error:
        LOG.error("%s cannot be made: %s", folder, error.strerror)
        raise StoreUnavailable(
            f"The folder of the database cannot be made ({error.strerror}); name another with {VARIABLE}."
        ) from error
    if folder == default_folder():
        shut_out_others(folder)


def postgres_engine(url: URL, isolation_level: Isolation) -> Engine:
    """Return an engine on a server that may disappear and return."""
    # Its driver takes time to import, and most apps keep a file.
    from demo.store.patient_connection import connect

    engine = create_engine(
        url,
        isolation_level=isolation_level,
        pool_size=N_CONNECTIONS,
        connect_args={"connect_timeout": CONNECT_S, "tcp_user_timeout": 1000 * CONNECT_S},
    )

    @event.listens_for(engine, "do_connect")
    def connect_patiently(_: Any, __: Any, arguments: list[Any], options: dict[str, Any]) -> Any:
        return connect(*arguments, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.execute(
            f"SET lock_timeout = '{LOCK_S}s'; "
            f"SET idle_in_transaction_session_timeout = '{SILENT_S}s'"
        )
        connection.commit()

    return engine
