"""A door for threads that keeps them in line."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class FairLock:
    """Lets so many threads in at once, in the order in which they come.

    Locks and pools let in whoever asks at the right moment; under load that is again and again one who
    has just left, and others wait for seconds.
    """

    def __init__(self, n_places: int, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self.lock = Lock()
        self.n_free = n_places
        self.waiting: deque[Lock] = deque()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for a place and give it back in the end; raise TimeoutError if none comes free."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def enter(self) -> None:
        """Wait for a place; raise TimeoutError if none comes free."""
        with self.lock:
            if self.n_free:
                self.n_free -= 1
                return
            case_view = Lock()
            case_view.acquire()
            self.waiting.append(case_view)
        if case_view.acquire(timeout=self.timeout_s):
            return
        with self.lock:
            if case_view in self.waiting:
                self.waiting.remove(case_view)
                raise TimeoutError
        # The place came free at the last moment, and it is ours.

    def leave(self) -> None:
        """Give the place to whoever has waited longest."""
        with self.lock:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.n_free += 1
