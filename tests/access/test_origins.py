"""What pages of other sites may send and read."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from demo.access.origins import OriginCheck

SITE = "https://judge.example.org"
FOREIGN = "https://evil.example.com"


@pytest.fixture(scope="module")
def small() -> TestClient:
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse("done"), methods=["GET", "POST"])]
    )
    app.add_middleware(OriginCheck, allowed_origins=["https://friend.example.net"])
    return TestClient(app, base_url=SITE)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": SITE},
        {"origin": SITE.upper()},
        {"origin": "https://friend.example.net"},
        {"origin": FOREIGN, "sec-fetch-site": "same-origin"},
        {"origin": FOREIGN, "x-forwarded-host": "evil.example.com, proxy"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_program_and_our_own_page_come_through(
    small: TestClient, headers: dict[str, str]
) -> None:
    assert small.post("/", headers=headers).text == "done"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": FOREIGN},
        {"origin": "null"},
        {"origin": "https://judge.example.org.evil.example.com"},
        {"origin": "https://judge.example.org:8443"},
        {"origin": "http://[broken"},
        {"origin": FOREIGN, "sec-fetch-site": "cross-site"},
        {"origin": FOREIGN, "sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_site_may_change_nothing(
    small: TestClient, headers: dict[str, str]
) -> None:
    answer = small.post("/", headers=headers)

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"
    assert small.get("/", headers=headers).text == "done"


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/run/iris", "/predict", "/api/sessions"]
)
def test_no_foreign_page_may_post(client: TestClient, path: str) -> None:
    assert client.post(path, headers={"origin": FOREIGN}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/config", "/health", "/api/models", "/gradio_api/info"])
@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://localhost:3000"])
def test_no_foreign_page_may_read(client: TestClient, path: str, origin: str) -> None:
    headers = {"origin": origin, "host": "judge.example.org"}

    answer = client.get(path, headers=headers)

    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
    asked = client.options(path, headers=headers | {"access-control-request-method": "POST"})
    assert "access-control-allow-origin" not in asked.headers
