"""An app with a model of a category and a number: REST, what /docs says of it, and its page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from mushrooms import SPEC, train_mushrooms
from reviewing import checked, join, open_session

from demo.render.words import record_text
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PREDICT = "/api/models/mushrooms/predict"
FOUL = {"odour": "foul", "cap": 4.0}


@pytest.fixture(scope="module")
def mushrooms(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    return train_mushrooms(tmp_path_factory.mktemp("mushrooms"))


@pytest.fixture(scope="module")
def client(asking: Any, mushrooms: LoadedModel) -> "Iterator[TestClient]":
    with asking(ModelCatalogue({SPEC.name: SPEC}, {SPEC.name: mushrooms}, {})) as client:
        yield client


def test_a_category_is_answered_as_the_predict_function_answers(
    client: "TestClient", mushrooms: LoadedModel
) -> None:
    answer = client.post(PREDICT, json={"records": [FOUL], "explain": True}).json()

    (prediction,) = answer["predictions"]
    assert prediction["label"] == "poisonous"
    assert prediction["probabilities"] == predict_one(mushrooms, FOUL).probabilities
    assert prediction["explanation"]["kind"] == "occlusion"
    assert prediction["explanation"]["flip"]["odour"]["value"] == "none"


@pytest.mark.parametrize("odour", ["pink", "", None, 3, ["foul"]])
def test_what_is_no_choice_is_refused_in_one_sentence(client: "TestClient", odour: object) -> None:
    answer = client.post(PREDICT, json={"records": [FOUL | {"odour": odour}]})

    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["field"] == "records[0].odour"
    assert "one of" in error["message"]
    assert "none, almond, foul" in error["message"]


def test_the_document_lists_the_choices(client: "TestClient") -> None:
    paths = client.get("/openapi.json").json()["paths"]

    body = paths[PREDICT]["post"]["requestBody"]["content"]["application/json"]
    record = body["schema"]["properties"]["records"]["items"]
    assert record["properties"]["odour"]["enum"] == ["none", "almond", "foul"]
    assert record["required"] == ["odour", "cap"]
    for example in body["examples"].values():
        assert client.post(PREDICT, json=example["value"]).status_code == 200


def test_only_a_model_of_numbers_alone_answers_a_list_of_numbers(client: "TestClient") -> None:
    assert "/predict" not in client.get("/openapi.json").json()["paths"]


def test_the_page_has_a_choice_for_it(client: "TestClient") -> None:
    components = client.get("/config").json()["components"]

    (field,) = (item for item in components if item["props"].get("elem_id") == "field-odour")
    assert field["type"] == "dropdown"
    assert [value for value, _ in field["props"]["choices"]] == ["none", "almond", "foul"]
    assert field["props"]["value"] == "none"


def test_the_page_s_own_event_answers_a_choice(client: "TestClient") -> None:
    config = client.get("/config").json()
    by_id = {item["id"]: item["props"].get("elem_id") for item in config["components"]}
    button = next(key for key, name in by_id.items() if str(name).startswith("analyse-"))
    (event,) = (item for item in config["dependencies"] if [button, "click"] in item["targets"])
    values = {"field-odour": "foul", "field-cap": 4.0}
    data = [values.get(by_id[key] or "", "mushrooms") for key in event["inputs"]]

    answer = client.post(
        "/gradio_api/run/predict",
        json={"data": data, "fn_index": event["id"], "session_hash": "x"},
    ).json()

    assert "poisonous" in str(answer["data"])
    assert "Odour" in str(answer["data"])


def test_a_session_about_it_is_judged_disputed_and_reported(client: "TestClient") -> None:
    session = open_session(client, model="mushrooms", cases=[FOUL, FOUL | {"odour": "almond"}])
    anna, ben = join(session, "Anna"), join(session, "Ben")
    case = anna.next_id()
    checked(anna.judge(case, verdict="agree"))
    checked(ben.judge(case, verdict="disagree", label="edible"))

    board = checked(session.ask("get"))
    checked(session.close())
    report = session.ask("get", "/report").text

    assert str(case) in str(board)
    assert record_text(FOUL) == "odour foul, cap 4"
    assert "Odour" in report
    assert "foul" in report
