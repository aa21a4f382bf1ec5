"""Connections to PostgreSQL that give up on a silent server.

A server that was stopped, or whose network lost it, keeps its connections open and never answers; its own
time limits stop along with it.
"""

import time
from typing import Any, TypeVar

from psycopg import Connection, OperationalError, errors
from psycopg.abc import PQGen

from demo.store.patience import DEADLINE, Silence

T = TypeVar("T")
# One answer is waited for so long even if the work took long before: 5,000 cases are many statements.
LEAST_S = 2.0


class Silent(OperationalError, Silence):
    """The server said nothing for too long; its connection is closed."""


def connect(*arguments: Any, **options: Any) -> "PatientConnection":
    """Return a new connection; raise Silent if the server does not accept it in time."""
    try:
        return PatientConnection.connect(*arguments, **options)
    except errors.ConnectionTimeout as error:
        raise Silent(str(error)) from error


class PatientConnection(Connection[Any]):
    """A connection to PostgreSQL that respects the deadline."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Return what the server answers; raise Silent, and close, if none comes in time.

        As long as parts of an answer come, it may take longer.
        """
        deadline = DEADLINE.get()
        if deadline is None:
            return super().wait(gen, interval, timeout)
        patience_s = max(LEAST_S, deadline - time.monotonic())
        try:
            return super().wait(heard(gen, patience_s), interval, timeout)
        except Silent:
            # Nobody can tell what state it is in, and the server ends what it did once it finds it closed.
            self.pgconn.finish()
            raise


def heard(gen: PQGen[T], patience_s: float) -> PQGen[T]:
    """Continue an exchange while data arrives; raise Silent if none does for `patience_s` seconds."""
    heard_at, ready = time.monotonic(), None
    while True:
        try:
            wanted = next(gen) if ready is None else gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result
        ready = yield wanted
        if ready:
            heard_at = time.monotonic()
        elif time.monotonic() - heard_at >= patience_s:
            raise Silent(f"no answer within {patience_s:.1f} s")
