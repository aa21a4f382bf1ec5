"""How long a database that says nothing is waited for, and what is done when it still says nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)


class Silence(Exception):
    """The server said nothing for too long."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Wait so long at most for the answers of a database to what is asked in this thread."""
    token = DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        DEADLINE.reset(token)


def is_silence(error: SQLAlchemyError) -> bool:
    """Tell whether an error is that a server said nothing."""
    return isinstance(error, DBAPIError) and isinstance(error.orig, Silence)


class Outage:
    """Whether a database was silent a moment ago: then all but one are told at once, and that one asks again."""

    def __init__(self, pause_s: float) -> None:
        self.pause_s = pause_s
        self.lock = Lock()
        self.ends_at: float | None = None
        self.is_asked = False

    def is_on(self) -> bool:
        """Tell whether it is not worth while to ask now."""
        ends_at = self.ends_at
        return ends_at is not None and (self.is_asked or time.monotonic() < ends_at)

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Raise TimeoutError while it lasts; it begins when the body raises that a server is silent."""
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
        """Begin or end it."""
        with self.lock:
            self.ends_at = time.monotonic() + self.pause_s if silent else None
            self.is_asked = False
