"""Reviewers who judge at once at a served app, in a thread of their own, while something goes wrong."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import httpx
from running import Running
from storing import record_of

from benchmarks.review_client import Story, review_all
from demo.sessions.model import Verdict
from demo.store.sessions import open_store

PATIENCE_S = 60.0


def wait_until(holds: Callable[[], bool], reviewers: "Future[None] | None" = None) -> None:
    """Wait until something holds; give up when the reviewers have all gone."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        assert reviewers is None or not reviewers.done(), reviewers.exception()
        time.sleep(0.005)


def ask(running: Running, method: str, path: str, **more: object) -> httpx.Response:
    """Return the answer to a request; a server that has just been started is waited for."""
    transport = httpx.HTTPTransport(retries=6)
    with httpx.Client(transport=transport, timeout=PATIENCE_S, trust_env=False) as client:
        return client.request(method, f"{running.url}{path}", **more)  # type: ignore[arg-type]


def open_code(running: Running, n_cases: int) -> str:
    """Open a session on irises and return its code."""
    cases = [dict(record_of(number)) for number in range(n_cases)]
    asked = {"title": "Load", "model": "iris", "cases": cases, "open_floor": False}
    response = ask(running, "POST", "/api/sessions", json=asked)
    assert response.status_code == 201, response.text
    return str(response.json()["code"])


@contextmanager
def reviewers_at(
    running: Running, code: str, n_reviewers: int
) -> "Iterator[tuple[Story, Future[None]]]":
    """Let reviewers judge every case of a session; in the end they have, or their error is raised."""
    story, port = Story(), int(running.url.rsplit(":", 1)[1])
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(lambda: asyncio.run(review_all(port, code, n_reviewers, story)))
        yield story, future
        future.result()


def stored_in(database_url: str, code: str) -> list[Verdict]:
    """Return what a database holds of a session."""
    store = open_store(database_url, "wal")
    try:
        return store.verdicts.verdicts(store.sessions.session(code))
    finally:
        store.close()


def check_nothing_lost_or_doubled(stored: list[Verdict], story: Story, n_expected: int) -> None:
    """Check that every verdict is there that was answered, as it was answered, and once."""
    rows = {(row.case_id, row.reviewer_id): row for row in stored}
    assert len(rows) == len(stored) == n_expected
    assert len(story.stored) == n_expected
    for answer in story.stored:
        row = rows[answer["case"], answer["reviewer"]]
        assert row.verdict_input.comment == answer["comment"]
        assert row.created_at == answer["created_at"]
