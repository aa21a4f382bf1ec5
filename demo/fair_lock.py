"""A lock for threads that keeps them in line."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import Event, Lock


class FairLock:
    """Lets so many threads in at once, in the order in which they come.

    Locks and pools let in whoever asks at the right moment; under load that is again and again one who
    has just left, and others wait for seconds.
    """

    def __init__(self, n_places: int, timeout_s: float) -> None:
        self.n_places, self.timeout_s = n_places, timeout_s
        self.lock = Lock()
        # Those who are in, and behind them those who wait.
        self.line: deque[Event] = deque()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for a place and give it back in the end; raise TimeoutError if none comes free."""
        turn = Event()
        self.change(self.line.append, turn)
        try:
            if not turn.wait(self.timeout_s):
                raise TimeoutError
            yield
        finally:
            self.change(self.line.remove, turn)

    def change(self, step: Callable[[Event], None], turn: Event) -> None:
        """Let somebody into the line or out of it, and tell those in front that it is their turn."""
        with self.lock:
            step(turn)
            for first in islice(self.line, self.n_places):
                first.set()
