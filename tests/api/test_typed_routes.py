"""A route that is written as FastAPI means it needs nothing else to be read and refused like the others."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field
from refusing import JSON, PLAIN
from reviewing import bearer
from starlette.testclient import TestClient

from demo.api.deps import ReviewerToken
from demo.api.errors import describe_errors
from demo.api.predictions import add_api
from demo.api.sessions import add_session_api
from demo.sessions.service import SessionService
from models.registry import ModelCatalogue


class Parcel(BaseModel):
    weight: int = Field(gt=0)
    label: str = "none"


@pytest.fixture(scope="module")
def typed(catalogue: ModelCatalogue) -> Iterator[TestClient]:
    app = FastAPI()
    add_api(app, catalogue, most_explained=0)

    def refuse_store() -> Any:
        pytest.fail("No database is needed.")

    add_session_api(app, SessionService(catalogue, refuse_store))

    @app.post("/parcels/{number}", responses=describe_errors(401, 422))
    def send_parcel(number: int, parcel: Parcel, token: ReviewerToken) -> dict[str, Any]:
        return {"number": number, "weight": parcel.weight, "token": token}

    with TestClient(app) as client:
        yield client


def test_a_typed_route_is_answered(typed: TestClient) -> None:
    answer = typed.post("/parcels/7", json={"weight": 2}, headers=bearer("a token"))

    assert (answer.status_code, answer.json()) == (
        200,
        {"number": 7, "weight": 2, "token": "a token"},
    )


@pytest.mark.parametrize("body", [b"", b"{", b'{"weight": 0}', b'{"weight": 2}'])
@pytest.mark.parametrize("content_type", [JSON, PLAIN])
def test_who_has_no_token_is_told_nothing_else(
    typed: TestClient, body: bytes, content_type: dict[str, str]
) -> None:
    answer = typed.post("/parcels/7", content=body, headers=content_type)

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "no_token")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("number", "body", "status", "code", "field", "message"),
    [
        ("7", b"", 400, "not_json", None, "not JSON"),
        ("7", b"{", 400, "not_json", None, "not JSON"),
        ("7", b"[" * 200_000, 400, "not_json", None, "not JSON"),
        ("7", b"9" * 5_000, 400, "not_json", None, "not JSON"),
        ("7", b"null", 422, "invalid_request", "weight", 'an object with "weight"'),
        ("7", b"[1]", 422, "invalid_request", "weight", 'an object with "weight"'),
        ("7", b"{}", 422, "invalid_request", "weight", 'an object with "weight"'),
        (
            "7",
            b'{"weight": "x"}',
            422,
            "invalid_request",
            "weight",
            "must be a whole number, but 'x'",
        ),
        (
            "7",
            b'{"weight": 1.5}',
            422,
            "invalid_request",
            "weight",
            "must be a whole number, but 1.5",
        ),
        ("7", b'{"weight": NaN}', 422, "invalid_request", "weight", "nan"),
        ("7", b'{"weight": 0}', 422, "invalid_request", "weight", "greater than 0"),
        (
            "7",
            b'{"weight": 1, "label": 3}',
            422,
            "invalid_request",
            "label",
            "must be a text, but 3",
        ),
        (
            "x",
            b'{"weight": 1}',
            422,
            "invalid_request",
            "number",
            "must be a whole number, but 'x'",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_a_typed_route_does_not_take_is_refused_in_the_one_shape(
    typed: TestClient,
    number: str,
    body: bytes,
    status: int,
    code: str,
    field: str | None,
    message: str,
) -> None:
    answer = typed.post(f"/parcels/{number}", content=body, headers=JSON | bearer("a token"))

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)
    assert message in error["message"]


def test_another_content_type_is_refused(typed: TestClient) -> None:
    answer = typed.post("/parcels/7", content=b'{"weight": 1}', headers=PLAIN | bearer("a token"))

    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "wrong_content_type")


def test_a_typed_route_is_described_with_the_one_shape(typed: TestClient) -> None:
    document = typed.get("/openapi.json").json()

    operation = document["paths"]["/parcels/{number}"]["post"]
    assert operation["security"] == [{"reviewer": []}]
    refused = operation["responses"]["422"]["content"]["application/json"]["schema"]
    assert refused == {"$ref": "#/components/schemas/ErrorAnswer"}
    assert "HTTPValidationError" not in str(document)


@pytest.mark.parametrize(("method", "path"), [("get", "/parcels/7"), ("get", "/api/sessions")])
def test_another_method_is_refused(typed: TestClient, method: str, path: str) -> None:
    answer = typed.request(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["error"]["code"] == "wrong_method"


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000", "", "x" * 5_000])
def test_no_name_of_a_field_breaks_a_route(typed: TestClient, name: str) -> None:
    body = f'{{"title": "A", "model": "iris", "{name}": 1}}'.encode()

    answer = typed.post("/api/sessions", content=body, headers=JSON)

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_session")
    assert "There is no field" in answer.json()["error"]["message"]
