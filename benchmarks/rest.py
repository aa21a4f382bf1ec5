"""Requests per second of `POST /predict`, against Flask behind gunicorn on the same model."""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles

from benchmarks import cores
from benchmarks.servers import FLASK, OURS, ROOT, Server, served
from benchmarks.table import Pair, Row, at_least_times, at_most_times

CONNECTIONS = 8
ROUNDS = 12
ROUND_S = 2.0
WARM_UP_S = 1.0
NOTABLE_SHARE = 0.05


@dataclass(frozen=True)
class Load:
    """What one round of requests found."""

    per_second: float
    p99_ms: float
    waited_share: float


def measure() -> list[Row]:
    """Return the rows of throughput and of the slowest answers; the two servers take turns."""
    ours: list[Load] = []
    flask: list[Load] = []
    with served(OURS) as our_server, served(FLASK) as flask_server:
        for server in (our_server, flask_server):
            load(server, WARM_UP_S)
        for _ in range(ROUNDS):
            ours.append(load(our_server, ROUND_S))
            flask.append(load(flask_server, ROUND_S))
    return rows(ours, flask)


def rows(ours: list[Load], flask: list[Load]) -> list[Row]:
    """Return the rows of all rounds."""
    first, second = summary(ours), summary(flask)
    against = "Flask + gunicorn, one sync worker"
    throughput = Pair(
        f"POST /predict, {CONNECTIONS} connections",
        against,
        "requests/s",
        first.per_second,
        second.per_second,
    )
    slowest = Pair("— 99th percentile", against, "ms", first.p99_ms, second.p99_ms)
    waited = max(first.waited_share, second.waited_share)
    note = f"others held the core for {waited:.0%} of the time." if waited > NOTABLE_SHARE else ""
    return [at_least_times(throughput, 2), at_most_times(slowest, 1, note)]


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
