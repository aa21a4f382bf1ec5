from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import anyio
import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from demo.api import explain_slots, predictions
from demo.api.errors import RequestError
from demo.api.explain_slots import explain_each, explain_slot
from demo.api.predictions import add_api
from demo.sessions.predictions import Busy, PredictionCache
from demo.settings import Settings
from models.registry import LoadedModel, ModelCatalogue

TWEETS = "/api/models/tweets/predict"
LONG_S = 30


@pytest.fixture(scope="module")
def app(catalogue: ModelCatalogue) -> FastAPI:
    app = FastAPI()
    add_api(app, catalogue, Settings().max_explained_characters)
    return app


@pytest.fixture(scope="module")
def asking(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def ask(client: TestClient, lengths: list[int], explain: bool = True) -> Any:
    records = [{"text": "so good " * (length // 8)} for length in lengths]
    return client.post(TWEETS, json={"records": records, "explain": explain})


def test_texts_are_explained_up_to_a_number_of_characters_together(asking: TestClient) -> None:
    most = Settings().max_explained_characters

    refused = ask(asking, [5_000] * (most // 5_000) + [8])

    assert refused.status_code == 422
    assert refused.json()["error"] == {
        "code": "invalid_record",
        "message": (
            f"The texts have {most + 8:,} characters together; at most {most:,} are explained at a "
            "time. Send fewer records, or leave explain out."
        ),
        "field": "records",
    }
    assert ask(asking, [5_000] * (most // 5_000) + [8], explain=False).status_code == 200


def test_the_limit_is_a_setting(catalogue: ModelCatalogue) -> None:
    app = FastAPI()
    add_api(app, catalogue, 1_000)

    with TestClient(app) as client:
        assert ask(client, [500, 480]).status_code == 200
        assert ask(client, [500, 480, 80]).status_code == 422


def test_numbers_are_explained_however_many(asking: TestClient, iris: LoadedModel) -> None:
    records = [dict(iris.spec.examples[0].record)] * 60

    answer = asking.post("/api/models/iris/predict", json={"records": records, "explain": True})

    assert len(answer.json()["predictions"]) == 60


def test_a_record_that_is_none_is_named_by_its_place(asking: TestClient) -> None:
    body = {"records": [{"text": "fine"}, "no record"], "explain": True}

    assert asking.post(TWEETS, json=body).json()["error"]["field"] == "records[1]"


def test_who_waits_too_long_is_told_when_to_come_again(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, begun = Event(), Event()

    def blocked(model: LoadedModel, place: int, record: Any) -> dict[str, Any]:
        begun.set()
        free.wait(LONG_S)
        return {}

    monkeypatch.setattr(predictions, "explain_record", blocked)
    monkeypatch.setattr(explain_slots, "SLOTS", anyio.Semaphore(1))
    monkeypatch.setattr(explain_slots, "WAIT_S", 0.1)
    with TestClient(app) as client:
        first = Thread(target=ask, args=(client, [80]))
        first.start()
        assert begun.wait(LONG_S)
        refused = ask(client, [80])
        unexplained = ask(client, [80], explain=False)
        free.set()
        first.join()
        later = ask(client, [80])

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert refused.json()["error"] == {
        "code": "busy",
        "message": "Many texts are being explained; try again in a moment.",
        "field": None,
    }
    assert (unexplained.status_code, later.status_code) == (200, 200)


def test_nothing_more_is_explained_for_a_client_that_has_left() -> None:
    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    request, worked = Request({"type": "http"}, receive), list[int]()

    async def run() -> None:
        with pytest.raises(RequestError, match="has left"):
            await explain_each(request, lambda place, _: worked.append(place), ["one", "two"])
        async with explain_slot():
            pass

    anyio.run(run)
    assert worked == []


def test_two_texts_are_explained_at_once_for_the_page(
    catalogue: ModelCatalogue, iris: LoadedModel
) -> None:
    answers = PredictionCache()
    answers.lock.timeout_s = 0.01
    with answers.lock.hold():
        with answers.lock.hold():
            with pytest.raises(Busy):
                answers.fresh(catalogue["tweets"], {"text": "fine"})
            with pytest.raises(Busy):
                answers.answer(catalogue["tweets"], {"text": "fine"})
            assert answers.fresh(iris, iris.spec.examples[0].record)
        assert answers.answer(catalogue["tweets"], {"text": "fine"}).prediction.label == "positive"


def test_the_page_says_that_it_is_busy(catalogue: ModelCatalogue) -> None:
    from demo.ui.predict_tab import PredictTab

    answers = PredictionCache()
    answers.lock.timeout_s, answers.lock.n_places = 0.01, 0

    shown = PredictTab([catalogue["tweets"]], answers).answer("tweets", {"text": "fine"})

    assert any("try again in a moment" in str(part) for part in shown)
