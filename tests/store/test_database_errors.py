"""What errors of PostgreSQL mean that a test cannot bring about; the others are brought about elsewhere."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import exc

from demo.sessions.errors import StoreFull, StoreUnavailable
from demo.store.database import in_words

WRAPPED = {
    psycopg.OperationalError: exc.OperationalError,
    psycopg.InterfaceError: exc.InterfaceError,
    psycopg.InternalError: exc.InternalError,
    psycopg.ProgrammingError: exc.ProgrammingError,
    psycopg.DataError: exc.DataError,
    psycopg.IntegrityError: exc.IntegrityError,
}


def wrapped(error: psycopg.Error) -> exc.DBAPIError:
    """Return an error as SQLAlchemy raises it."""
    kind = next(ours for theirs, ours in WRAPPED.items() if isinstance(error, theirs))
    return kind("select 1", {}, error)


@pytest.mark.parametrize(
    "error",
    [
        errors.AdminShutdown(),
        errors.CrashShutdown(),
        errors.CannotConnectNow(),
        errors.TooManyConnections(),
        errors.LockNotAvailable(),
        errors.DeadlockDetected(),
        errors.SerializationFailure(),
        errors.IdleInTransactionSessionTimeout(),
        psycopg.OperationalError("server closed the connection unexpectedly"),
        psycopg.InterfaceError("the connection is closed"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_passes_may_be_sent_again(error: psycopg.Error) -> None:
    said = in_words(wrapped(error))

    assert isinstance(said, StoreUnavailable)
    assert said.message.endswith("send it again in a moment.")


def test_who_waits_in_vain_for_a_connection_may_send_it_again() -> None:
    assert isinstance(in_words(exc.TimeoutError()), StoreUnavailable)


def test_a_full_disk_of_a_server_is_told() -> None:
    assert isinstance(in_words(wrapped(errors.DiskFull())), StoreFull)


@pytest.mark.parametrize(
    "error",
    [
        errors.UndefinedTable(),
        errors.SyntaxError(),
        errors.InsufficientPrivilege(),
        errors.StringDataRightTruncation(),
        errors.NotNullViolation(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_mistake_of_this_code_stays_what_it_is(error: psycopg.Error) -> None:
    assert in_words(wrapped(error)) is None
    assert in_words(exc.ArgumentError()) is None
