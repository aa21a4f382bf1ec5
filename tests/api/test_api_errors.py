"""The REST routes, asked wrongly: always a 4xx of one shape, and described in OpenAPI."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from starlette.testclient import TestClient

IRIS, REVIEWS, TWEETS = (f"/api/models/{name}/predict" for name in ("iris", "reviews", "tweets"))
JSON = {"content-type": "application/json"}

Refusal = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def refusal(client: "TestClient") -> Refusal:
    """Send a request; return the error of its answer after checking shape and description."""
    paths = client.get("/openapi.json").json()["paths"]

    def refusal(
        status: int, path: str, body: Any = b"", method: str = "post", headers: Any = None
    ) -> dict[str, Any]:
        content = body if isinstance(body, bytes | Iterator) else json.dumps(body).encode()
        response = client.request(
            method, path, content=content, headers=JSON if headers is None else headers
        )
        assert response.status_code == status, response.text
        assert list(response.json()) == ["error"]
        error: dict[str, Any] = response.json()["error"]
        assert list(error) == ["code", "message", "field"]
        assert error["message"].isprintable()
        assert len(error["message"]) < 500
        if operations := paths.get(path):
            described = operations.get(method) or next(iter(operations.values()))
            assert str(status) in described["responses"]
        return error

    return refusal


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'text': 1}",
        b'{"features": [5.1, 3.5, 1.4, 0.2]',
        b"<html>",
        b"\xff\xfe\x00",
        b'{"features": "\xff"}',
        b"[" * 400_000,
        b'{"features": [' + b"9" * 5_000 + b", 1, 1, 1]}",
    ],
    ids=lambda body: repr(body[:20]),
)
@pytest.mark.parametrize("path", ["/predict", IRIS])
def test_what_is_no_json_is_refused(refusal: Refusal, path: str, body: bytes) -> None:
    assert refusal(400, path, body)["code"] == "not_json"


@pytest.mark.parametrize("body", [None, 7, "text", [], [1, 2], {}, {"texts": []}, True])
def test_a_body_without_the_field_is_refused(refusal: Refusal, body: Any) -> None:
    assert refusal(422, REVIEWS, body)["field"] == "records"
    assert refusal(422, "/predict", body)["field"] == "features"


def test_an_unknown_field_of_the_body_is_named(refusal: Refusal) -> None:
    assert "modle" in refusal(422, REVIEWS, {"records": [{"text": "x"}], "modle": 1})["message"]


@pytest.mark.parametrize("records", [[], [{"text": "x"}] * 1_001, {"text": "x"}, "x", None, 3])
def test_records_must_be_a_list_of_1_to_1000(refusal: Refusal, records: Any) -> None:
    error = refusal(422, REVIEWS, {"records": records})

    assert error["field"] == "records"
    assert "1 to 1,000" in error["message"]


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "\u200b", "x" * 20_001, "a\x00b", "\x1b[31m", "\ud800", None, 5, True, [], {}],
    ids=lambda text: repr(text)[:12],
)
def test_a_text_that_cannot_be_read_is_refused_at_its_place(refusal: Refusal, text: Any) -> None:
    error = refusal(422, REVIEWS, {"records": [{"text": "Fine."}, {"text": text}]})

    assert error["code"] == "invalid_record"
    assert error["field"] == "records[1].text"


def test_a_tweet_may_be_shorter_than_a_review(refusal: Refusal) -> None:
    message = refusal(422, TWEETS, {"records": [{"text": "x" * 5_001}]})["message"]

    assert "5,001" in message
    assert "5,000" in message


@pytest.mark.parametrize("movie", ["x" * 201, "a\x00b", "\udfff", 7, True, ["Alien"]])
def test_a_movie_that_cannot_be_read_is_refused(refusal: Refusal, movie: Any) -> None:
    error = refusal(422, REVIEWS, {"records": [{"text": "Fine.", "movie": movie}]})

    assert error["field"] == "records[0].movie"


@pytest.mark.parametrize("name", ["txet", "", "\ud800", "\x00", "x" * 10_000, "<b>"])
def test_an_unknown_field_of_a_record_is_refused(refusal: Refusal, name: str) -> None:
    error = refusal(422, REVIEWS, {"records": [{"text": "Fine.", name: "x"}]})

    assert "There is no field" in error["message"]
    assert error["field"].startswith("records[0]")


@pytest.mark.parametrize("record", [None, 7, "Fine.", ["Fine."], True])
def test_a_record_that_is_no_object_is_refused(refusal: Refusal, record: Any) -> None:
    assert refusal(422, REVIEWS, {"records": [record]})["field"] == "records[0]"


def test_a_missing_feature_is_named(refusal: Refusal) -> None:
    assert (
        refusal(422, IRIS, {"records": [{"sepal_length": 5}]})["field"] == "records[0].sepal_width"
    )


@pytest.mark.parametrize("features", [[], [5.1, 3.5, 1.4], [5.1] * 5, 5.1, "5.1", {}, None])
def test_a_wrong_number_of_features_is_refused(refusal: Refusal, features: Any) -> None:
    error = refusal(422, "/predict", {"features": features})

    assert error["field"] == "features"
    assert "4 numbers" in error["message"]


@pytest.mark.parametrize(
    "literal",
    [
        *("NaN", "Infinity", "-Infinity", "1e999", "-1e999"),
        *("true", "false", "null", '"5.1"', "[5.1]", "{}"),
        *("0", "-0.0", "-1", "30.01", "1e300", "9" * 400, "-" + "9" * 400),
    ],
    ids=lambda literal: literal[:10],
)
def test_what_no_iris_measures_is_refused_at_its_place(refusal: Refusal, literal: str) -> None:
    listed = refusal(422, "/predict", f'{{"features": [5.1, 3.5, {literal}, 0.2]}}'.encode())
    flower = f'"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": {literal}'
    named = refusal(422, IRIS, f'{{"records": [{{{flower}, "petal_width": 0.2}}]}}'.encode())

    assert listed["field"] == "features[2]"
    assert named["field"] == "records[0].petal_length"
    assert listed["message"] == named["message"]
    assert "above 0 and up to 30 cm" in listed["message"]


def test_no_depth_of_nesting_is_too_much(client: "TestClient") -> None:
    for depth in range(500, 1_000, 7):
        nested = b"[" * depth + b"]" * depth
        body = b'{"records": [{"text": ' + nested + b"}]}"
        assert client.post(REVIEWS, content=body, headers=JSON).status_code in (400, 422)


@pytest.mark.parametrize("path", ["/predict", REVIEWS])
def test_a_body_over_one_megabyte_is_refused(refusal: Refusal, path: str) -> None:
    assert refusal(413, path, b" " * 1_000_001)["code"] == "too_large"


def test_a_body_that_does_not_tell_its_length_is_refused_when_it_is_too_long(
    refusal: Refusal,
) -> None:
    assert refusal(413, REVIEWS, iter([b" " * 400_000] * 3))["code"] == "too_large"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json", "é"],
)
def test_a_body_of_another_content_type_is_refused(refusal: Refusal, content_type: str) -> None:
    headers = {"content-type": content_type.encode()}

    error = refusal(415, "/predict", {"features": [1, 1, 1, 1]}, headers=headers)

    assert error["code"] == "wrong_content_type"
    assert "Content-Type: application/json" in error["message"]


def test_a_body_without_a_content_type_is_refused(refusal: Refusal) -> None:
    refusal(415, REVIEWS, {"records": [{"text": "Fine."}]}, headers={})


@pytest.mark.parametrize("name", ["plums", "IRIS", "<b>", "%00", "x" * 500, "..%2f", "é"])
def test_an_unknown_model_is_refused_with_those_there_are(refusal: Refusal, name: str) -> None:
    for method, path in (("get", ""), ("post", "/predict")):
        error = refusal(404, f"/api/models/{name}{path}", b"{}", method)
        assert error["code"] in ("unknown_model", "unknown_path")
    if "/" not in name and "%2f" not in name:
        assert "tweets, reviews, iris" in error["message"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/plums", "/api/models/iris/predict/7"])
def test_an_unknown_path_is_refused(refusal: Refusal, path: str) -> None:
    assert refusal(404, path, b"", "get")["code"] == "unknown_path"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("get", "/predict"), ("put", "/predict"), ("delete", IRIS), ("get", IRIS)),
        *(("post", "/health"), ("delete", "/api/models"), ("patch", "/api/models/iris")),
    ],
)
def test_a_wrong_method_is_refused(refusal: Refusal, method: str, path: str) -> None:
    error = refusal(405, path, b"{}", method)

    assert error["code"] == "wrong_method"
    assert method.upper() in error["message"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        *(("/predict", "POST"), (IRIS, "POST"), ("/health", "GET"), ("/api/models/iris", "GET")),
        *(("/api/sessions", "POST"), ("/api/sessions/code/cases/1/verdict", "PUT")),
    ],
)
def test_a_wrong_method_is_told_the_right_one(
    client: "TestClient", path: str, allowed: str
) -> None:
    for method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} - {allowed}:
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == allowed


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(value=JSON_VALUES)
def test_no_json_at_all_breaks_a_route(client: "TestClient", value: Any) -> None:
    for path, body in (("/predict", {"features": value}), (REVIEWS, {"records": [value]})):
        response = client.post(path, content=json.dumps(body).encode(), headers=JSON)
        assert response.status_code in (200, 422)
        assert response.json()
