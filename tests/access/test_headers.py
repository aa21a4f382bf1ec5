"""What every answer tells the browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest

from demo.access.headers import without_others

if TYPE_CHECKING:
    from starlette.testclient import TestClient


Asking = Callable[..., "AbstractContextManager[TestClient]"]
PATHS = ("/", "/health", "/docs", "/openapi.json", "/api/nothing", "/config", "/gradio_api/info")


@pytest.mark.parametrize("path", [*PATHS, "/theme.css", "/favicon.ico", "/gradio_api/deep_link"])
def test_every_answer_carries_them(client: "TestClient", path: str) -> None:
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self' https://huggingface.co" in headers["content-security-policy"]


@pytest.mark.parametrize("path", PATHS)
def test_what_may_show_a_token_is_kept_nowhere(client: "TestClient", path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


def test_what_never_changes_may_be_kept(client: "TestClient") -> None:
    assert client.get("/theme.css").headers.get("cache-control") != "no-store"


def test_an_answer_keeps_its_own_policy_beside_ours() -> None:
    own = (b"content-security-policy", b"sandbox")
    ours = [(b"content-security-policy", b"frame-ancestors"), (b"cache-control", b"no-store")]

    made = without_others([own, (b"Cache-Control", b"max-age=60")], ours)

    assert made == [own, *ours]
