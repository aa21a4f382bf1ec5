"""What an error of the database means to those who judge, and to who runs the app."""

import sqlite3

from sqlalchemy import exc

from demo.review_errors import StoreFull, StoreUnavailable
from models.errors import UserError

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
