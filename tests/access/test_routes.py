"""Gradio's routes that nobody needs are not there."""

from typing import TYPE_CHECKING

import pytest

from demo.access.routes import is_closed

if TYPE_CHECKING:
    from starlette.testclient import TestClient

CLOSED = (
    *("process_recording", "vibe-edit", "vibe-code", "vibe-starter-queries", "undo-vibe-edit"),
    *("dev/reload", "deep_link", "proxy=https://example.org", "component_server", "stream/1"),
    *("custom_component/1/client/component/x.js", "startup-events", "runs", "run-history/connect"),
    *("monitoring/summary", "mcp", "mcp/sse", "token", "user", "login_check", "profiling/traces"),
    *("%70rocess_recording", "", "file=https://example.org/x", "file=//example.org/x"),
    *("file=HTTP://127.0.0.1/health", "file/etc/passwd"),
)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", CLOSED)
def test_a_route_that_nobody_needs_is_not_found(
    client: "TestClient", name: str, method: str
) -> None:
    for slash in ("", "/"):
        answer = client.request(method, f"/gradio_api/{name}{slash}")
        assert answer.status_code == 404
        assert "There is nothing here" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/monitoring", "/monitoring/summary", "/monitoring/x", "/login"])
def test_nobody_can_watch_the_others_or_sign_in_past_us(client: "TestClient", path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "unknown_path"


@pytest.mark.parametrize("path", ["/", "/health", "/predict", "/api/models", "/gradio_api/run/x"])
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW"])
def test_a_method_that_nobody_takes_is_refused_in_the_usual_shape(
    client: "TestClient", path: str, method: str
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    assert "is not possible here" in str(answer.json()["error"])


def test_what_the_page_and_the_clients_need_is_open() -> None:
    needed = ("run/iris", "upload", "upload_progress", "info", "queue/join", "queue/data")
    files = ("file=data/x.csv", "file=x/http:/y")

    assert not any(is_closed(f"/gradio_api/{name}") for name in (*needed, *files))
    assert not any(is_closed(path) for path in ("/", "/config", "/theme.css", "/assets/a.js"))
