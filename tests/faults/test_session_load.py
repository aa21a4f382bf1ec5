"""A served app under load while something goes wrong: what was answered is there, once."""

import time
from collections.abc import Callable

from databases import new_name
from loading import (
    ask,
    check_nothing_lost_or_doubled,
    open_code,
    reviewers_at,
    stored_in,
    wait_until,
)
from running import Running, free_port

from benchmarks.cluster import Cluster

Launch = Callable[..., Running]
N_REVIEWERS, N_CASES = 20, 15
SERVE = ["-m", "demo", "serve"]


def test_a_server_that_is_killed_has_lost_and_doubled_nothing(
    launch: Launch, database_url: str
) -> None:
    port = str(free_port())
    settings = {"SECOND_OPINION_DATABASE_URL": database_url, "SECOND_OPINION_PORT": port}
    running = launch(SERVE, **settings)
    code = open_code(running, N_CASES)

    with reviewers_at(running, code, N_REVIEWERS) as (story, reviewers):
        wait_until(lambda: len(story.stored) >= 50, reviewers)
        running.process.kill()
        running.process.wait()
        answered = list(story.stored)
        left = stored_in(database_url, code)
        launch(SERVE, **settings)

    assert len(answered) < N_REVIEWERS * N_CASES
    rows = {(row.case_id, row.reviewer_id): row.verdict_input.comment for row in left}
    assert [rows[one["case"], one["reviewer"]] for one in answered] == [
        one["comment"] for one in answered
    ]
    stored = stored_in(database_url, code)
    check_nothing_lost_or_doubled(stored, story, N_REVIEWERS * N_CASES)


def test_while_postgresql_is_gone_reviewers_wait_and_nothing_is_lost_or_doubled(
    postgres_server: Running, mortal_postgres: Cluster
) -> None:
    running = postgres_server
    code = open_code(running, N_CASES)

    with reviewers_at(running, code, N_REVIEWERS) as (story, reviewers):
        wait_until(lambda: len(story.stored) >= 50, reviewers)
        mortal_postgres.stop("immediate")
        try:
            start = time.monotonic()
            refusal = ask(running, "GET", f"/api/sessions/{code}/cases/next", headers=BEARER)
            refused_in_s = time.monotonic() - start
            prediction = ask(running, "POST", "/predict", json={"features": [5.1, 3.5, 1.4, 0.2]})
            wait_until(lambda: story.refusals.get("not_saved", 0) >= 2 * N_REVIEWERS, reviewers)
            n_while_gone = len(story.stored)
        finally:
            mortal_postgres.start()

    assert n_while_gone < N_REVIEWERS * N_CASES
    assert refusal.status_code == 503
    assert refusal.json()["error"]["code"] == "not_saved"
    assert refused_in_s < 5
    assert prediction.json()["label"] == "setosa"
    # Any other answer than 200 and "not saved yet" ends the reviewers with an error.
    assert set(story.refusals) == {"not_saved"}
    check_nothing_lost_or_doubled(
        stored_in(running.database_url, code), story, N_REVIEWERS * N_CASES
    )
    assert "Traceback" not in running.stderr()


BEARER = {"Authorization": "Bearer nobody"}


def test_a_server_that_starts_without_its_database_takes_sessions_once_it_is_there(
    launch: Launch, mortal_postgres: Cluster
) -> None:
    url = mortal_postgres.make_database(new_name())
    mortal_postgres.stop("immediate")
    running = launch(SERVE, SECOND_OPINION_DATABASE_URL=url)
    start = time.monotonic()
    refusal = ask(running, "POST", "/api/sessions", json={"title": "A", "model": "iris"})
    refused_in_s = time.monotonic() - start
    mortal_postgres.start()

    assert refusal.status_code == 503
    assert refusal.json()["error"]["code"] == "not_saved"
    assert refused_in_s < 5
    wait_until(lambda: ask(running, "POST", "/api/sessions", json=ASKED).status_code == 201)
    assert url.split("@")[0].split(":")[-1] not in running.stderr()


ASKED = {"title": "A title", "model": "iris"}
