"""The short way to the routes that predict: the same answers as through every check."""

from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient as Client

from demo.access.direct import DirectRoutes

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON = {"content-type": "application/json"}
# A page of the app's own sends this: so the request goes through every check.
OWN_PAGE = {"origin": "http://testserver"}
FLOWER = b'{"features": [5.1, 3.5, 1.4, 0.2]}'
REVIEW = b'{"records": [{"text": "A good film"}]}'


@pytest.mark.parametrize(
    ("path", "content", "content_type", "status"),
    [
        ("/predict", FLOWER, "application/json", 200),
        ("/predict", FLOWER, "application/vnd.flower+json; charset=utf-8", 200),
        ("/predict", b'{"features": [5.1, 3.5, 1.4, 99]}', "application/json", 422),
        ("/predict", b'{"features": 1}', "application/json", 422),
        ("/predict", b"[", "application/json", 400),
        ("/predict", FLOWER, "text/plain", 415),
        ("/predict", b"0" * 1_000_001, "application/json", 413),
        ("/api/models/reviews/predict", REVIEW, "application/json", 200),
        ("/api/models/reviews/predict", REVIEW[:-1] + b', "explain": true}', JSON, 200),
        ("/api/models/reviews/predict", b'{"records": []}', "application/json", 422),
        ("/api/models/nothing/predict", REVIEW, "application/json", 404),
    ],
)
def test_the_short_way_gives_the_same_answer(
    client: "TestClient", path: str, content: bytes, content_type: Any, status: int
) -> None:
    sent = JSON if content_type is JSON else {"content-type": content_type}

    short = client.post(path, content=content, headers=sent)
    checked = client.post(path, content=content, headers=sent | OWN_PAGE)

    assert short.status_code == checked.status_code == status
    assert short.content == checked.content
    # These say to whom an answer with an origin is shown.
    shared = {"vary", "access-control-allow-origin"}
    headers = {name: text for name, text in checked.headers.items() if name not in shared}
    assert dict(short.headers) == headers
    assert headers["cache-control"] == "no-store"


def test_another_method_is_refused_in_the_same_words(client: "TestClient") -> None:
    answer = client.get("/predict")

    assert answer.status_code == 405
    assert answer.json()["error"]["message"] == "GET is not possible here; send POST."


@pytest.fixture(scope="module")
def direct() -> Client:
    """An app that says which way a request took."""
    app = FastAPI()

    @app.post("/predict")
    async def through_checks() -> PlainTextResponse:
        return PlainTextResponse("checked")

    async def answer(_: Request) -> Response:
        return PlainTextResponse("direct", headers={"cache-control": "public"})

    app.add_middleware(
        DirectRoutes,
        endpoints={"/predict": answer},
        limit_of=lambda _: 5,
        headers=[(b"cache-control", b"no-store")],
    )
    return Client(app)


def test_a_plain_request_takes_the_short_way(direct: Client) -> None:
    answer = direct.post("/predict", content=b"12345")

    assert answer.text == "direct"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"123456", {}),
        (iter([b"1"]), {}),
        (b"1", {"origin": "http://elsewhere"}),
        (iter([b"1"]), {"content-length": "-1"}),
        (iter([b"1"]), {"content-length": "1e0"}),
        (iter([b"1"]), {"content-length": "0" * 20}),
    ],
)
def test_what_a_check_must_look_into_goes_through_the_checks(
    direct: Client, content: Any, headers: dict[str, str]
) -> None:
    assert direct.post("/predict", content=content, headers=headers).text == "checked"


def test_another_path_and_another_method_are_passed_on(direct: Client) -> None:
    assert direct.get("/predict").status_code == 405
    assert direct.post("/other", content=b"1").status_code == 404
