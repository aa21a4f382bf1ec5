"""Requests per second of `POST /predict`, against Flask behind gunicorn on the same model."""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles

from benchmarks import cores
from benchmarks.servers import FLASK, OURS, ROOT, Server, served
from benchmarks.table import Row, at_least_times, at_most_times

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
    title = f"POST /predict, {CONNECTIONS} connections, against Flask + gunicorn"
    waited = max(medians(ours, flask, "waited_share"))
    others = f" (others had the core {waited:.0%} of the time)" if waited > NOTABLE_SHARE else ""
    return [
        at_least_times(title, "requests/s", *medians(ours, flask, "per_second"), limit=2),
        at_most_times(
            f"— its 99th percentile{others}", "ms", *medians(ours, flask, "p99_ms"), limit=1
        ),
    ]


def medians(ours: list[Load], baseline: list[Load], name: str) -> tuple[float, float]:
    """Return the median of one figure over the rounds of each."""
    first, second = (median(getattr(one, name) for one in loads) for loads in (ours, baseline))
    return first, second


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
