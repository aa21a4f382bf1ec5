"""Who runs where: what is measured has one core to itself, and those who measure take the others."""

import os
from collections.abc import Iterator, Set
from contextlib import contextmanager

CAN_PIN = hasattr(os, "sched_setaffinity")
AVAILABLE = sorted(os.sched_getaffinity(0)) if CAN_PIN else []
MEASURED = set(AVAILABLE[:1])
MEASURING = set(AVAILABLE[1:]) or MEASURED


def pin(cores: Set[int]) -> None:
    """Keep this process, and those it starts, on `cores`, where the system can."""
    if CAN_PIN:
        os.sched_setaffinity(0, cores)


@contextmanager
def pinned(cores: Set[int]) -> Iterator[None]:
    """Keep this process on `cores` for a while."""
    pin(cores)
    try:
        yield
    finally:
        pin(set(AVAILABLE))
