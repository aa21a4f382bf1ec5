"""Requests per second of `POST /predict`: against Flask, against FastAPI, and against ours without a guard."""

import json
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles

from benchmarks import cores
from benchmarks.servers import FASTAPI, FLASK, OURS, ROOT, UNGUARDED, App, Server, served
from benchmarks.table import Pair, Row, at_least_times, at_most_times

CONNECTIONS = 8
ROUNDS = 12
ROUND_S = 2.0
WARM_UP_S = 1.0
NOTABLE_SHARE = 0.05
LEAST_TIMES_FLASK, LEAST_TIMES_FASTAPI = 4, 1.8
# What is checked of each request may cost a twentieth of it.
LEAST_GUARDED = 0.95


@dataclass(frozen=True)
class Load:
    """What one round of requests found."""

    per_second: float
    p99_ms: float
    waited_share: float


def measure() -> list[Row]:
    """Return the rows of throughput and of the slowest answers; the servers take turns."""
    loads: dict[App, list[Load]] = {OURS: [], FLASK: [], FASTAPI: [], UNGUARDED: []}
    with ExitStack() as stack:
        servers = {app: stack.enter_context(served(app)) for app in loads}
        for server in servers.values():
            load(server, WARM_UP_S)
        for _ in range(ROUNDS):
            for app, server in servers.items():
                loads[app].append(load(server, ROUND_S))
    return rows(*(summary(found) for found in loads.values()))


def rows(ours: Load, flask: Load, fastapi: Load, unguarded: Load) -> list[Row]:
    against, title = (
        "Flask + gunicorn, one sync worker",
        f"POST /predict, {CONNECTIONS} connections",
    )
    throughput = Pair(title, against, "requests/s", ours.per_second, flask.per_second)
    slowest = Pair("— 99th percentile", against, "ms", ours.p99_ms, flask.p99_ms)
    typed = Pair(
        "— the same",
        "a plain FastAPI route, async def",
        "requests/s",
        ours.per_second,
        fastapi.per_second,
    )
    guard = Pair(
        "— with limits and checks",
        "the same app without demo.access",
        "requests/s",
        ours.per_second,
        unguarded.per_second,
    )
    waited = max(ours.waited_share, flask.waited_share, fastapi.waited_share)
    note = f"others held the core for {waited:.0%} of the time." if waited > NOTABLE_SHARE else ""
    return [
        at_least_times(throughput, LEAST_TIMES_FLASK),
        at_most_times(slowest, 1, note),
        at_least_times(typed, LEAST_TIMES_FASTAPI),
        at_least_times(guard, LEAST_GUARDED),
    ]


def summary(loads: list[Load]) -> Load:
    """Return the median of each figure."""
    return Load(
        per_second=median(one.per_second for one in loads),
        p99_ms=median(one.p99_ms for one in loads),
        waited_share=median(one.waited_share for one in loads),
    )


def load(server: Server, duration_s: float) -> Load:
    """Put a server under load from a process of its own, on another core.

    Time in which the server could have run but somebody else's process had its core does not count
    against its requests per second: it would count most against the server that uses its core most.
    """
    arguments = (str(server.port), str(CONNECTIONS), str(duration_s))
    waited_s = server.kept_waiting_s()
    client = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.load_client", *arguments],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        preexec_fn=partial(cores.pin, cores.MEASURING),
    )
    seconds: list[float] = json.loads(client.stdout)
    waited_s = server.kept_waiting_s() - waited_s
    return Load(
        per_second=len(seconds) / (duration_s - waited_s),
        p99_ms=1000 * quantiles(seconds, n=100)[-1],
        waited_share=waited_s / duration_s,
    )
