"""The database behind the store: opened, brought up to date, and read or written in transactions."""

import logging
import sqlite3
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, exc, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from demo.fair_lock import FairLock
from demo.sessions.errors import StoreFull, StoreUnavailable
from demo.store.engines import (
    LINE_S,
    N_CONNECTIONS,
    VARIABLE,
    WAIT_S,
    WITHIN_S,
    make_engines,
    parse_url,
)
from demo.store.migrations import HEAD
from demo.store.patience import Outage, is_silence, within
from models.errors import UserError, shown

T = TypeVar("T")
LOG = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"
N_ATTEMPTS = 3
CLOSING_MS = 1_000
# After a silent server others are told at once; large tables take long to be changed.
PAUSE_S, MIGRATION_S = 1.0, 600
HOLD = text("select pg_advisory_xact_lock_shared(:lock, :number)")
HOLD_ALONE = text("select pg_advisory_xact_lock(:lock, :number)")


class Lock(IntEnum):
    """What may be held while a transaction lasts; the numbers are any that others do not use."""

    TABLES = 7_303_014
    """The tables as a whole, while they are brought up to date."""
    OPEN = 7_303_015
    """Whether a session is open."""
    NAMES = 7_303_016
    """The names of a session's reviewers."""
    OPENING = 7_303_017
    """The number of sessions."""
    INPUTS = 7_303_018
    """The number of inputs that reviewers add to a session."""


class Database:
    """Two engines on one database: what reads needs no transaction and asks once.

    SQLite writes over one connection, so that threads wait in line.
    """

    def __init__(self, url: str, journal_mode: str = "wal") -> None:
        self.url = parse_url(url)
        self.reader, self.writer = make_engines(self.url, journal_mode)
        n_writers, wait_s = (1, WAIT_S) if self.is_sqlite else (N_CONNECTIONS, LINE_S)
        self.outage = Outage(PAUSE_S)
        # As many places as there are connections: nobody who has one waits for the engine's pool.
        self.lines = {
            self.reader: FairLock(N_CONNECTIONS, wait_s),
            self.writer: FairLock(n_writers, wait_s),
        }

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def shown_url(self) -> str:
        """The URL without its password, which may be among its options as well."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` reads; raise StoreUnavailable if the database does not answer."""
        return self.run(self.reader, work)

    def run_unit(self, work: Callable[[Connection], T], within_s: float = WITHIN_S) -> T:
        """Run a unit of work in one transaction, and return its result once that is committed.

        A server that says nothing for `within_s` seconds is given up.

        Of two transactions that make the same row one comes second; it is run again and finds the row.
        """
        for _ in range(N_ATTEMPTS - 1):
            try:
                return self.run(self.writer, work, within_s)
            except IntegrityError:
                continue
        return self.run(self.writer, work, within_s)

    def run(self, engine: Engine, work: Callable[[Connection], T], within_s: float = WITHIN_S) -> T:
        """Run `work` in a transaction of an engine, its errors put into words."""
        try:
            if self.outage.is_on():
                raise TimeoutError
            with within(within_s), self.lines[engine].hold(), self.outage.watch():
                return try_twice(engine, work)
        except TimeoutError as error:
            raise StoreUnavailable(UNAVAILABLE) from error
        except SQLAlchemyError as error:
            said = in_words(error)
            if said is None:
                raise
            raise said from error

    def hold(self, connection: Connection, lock: Lock, number: int, *, alone: bool = False) -> None:
        """Hold a lock, alone or with others, until the transaction ends; who waits comes in turn.

        Locks on rows are not fair: as long as others come who share one, nobody gets it alone.
        In SQLite whoever writes is alone in any case.
        """
        if not self.is_sqlite:
            connection.execute(HOLD_ALONE if alone else HOLD, {"lock": lock, "number": number})

    def close(self) -> None:
        """Close all connections; a file then holds everything by itself, and may be copied."""
        self.writer.dispose()
        if self.is_sqlite:
            self.empty_log()
        self.reader.dispose()

    def empty_log(self) -> None:
        """Write what stands in SQLite's log of changes into the file itself.

        That happens by itself only if nobody else has the file open.
        """
        path = str(self.url.database)
        if not Path(path + "-wal").exists():
            return
        try:
            with self.reader.connect() as connection:
                # Others who write must not be held up for long.
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {CLOSING_MS}")
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
            if busy:
                LOG.warning("%s is in use: copy %s-wal along with it.", path, path)
        except SQLAlchemyError as error:
            LOG.warning("%s-wal belongs to %s: copy both (%s).", path, path, reason_of(error))


def try_twice(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work` in a transaction, and once more if the connection broke before it was committed.

    A server that was started again since the last transaction is found out only then: to ask before
    each one would take as long as most of them do.
    """
    with engine.connect() as connection:
        try:
            result = work(connection)
        except DBAPIError as error:
            if not error.connection_invalidated or is_silence(error):
                raise
        else:
            connection.commit()
            return result
    with engine.begin() as connection:
        return work(connection)


def open_database(url: str, journal_mode: str = "wal") -> Database:
    """Return the database behind a URL with its tables up to date; raise StoreUnavailable or StoreFull.

    Where it is and what it said is for the log alone: those who judge need not know.
    """
    database = Database(url, journal_mode)
    try:
        if database.read(version_of) != HEAD:
            work = partial(bring_up_to_date, database)
            database.run_unit(work, within_s=MIGRATION_S)
    except (UserError, SQLAlchemyError, TypeError) as error:
        database.close()
        LOG.error("%s cannot be opened: %s", database.shown_url, reason_of(error))
        if isinstance(error, UserError) and error.message != UNAVAILABLE:
            raise
        raise StoreUnavailable(
            "The database of the review sessions cannot be opened; check that it is there and may be "
            f"written, or name another with {VARIABLE}."
        ) from error
    return database


def reason_of(error: BaseException) -> str:
    """Return the first line of what the driver said."""
    while error.__cause__:
        error = error.__cause__
    return str(error).partition("\n")[0]


def bring_up_to_date(database: Database, connection: Connection) -> None:
    """Run the migrations that are missing; raise StoreUnavailable for tables of a newer version."""
    database.hold(connection, Lock.TABLES, 0, alone=True)
    version = version_of(connection)
    if version == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable(
            f"The database was made by another version of this app (step {shown(version)}, and {HEAD} "
            f"is the last one here); install the newest version, or name another with {VARIABLE}."
        ) from error


def version_of(connection: Connection) -> str | None:
    """Return the step that the tables stand at, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


POSTGRES_READ_ONLY, POSTGRES_FULL = "25006", "53100"
# Here the server, the file or the way there is at fault; all others are mistakes of this code.
OUTSIDE = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)

FULL = (
    "Not saved: the disk of the database is full. What was saved before is safe; "
    "make room, then send it again."
)
DAMAGED = (
    "The database is damaged, or is none, and nothing can be saved; put a copy of it in its place, "
    "or name another with SECOND_OPINION_DATABASE_URL."
)
READ_ONLY = (
    "The database may be read but not written, and nothing can be saved; give the app the right to "
    "write it, or name another with SECOND_OPINION_DATABASE_URL."
)
UNAVAILABLE = (
    "Not saved yet: the database does not answer. Nothing that was saved is lost; "
    "send it again in a moment."
)


def in_words(error: exc.SQLAlchemyError) -> UserError | None:
    """Return what an error means to a user, or None for a mistake of this code."""
    cause = error.orig if isinstance(error, exc.DBAPIError) else None
    number = getattr(cause, "sqlite_errorcode", 0)
    kind = number & 0xFF
    state = getattr(cause, "sqlstate", None)
    # The second is that a file of shared memory beside the database could not be made large enough.
    no_room = kind == sqlite3.SQLITE_FULL or number == sqlite3.SQLITE_IOERR_SHMSIZE
    if no_room or state == POSTGRES_FULL:
        return StoreFull(FULL)
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreUnavailable(DAMAGED)
    if kind == sqlite3.SQLITE_READONLY or state == POSTGRES_READ_ONLY:
        return StoreUnavailable(READ_ONLY)
    mistaken = kind == sqlite3.SQLITE_ERROR or isinstance(cause, sqlite3.InterfaceError)
    if isinstance(error, OUTSIDE) and not mistaken:
        return StoreUnavailable(UNAVAILABLE)
    return None
