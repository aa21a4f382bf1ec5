"""A resource that is opened when it is first needed."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, Protocol, TypeVar

from demo.sessions.errors import StoreUnavailable

# After a failure other callers fail at once: each try may take seconds, and they would queue up.
PAUSE_S = 0.5


class Closing(Protocol):
    """A resource that can be closed."""

    def close(self) -> None:
        """Close it."""


T = TypeVar("T", bound=Closing)


class Opening(Generic[T]):
    """Opens a resource once, however many threads ask for it, and tries again after a failure."""

    def __init__(self, make: Callable[[], T], pause_s: float = PAUSE_S) -> None:
        self.make = make
        self.pause_s = pause_s
        self.lock = Lock()
        self.opened: T | None = None
        self.failed_at = -pause_s
        self.failure = ""

    def open(self) -> T:
        """Return the open resource; raise StoreUnavailable if it cannot be opened."""
        with self.lock:
            if self.opened is None:
                self.opened = self.try_open()
            return self.opened

    def try_open(self) -> T:
        """Open the resource; right after a failure, raise the same error without trying."""
        if time.monotonic() - self.failed_at < self.pause_s:
            raise StoreUnavailable(self.failure)
        try:
            return self.make()
        except StoreUnavailable as error:
            self.failed_at, self.failure = time.monotonic(), error.message
            raise

    def close(self) -> None:
        """Close the resource if it is open; it is opened again when needed."""
        with self.lock:
            if self.opened is not None:
                self.opened.close()
            self.opened = None
