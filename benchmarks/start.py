"""From the start of the process to the first answer, and the memory that the app then holds.

Time in which the app could have run but another process had its core is not counted.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import cores
from benchmarks.servers import EMPTY, OURS, App, served
from benchmarks.table import Pair, Row, at_most_above, at_most_times

ROUNDS = 7
# What an app does right after its first answer belongs to its memory.
SETTLE_S = 2.0
SHOWS_MEMORY = Path("/proc/self/status").exists()


@dataclass(frozen=True)
class Start:
    """What one start took."""

    seconds: float
    memory_mb: float


def measure() -> list[Row]:
    """Return the rows of time and memory; the two apps take turns, after one start of each."""
    ours: list[Start] = []
    empty: list[Start] = []
    with cores.pinned(cores.MEASURING):
        for _ in range(1 + ROUNDS):
            ours.append(start(OURS))
            empty.append(start(EMPTY))
    first, second = summary(ours[1:]), summary(empty[1:])
    against = "an empty gr.Blocks"
    seconds = Pair("Start to first answer", against, "s", first.seconds, second.seconds)
    memory = Pair("— memory after that", against, "MB", first.memory_mb, second.memory_mb)
    rows = [at_most_times(seconds, 1.35)]
    return [*rows, at_most_above(memory, 150)] if SHOWS_MEMORY else rows


def summary(starts: list[Start]) -> Start:
    """Return the median of each figure."""
    return Start(
        seconds=median(one.seconds for one in starts),
        memory_mb=median(one.memory_mb for one in starts),
    )


def start(app: App) -> Start:
    """Start an app once, and stop it."""
    with served(app) as server:
        time.sleep(SETTLE_S)
        return Start(server.start_s, server.memory_mb() if SHOWS_MEMORY else 0.0)
