"""A thing that is opened when it is first needed."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, Protocol, TypeVar

from demo.sessions.errors import StoreUnavailable

# After a failure others are told at once: each try may take seconds, and they would wait in line.
PAUSE_S = 0.5


class Closing(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Close it."""


T = TypeVar("T", bound=Closing)


class Opening(Generic[T]):
    """Opens a thing once, however many threads ask for it; a failure is not the last word."""

    def __init__(self, make: Callable[[], T], pause_s: float = PAUSE_S) -> None:
        self.make = make
        self.pause_s = pause_s
        self.lock = Lock()
        self.opened: T | None = None
        self.failed_at = -pause_s
        self.failure = ""

    def open(self) -> T:
        """Return what was opened; raise StoreUnavailable, and try again the next time."""
        with self.lock:
            if self.opened is None:
                self.opened = self.try_open()
            return self.opened

    def try_open(self) -> T:
        """Return the thing, newly opened, or raise what the last try raised a moment ago."""
        if time.monotonic() - self.failed_at < self.pause_s:
            raise StoreUnavailable(self.failure)
        try:
            return self.make()
        except StoreUnavailable as error:
            self.failed_at, self.failure = time.monotonic(), error.message
            raise

    def close(self) -> None:
        """Close the thing, if it was opened; it is opened again when it is needed."""
        with self.lock:
            if self.opened is not None:
                self.opened.close()
            self.opened = None
