"""The REST routes, asked rightly."""

from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI

from demo import __version__
from demo.api.predictions import add_api
from models.errors import ArtefactError
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SETOSA = [5.1, 3.5, 1.4, 0.2]


@pytest.fixture(scope="module")
def lacking_reviews(catalogue: ModelCatalogue) -> "TestClient":
    """The routes of an app whose reviews model could not be loaded, without a page."""
    from starlette.testclient import TestClient

    loaded = {name: model for name, model in catalogue.loaded.items() if name != "reviews"}
    reasons = {"reviews": ArtefactError("The file is damaged; run `make train`.")}
    app = FastAPI()
    add_api(app, ModelCatalogue(catalogue.specs, loaded, reasons), most_explained=0)
    return TestClient(app)


def test_health_names_each_model_with_its_version(
    client: "TestClient", catalogue: ModelCatalogue
) -> None:
    assert client.get("/health").json() == {
        "status": "API is running!",
        "version": __version__,
        "models": {
            name: {"version": catalogue[name].metadata["sha256"][:12], "available": True}
            for name in ("tweets", "reviews", "iris")
        },
    }


def test_health_says_which_model_is_not_available(lacking_reviews: "TestClient") -> None:
    models = lacking_reviews.get("/health").json()["models"]

    assert models["reviews"] == {"version": None, "available": False}
    assert models["iris"]["available"] is True


def test_a_list_of_numbers_gets_a_class_by_number_and_by_name(
    client: "TestClient", iris: LoadedModel
) -> None:
    answer = client.post("/predict", json={"features": SETOSA}).json()

    record = dict(zip(iris.spec.field_names, SETOSA, strict=True))
    assert answer == {
        "prediction": 0,
        "label": "setosa",
        "probabilities": predict_one(iris, record).probabilities,
    }


def test_an_unusual_flower_gets_an_answer_and_a_notice(client: "TestClient") -> None:
    answer = client.post("/predict", json={"features": [5.1, 3.5, 12, 0.2]}).json()

    assert answer["label"] in ("setosa", "versicolor", "virginica")
    assert len(answer["notices"]) == 1
    assert "Petal length 12 cm" in answer["notices"][0]


def test_every_model_is_listed_with_spec_figures_and_version(
    client: "TestClient", catalogue: ModelCatalogue
) -> None:
    models = client.get("/api/models").json()["models"]

    assert [model["name"] for model in models] == list(catalogue.specs)
    for model in models:
        sound = catalogue[model["name"]]
        assert model["version"] == sound.version
        assert model["metrics"] == sound.metadata["evaluation"]["metrics"]
        assert model["spec"]["classes"] == list(sound.spec.classes)


@pytest.mark.parametrize("name", ["tweets", "reviews", "iris"])
def test_one_model_is_described_as_in_the_list(client: "TestClient", name: str) -> None:
    listed = {model["name"]: model for model in client.get("/api/models").json()["models"]}

    assert client.get(f"/api/models/{name}").json() == listed[name]


def test_a_model_that_is_not_available_is_listed_with_the_reason(
    lacking_reviews: "TestClient",
) -> None:
    model = lacking_reviews.get("/api/models/reviews").json()

    assert model["available"] is False
    assert model["reason"] == "The file is damaged; run `make train`."
    assert model["spec"]["classes"] == ["negative", "positive"]


def test_a_model_that_is_not_available_gives_no_answers(lacking_reviews: "TestClient") -> None:
    response = lacking_reviews.post(
        "/api/models/reviews/predict", json={"records": [{"text": "Fine."}]}
    )

    assert response.status_code == 503
    assert response.json()["error"] == {
        "code": "model_unavailable",
        "message": "The file is damaged; run `make train`.",
        "field": None,
    }


@pytest.mark.parametrize("count", [1, 3, 1_000])
def test_records_are_answered_in_their_order(
    client: "TestClient", iris: LoadedModel, count: int
) -> None:
    records = [dict(iris.spec.examples[place % 3].record) for place in range(count)]

    answer = client.post("/api/models/iris/predict", json={"records": records}).json()

    assert answer["model"] == "iris"
    assert answer["version"] == iris.version
    species = ["setosa", "versicolor", "virginica"] * count
    assert [item["label"] for item in answer["predictions"]] == species[:count]


def test_a_review_is_answered_as_the_predict_function_answers(
    client: "TestClient", reviews: LoadedModel
) -> None:
    record = {"text": "Not bad at all 😍", "movie": "Jaws (1975)"}

    (answer,) = ask_reviews(client, record)

    prediction = predict_one(reviews, record)
    assert answer["label"] == prediction.label
    assert answer["probabilities"] == pytest.approx(prediction.probabilities)
    assert "notices" not in answer


@pytest.mark.parametrize("movie", [None, "", "Alien", "A film of my own"])
def test_any_movie_or_none_gives_the_same_answer(client: "TestClient", movie: str | None) -> None:
    record = {"text": "Not bad at all"}

    assert ask_reviews(client, record | {"movie": movie}) == ask_reviews(client, record)


def ask_reviews(client: "TestClient", record: dict[str, Any]) -> list[dict[str, Any]]:
    response = client.post("/api/models/reviews/predict", json={"records": [record]})
    assert response.status_code == 200, response.text
    return list(response.json()["predictions"])


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"]
)
def test_json_is_read_under_each_of_its_names(client: "TestClient", content_type: str) -> None:
    response = client.post(
        "/predict",
        content=b'{"features": [5.1, 3.5, 1.4, 0.2]}',
        headers={"content-type": content_type},
    )

    assert response.json()["label"] == "setosa"


def test_a_body_of_one_million_bytes_is_read(client: "TestClient") -> None:
    body = b'{"features": [5.1, 3.5, 1.4, 0.2]}'.ljust(1_000_000)

    response = client.post("/predict", content=body, headers={"content-type": "application/json"})

    assert response.json()["label"] == "setosa"


@pytest.mark.parametrize("path", ["/health", "/api/models", "/api/models/iris"])
def test_every_answer_says_that_it_is_json(client: "TestClient", path: str) -> None:
    assert client.get(path).headers["content-type"] == "application/json"


def test_the_page_stands_beside_the_routes(client: "TestClient") -> None:
    response = client.get("/")

    assert response.headers["content-type"].startswith("text/html")
    assert "Second Opinion" in response.text


@pytest.mark.parametrize("path", ["/monitoring/summary", "/gradio_api/monitoring/summary"])
def test_nobody_can_watch_the_others(client: "TestClient", path: str) -> None:
    assert "total_requests" not in client.get(path).text
