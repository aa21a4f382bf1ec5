"""The endpoints of the page, called as Gradio's own client and curl call them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from gradio_client import Client  # type: ignore[import-untyped]
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]

from demo.sessions.predictions import PredictionCache
from demo.ui.endpoints import endpoint_for
from demo.ui.predict_tab import PredictTab
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SETOSA = (5.1, 3.5, 1.4, 0.2)
ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def gradio_client(server: str) -> Iterator[Client]:
    client = Client(server, verbose=False)
    yield client
    client.close()


def test_each_subject_has_one_endpoint_with_typed_parameters(gradio_client: Client) -> None:
    described: Any = gradio_client.view_api(return_format="dict", print_info=False)

    endpoints = {
        name: [
            (item["parameter_name"], item["python_type"]["type"]) for item in endpoint["parameters"]
        ]
        for name, endpoint in described["named_endpoints"].items()
    }
    assert endpoints == {
        "/sentiment": [("text", "str"), ("model", "str"), ("movie", "str")],
        "/iris": [
            *(("sepal_length", "float"), ("sepal_width", "float")),
            *(("petal_length", "float"), ("petal_width", "float")),
        ],
    }
    assert described["unnamed_endpoints"] == {}


def test_each_endpoint_says_what_it_does(gradio_client: Client) -> None:
    described: Any = gradio_client.view_api(return_format="dict", print_info=False)

    for endpoint in described["named_endpoints"].values():
        assert "Label, probabilities and notices for one record." in endpoint["description"]


def test_a_flower_is_answered_as_the_predict_function_answers(
    gradio_client: Client, iris: LoadedModel
) -> None:
    answer = gradio_client.predict(*SETOSA, api_name="/iris")

    record = dict(zip(iris.spec.field_names, SETOSA, strict=True))
    assert answer["label"] == "setosa"
    assert answer["probabilities"] == pytest.approx(predict_one(iris, record).probabilities)
    assert answer["notices"] == []


def test_a_review_is_read_by_the_model_that_was_named(
    gradio_client: Client, reviews: LoadedModel
) -> None:
    answer = gradio_client.predict("Not bad at all", "reviews", "Alien", api_name="/sentiment")

    prediction = predict_one(reviews, {"text": "Not bad at all"})
    assert answer["probabilities"] == pytest.approx(prediction.probabilities)


def test_a_text_alone_is_read_as_a_tweet(gradio_client: Client) -> None:
    answer = gradio_client.predict(text="so happy today", api_name="/sentiment")

    assert list(answer["probabilities"]) == ["negative", "neutral", "positive"]


def test_an_unusual_flower_gets_a_notice(gradio_client: Client) -> None:
    answer = gradio_client.predict(5.1, 3.5, 12, 0.2, api_name="/iris")

    assert "Petal length 12 cm" in answer["notices"][0]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((" ", "reviews", ""), "Text is empty"),
        (("x" * 20_001, "reviews", ""), "at most 20,000"),
        (("a\x00b", "reviews", ""), "U+0000"),
        ((7, "reviews", ""), "must be"),
        (("x", "plums", ""), "choose one of: tweets, reviews"),
        (("x", "reviews", "m" * 201), "at most 200"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_bad_text_is_an_error_with_its_message(
    gradio_client: Client, values: tuple[Any, ...], words: str
) -> None:
    with pytest.raises(AppError, match=re.escape(words)):
        gradio_client.predict(*values, api_name="/sentiment")


@pytest.mark.parametrize("value", [0, -1, 31, "wide", None, True, [5.1]])
def test_a_bad_measurement_is_an_error_with_its_message(
    gradio_client: Client, value: object
) -> None:
    with pytest.raises(AppError, match="Petal length"):
        gradio_client.predict(5.1, 3.5, value, 0.2, api_name="/iris")


def test_no_message_carries_markup_that_a_caller_sent(gradio_client: Client) -> None:
    with pytest.raises(AppError) as caught:
        gradio_client.predict("x", ATTACK, "", api_name="/sentiment")

    assert "<" not in str(caught.value)
    assert "&lt;img" in str(caught.value)


@pytest.mark.parametrize(
    "data", [["", "reviews", ""], ["x", "plums", ""], [{"a": 1}, "tweets", ""]], ids=repr
)
def test_curl_gets_a_4xx_with_a_message_for_bad_input(server: str, data: list[Any]) -> None:
    url = f"{server}/gradio_api/run/sentiment"

    response = httpx.post(url, json={"data": data}, timeout=30, trust_env=False)

    assert response.status_code == 422
    assert response.json()["error"]


def test_curl_gets_an_answer_past_the_queue(server: str) -> None:
    url = f"{server}/gradio_api/run/iris"

    response = httpx.post(url, json={"data": SETOSA}, timeout=30, trust_env=False)

    assert response.json()["data"][0]["label"] == "setosa"


@pytest.mark.parametrize(
    "literal", ['"\\ud800"', '"\\u0000"', "1e999", "9" * 400], ids=lambda part: part[:8]
)
def test_no_json_literal_breaks_an_endpoint(client: "TestClient", literal: str) -> None:
    body = f'{{"data": [5.1, 3.5, {literal}, 0.2]}}'
    headers = {"content-type": "application/json"}

    response = client.post("/gradio_api/run/iris", content=body, headers=headers)

    assert response.status_code == 422
    assert "Petal length" in response.text


def test_the_endpoint_of_a_subject_with_one_model_does_not_ask_which(
    catalogue: ModelCatalogue,
) -> None:
    endpoint = endpoint_for(PredictTab([catalogue["reviews"]], PredictionCache()))

    assert endpoint("Not bad at all", "Alien")["label"] in ("negative", "positive")
    assert list(endpoint.__annotations__) == ["text", "movie", "return"]
