"""What is opened when it is first needed: once, and again after a failure."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from demo.sessions.errors import StoreFull, StoreUnavailable
from demo.sessions.opening import Opening


class Thing:
    closed = False

    def close(self) -> None:
        self.closed = True


class Maker:
    """Makes things, after so many failures."""

    def __init__(self, n_failures: int = 0, error: type[Exception] = StoreUnavailable) -> None:
        self.n_failures = n_failures
        self.error = error
        self.n_tries = 0

    def __call__(self) -> Thing:
        self.n_tries += 1
        if self.n_tries <= self.n_failures:
            raise self.error(f"failure {self.n_tries}")
        return Thing()


def test_nothing_is_opened_before_it_is_needed() -> None:
    maker = Maker()
    Opening(maker).close()

    assert maker.n_tries == 0


def test_a_thing_is_opened_once_however_many_threads_need_it() -> None:
    maker, barrier = Maker(), Barrier(8, timeout=10)
    opening = Opening(maker)

    def get() -> Thing:
        barrier.wait()
        return opening.open()

    with ThreadPoolExecutor(8) as threads:
        things = [task.result() for task in [threads.submit(get) for _ in range(8)]]

    assert maker.n_tries == 1
    assert len({id(thing) for thing in things}) == 1


def test_a_closed_thing_is_opened_again() -> None:
    opening = Opening(Maker())
    first = opening.open()
    opening.close()

    assert first.closed
    assert opening.open() is not first
    assert not opening.open().closed


def test_right_after_a_failure_others_are_told_the_same_at_once() -> None:
    maker = Maker(n_failures=1)
    opening = Opening(maker)
    for _ in range(5):
        with pytest.raises(StoreUnavailable, match="failure 1"):
            opening.open()

    assert maker.n_tries == 1


def test_a_failure_is_not_the_last_word() -> None:
    opening = Opening(Maker(n_failures=2), pause_s=0)
    for number in (1, 2):
        with pytest.raises(StoreUnavailable, match=f"failure {number}"):
            opening.open()

    assert not opening.open().closed


def test_a_full_disk_is_not_taken_for_a_database_that_is_gone() -> None:
    opening = Opening(Maker(n_failures=1, error=StoreFull))
    with pytest.raises(StoreFull):
        opening.open()

    assert not opening.open().closed
