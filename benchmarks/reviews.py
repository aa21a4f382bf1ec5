"""How long reviewers wait for their verdicts to be stored when many of them judge at once."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks import cores
from benchmarks.cluster import NoPostgres, private_cluster
from benchmarks.servers import OURS, PATIENCE_S, ROOT, App, Server, served
from benchmarks.table import Pair, Row, at_most
from demo.settings import Settings
from demo.store.sessions import open_store
from models.registry import discover_specs

N_REVIEWERS, N_CASES = 100, 20
MOST_MS = 500
MODEL = "tweets"
SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Load:
    """What reviewers who judged at once saw, and what the database holds of it."""

    seconds: list[float]
    per_second: float
    n_lost: int
    n_doubled: int
    n_repeated: int

    @property
    def p50_ms(self) -> float:
        """Half of the verdicts were answered in this time."""
        return 1000 * median(self.seconds)

    @property
    def p95_ms(self) -> float:
        """95 of 100 verdicts were answered in this time."""
        return 1000 * quantiles(self.seconds, n=20)[-1]

    @property
    def note(self) -> str:
        """What a reader of the figures should know."""
        kept = f"{self.n_lost} lost, {self.n_doubled} doubled, {self.n_repeated} sent again."
        return f"95th percentiles, on all cores; {self.per_second:.0f} verdicts per second, {kept}"


def measure() -> list[Row]:
    """Return the rows of each kind of database; each is on disk, and waits for it."""
    rows = rows_on(SQLITE)
    try:
        return rows + rows_on(POSTGRES)
    except NoPostgres as missing:
        note = f"{rows[0].note} {POSTGRES} was not measured: {missing}"
        return [replace(rows[0], note=note), *rows[1:]]


def rows_on(kind: str) -> list[Row]:
    """Return the rows of one kind of database, against one reviewer who is alone."""
    with new_database(kind) as url, served(app_on(url), set(cores.AVAILABLE)) as server:
        alone = load(server, url, 1)
        crowd = load(server, url, N_REVIEWERS)
    against = "one reviewer alone"
    title = f"PUT verdict, {N_REVIEWERS} reviewers, {kind}"
    slow = Pair(title, against, "ms", crowd.p95_ms, alone.p95_ms)
    usual = Pair("— median", against, "ms", crowd.p50_ms, alone.p50_ms)
    row = replace(at_most(slow, MOST_MS), note=crowd.note)
    kept = not crowd.n_lost and not crowd.n_doubled
    return [replace(row, met=row.met and kept), at_most(usual, MOST_MS)]


@contextmanager
def new_database(kind: str) -> Iterator[str]:
    """Make a database for a while and yield its URL; raise NoPostgres if there is no PostgreSQL."""
    with ExitStack() as stack:
        if kind == POSTGRES:
            yield stack.enter_context(private_cluster()).make_database("reviews")
        else:
            yield f"sqlite:///{stack.enter_context(TemporaryDirectory())}/reviews.db"


def app_on(url: str) -> App:
    """Return how to start the app on a database."""
    return replace(OURS, settings={"SECOND_OPINION_DATABASE_URL": url})


def open_session(server: Server) -> str:
    """Open a session about as many tweets as there are cases, and return its code."""
    examples = cycle(example.record for example in discover_specs()[MODEL].examples)
    cases = [
        dict(record) | {"text": f"{record['text']} {number}"}
        for number, record in zip(range(N_CASES), examples, strict=False)
    ]
    asked = {"title": "Load", "model": MODEL, "cases": cases, "open_floor": False}
    answer = httpx.post(f"{server.url}/api/sessions", json=asked, timeout=PATIENCE_S)
    return str(answer.raise_for_status().json()["code"])


def load(server: Server, url: str, n_reviewers: int) -> Load:
    """Let reviewers judge every case of a new session from a process of their own."""
    code = open_session(server)
    client = subprocess.run(  # noqa: S603
        [
            sys.executable,
            "-m",
            "benchmarks.review_client",
            str(server.port),
            code,
            str(n_reviewers),
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    story: dict[str, Any] = json.loads(client.stdout)
    answered = {(row["case"], row["reviewer"]): row["comment"] for row in story["stored"]}
    rows = read_session(url, code)
    stored = {(row.case_id, row.reviewer_id): row.comment for row in rows}
    return Load(
        seconds=story["verdicts"],
        per_second=len(story["verdicts"]) / story["seconds"],
        n_lost=sum(stored.get(key) != comment for key, comment in answered.items()),
        n_doubled=len(rows) - len(stored) + len(stored.keys() - answered.keys()),
        n_repeated=sum(story["refusals"].values()),
    )


def read_session(url: str, code: str) -> Sequence[Any]:
    """Return the rows of verdicts that a database holds of a session."""
    store = open_store(url, Settings().journal_mode)
    try:
        return store.verdicts.judgements(store.sessions.session(code))
    finally:
        store.close()
