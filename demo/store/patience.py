"""How long to wait for a silent database, and what to do if it stays silent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)


class Silence(Exception):
    """The server gave no answer in time."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Limit how long this thread waits for answers of a database."""
    token = DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        DEADLINE.reset(token)


def is_silence(error: SQLAlchemyError) -> bool:
    """Tell whether an error means that the server was silent."""
    return isinstance(error, DBAPIError) and isinstance(error.orig, Silence)


class Outage:
    """Whether a database was silent a moment ago: then one caller tries again, and all others fail at once."""

    def __init__(self, pause_s: float) -> None:
        self.pause_s = pause_s
        self.lock = Lock()
        self.ends_at: float | None = None
        self.is_asked = False

    def is_on(self) -> bool:
        """Tell whether to fail at once instead of asking now."""
        ends_at = self.ends_at
        return ends_at is not None and (self.is_asked or time.monotonic() < ends_at)

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Raise TimeoutError during an outage; one begins when the body finds the server silent."""
        with self.lock:
            if self.is_on():
                raise TimeoutError
            self.is_asked = asks = self.ends_at is not None
        try:
            yield
        except SQLAlchemyError as error:
            self.note(is_silence(error))
            raise
        except BaseException:
            if asks:
                self.note(silent=False)
            raise
        else:
            if self.ends_at is not None:
                self.note(silent=False)

    def note(self, silent: bool) -> None:
        """Begin or end the outage."""
        with self.lock:
            self.ends_at = time.monotonic() + self.pause_s if silent else None
            self.is_asked = False
