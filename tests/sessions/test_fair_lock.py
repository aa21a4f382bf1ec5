"""Threads in line: as many at once as there are places, and in the order in which they came."""

import contextlib
from threading import Event, Thread, get_ident

import pytest

from demo.fair_lock import FairLock

LONG, SHORT = 10.0, 0.001


def waiting(turnstile: FairLock, number: int, entered: list[int], go_on: Event) -> Thread:
    """Return a thread that stands in line when this returns."""

    def pass_through() -> None:
        with turnstile.passed():
            entered.append(number)
            go_on.wait(LONG)

    ahead = len(turnstile.waiting)
    thread = Thread(target=pass_through)
    thread.start()
    while len(turnstile.waiting) == ahead:
        pass
    return thread


def test_who_waits_comes_in_turn() -> None:
    turnstile, entered, go_on = FairLock(1, LONG), list[int](), Event()
    go_on.set()
    with turnstile.passed():
        threads = [waiting(turnstile, number, entered, go_on) for number in range(20)]
        assert entered == []
    for thread in threads:
        thread.join()

    assert entered == list(range(20))


def test_nobody_passes_those_who_wait() -> None:
    turnstile, entered, go_on = FairLock(1, LONG), list[int](), Event()
    turnstile.enter()
    thread = waiting(turnstile, 1, entered, go_on)
    turnstile.leave()
    turnstile.timeout_s = SHORT

    with pytest.raises(TimeoutError):
        turnstile.enter()
    go_on.set()
    thread.join()

    assert entered == [1]
    assert turnstile.n_free == 1


def test_as_many_as_there_are_places_are_in_at_once() -> None:
    turnstile = FairLock(3, SHORT)
    for _ in range(3):
        turnstile.enter()

    with pytest.raises(TimeoutError):
        turnstile.enter()
    turnstile.leave()
    turnstile.enter()


def test_who_gives_up_leaves_the_line() -> None:
    turnstile = FairLock(1, SHORT)
    turnstile.enter()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            turnstile.enter()

    assert not turnstile.waiting
    turnstile.leave()
    turnstile.enter()


def test_a_place_is_given_back_after_an_error() -> None:
    turnstile = FairLock(1, SHORT)
    for _ in range(2):
        with pytest.raises(ValueError, match="wrong"), turnstile.passed():
            raise ValueError("wrong")

    assert turnstile.n_free == 1


def test_no_place_is_lost_or_made_when_many_give_up_at_the_last_moment() -> None:
    turnstile, inside, counts = FairLock(2, 0.0005), set[int](), list[int]()

    def come_and_go() -> None:
        for _ in range(200):
            with contextlib.suppress(TimeoutError), turnstile.passed():
                inside.add(get_ident())
                counts.append(len(inside))
                inside.discard(get_ident())

    threads = [Thread(target=come_and_go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(counts) <= 2
    assert turnstile.n_free == 2
    assert not turnstile.waiting
