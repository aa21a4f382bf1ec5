"""Threads in line: as many at once as there are places, and in the order in which they came."""

import contextlib
from threading import Event, Thread, get_ident

import pytest

from demo.fair_lock import FairLock

LONG, SHORT = 10.0, 0.001


def waiting(lock: FairLock, number: int, entered: list[int], go_on: Event) -> Thread:
    """Return a thread that stands in line when this returns."""

    def pass_through() -> None:
        with lock.hold():
            entered.append(number)
            go_on.wait(LONG)

    ahead = len(lock.line)
    thread = Thread(target=pass_through)
    thread.start()
    while len(lock.line) == ahead:
        pass
    return thread


def test_who_waits_comes_in_turn() -> None:
    lock, entered, go_on = FairLock(1, LONG), list[int](), Event()
    go_on.set()
    with lock.hold():
        threads = [waiting(lock, number, entered, go_on) for number in range(20)]
        assert entered == []
    for thread in threads:
        thread.join()

    assert entered == list(range(20))


def test_nobody_passes_those_who_wait() -> None:
    lock, entered, go_on = FairLock(1, LONG), list[int](), Event()
    with lock.hold():
        thread = waiting(lock, 1, entered, go_on)
    lock.timeout_s = SHORT

    with pytest.raises(TimeoutError), lock.hold():
        pass
    go_on.set()
    thread.join()

    assert entered == [1]


def test_as_many_as_there_are_places_are_in_at_once() -> None:
    lock = FairLock(3, SHORT)
    with lock.hold(), lock.hold():
        with lock.hold(), pytest.raises(TimeoutError), lock.hold():
            pass
        with lock.hold():
            assert len(lock.line) == 3


def test_who_gives_up_leaves_the_line() -> None:
    lock = FairLock(1, SHORT)
    with lock.hold():
        for _ in range(3):
            with pytest.raises(TimeoutError), lock.hold():
                pass
        assert len(lock.line) == 1

    with lock.hold():
        pass


def test_a_place_is_given_back_after_an_error() -> None:
    lock = FairLock(1, SHORT)
    for _ in range(2):
        with pytest.raises(ValueError, match="wrong"), lock.hold():
            raise ValueError("wrong")


def test_no_place_is_lost_or_made_when_many_give_up_at_the_last_moment() -> None:
    lock, inside, counts = FairLock(2, 0.0005), set[int](), list[int]()

    def come_and_go() -> None:
        for _ in range(200):
            with contextlib.suppress(TimeoutError), lock.hold():
                inside.add(get_ident())
                counts.append(len(inside))
                inside.discard(get_ident())

    threads = [Thread(target=come_and_go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(counts) <= 2
    assert not lock.line
