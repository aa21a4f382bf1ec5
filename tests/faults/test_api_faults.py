"""The routes of review sessions with a database at fault: what is said, and what is kept."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reviewing import RECORDS, bearer, checked, join, open_session, service_of
from running import free_port
from storing import store_of

from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]
TITLED = {"title": "A title", "model": "iris"}


@pytest.fixture(params=["sqlite", "postgresql"])
def missing_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that is not there."""
    (tmp_path / "file").touch()
    return {
        "sqlite": f"sqlite:///{tmp_path}/file/reviews.db",
        "postgresql": f"postgresql://anna:secret@127.0.0.1:{free_port()}/reviews",
    }[request.param]


def test_without_a_database_a_request_may_be_sent_again_and_predictions_go_on(
    asking: Asking, catalogue: ModelCatalogue, missing_url: str
) -> None:
    with asking(catalogue, missing_url) as client:
        refused = [
            client.post("/api/sessions", json=TITLED),
            client.get("/api/sessions/2222-2222-2222-2222", headers=bearer("x")),
        ]
        predicted = client.post("/predict", json={"features": [5.1, 3.5, 1.4, 0.2]})

    for response in refused:
        assert response.status_code == 503
        assert response.headers["retry-after"] == "1"
        assert response.json()["error"]["code"] == "not_saved"
        assert "secret" not in response.text
    assert predicted.json()["label"] == "setosa"


def test_a_database_that_comes_back_is_used_again(
    asking: Asking, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    (tmp_path / "folder").touch()
    with asking(catalogue, f"sqlite:///{tmp_path}/folder/reviews.db") as client:
        response = client.post("/api/sessions", json=TITLED)
        (tmp_path / "folder").unlink()
        deadline = time.monotonic() + 20
        while response.status_code == 503 and time.monotonic() < deadline:
            time.sleep(float(response.headers["retry-after"]) / 10)
            response = client.post("/api/sessions", json=TITLED)

    assert response.status_code == 201


def test_a_full_disk_is_told_and_what_was_there_is_kept(
    asking: Asking, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    with asking(catalogue, f"sqlite:///{tmp_path}/reviews.db") as client:
        reviewer = join(open_session(client, cases=RECORDS))
        case = reviewer.next_id()
        kept = checked(reviewer.judge(case, verdict="agree"))
        with closing(sqlite3.connect(tmp_path / "reviews.db")) as connection:
            # What the migrations have left free is used before the file grows.
            connection.execute("VACUUM")
        with store_of(service_of(client)).database.writer.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")

        response = client.post("/api/sessions", json=TITLED | {"purpose": "x" * 4_000})

        assert response.status_code == 507
        assert response.json()["error"]["code"] == "disk_full"
        (row,) = reviewer.rows()
        assert row.changed_at == kept["changed_at"]
