"""A model that was brought along, at the same routes as those of the app."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest
from reviewing import join, open_session
from shelf import penguin_pipeline, penguins, save_skops

from models.formats.reading import read_artefact
from models.own.description import Brought
from models.own.loading import load_opened
from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]
PENGUIN = {
    "island": "Biscoe",
    "bill_length_mm": 39.5,
    "bill_depth_mm": None,
    "body_mass_g": 3575,
    "tagged": False,
}


@pytest.fixture(scope="module")
def catalogue_of_one(tmp_path_factory: pytest.TempPathFactory) -> ModelCatalogue:
    folder = tmp_path_factory.mktemp("own")
    path = save_skops(penguin_pipeline(), folder / "penguins.skops")
    penguins().to_csv(folder / "penguins.csv", index=False)
    brought = Brought(str(path), examples=folder / "penguins.csv", label="species")
    model = load_opened(brought, read_artefact(brought.describe()), [])
    return ModelCatalogue({"penguins": model.spec}, {"penguins": model}, {})


@pytest.fixture(scope="module")
def own(asking: Asking, catalogue_of_one: ModelCatalogue) -> "Iterator[TestClient]":
    with asking(catalogue_of_one) as client:
        yield client


def test_it_answers_and_says_why(own: "TestClient") -> None:
    answer = own.post(
        "/api/models/penguins/predict", json={"records": [PENGUIN], "explain": True}
    ).json()

    prediction = answer["predictions"][0]
    assert prediction["label"] == "Adelie"
    assert prediction["explanation"]["kind"] == "exact"
    assert set(prediction["explanation"]["flip"]) == set(PENGUIN)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("tagged", "perhaps", "Tagged must be true or false"),
        ("island", "Malta", "Island must be one of Biscoe, Dream, Torgersen"),
        ("body_mass_g", 1.5, "Body mass is 1.5, which is not possible; give a whole number."),
        ("bill_length_mm", None, "Bill length is empty; give a number."),
    ],
)
def test_another_value_is_refused(own: "TestClient", field: str, value: object, said: str) -> None:
    response = own.post(
        "/api/models/penguins/predict", json={"records": [PENGUIN | {field: value}]}
    )

    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith(said)
    assert response.json()["error"]["field"] == f"records[0].{field}"


def test_spec_card_file_and_regions_are_there(
    own: "TestClient", catalogue_of_one: ModelCatalogue
) -> None:
    assert own.get("/api/models/penguins").json()["metrics"]["accuracy"] > 0.9
    assert own.get("/api/models/penguins/card").text == catalogue_of_one["penguins"].card
    file = own.get("/api/models/penguins/pipeline")
    assert file.content == catalogue_of_one["penguins"].read_pipeline()
    assert file.headers["content-disposition"].endswith('.skops"')
    body = {"record": PENGUIN, "x": "bill_length_mm", "y": "body_mass_g"}
    regions = own.post("/api/models/penguins/regions", json=body).json()
    assert regions["classes"] == ["Adelie", "Chinstrap", "Gentoo"]
    assert own.get("/openapi.json").status_code == 200


def test_a_session_judges_it_to_the_signed_report(own: "TestClient") -> None:
    session = open_session(own, model="penguins", cases=[PENGUIN])
    reviewer = join(session)

    case = reviewer.next()["case"]
    judged = reviewer.judge(case["id"], verdict="disagree", label="Gentoo")
    closed = session.close(decision="reject")

    assert case["record"] == PENGUIN
    assert judged.status_code == 200, judged.text
    assert closed.status_code == 200, closed.text
    report = session.ask("get", "/report").text
    assert "Bill length" in report
    assert "Gentoo" in report
