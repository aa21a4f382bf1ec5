"""Links that the page and REST show lead to the app, whatever a stranger's headers say."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import gradio as gr
import pytest
from commanding import run_in
from databases import SQLITE
from fastapi import Request

from demo.address import Address
from demo.ui.sessions.page_address import base_of
from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]
ASKED = {"title": "A title", "model": "iris"}
FORWARDED = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
PUBLIC = "https://example.org/opinion"


def request_with(**headers: str) -> gr.Request:
    sent = {"host": "here:7860"} | headers
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/gradio_api/run",
        "query_string": b"",
        "server": ("inner", 80),
        "headers": [(name.encode(), text.encode()) for name, text in sent.items()],
    }
    return gr.Request(Request(scope))


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, "http://here:7860"),
        ({"origin": "https://here:7860"}, "https://here:7860"),
        ({"origin": "null"}, "http://here:7860"),
        ({"origin": "javascript:x"}, "http://here:7860"),
        ({"referer": "https://evil.example/"}, "http://here:7860"),
        ({"x-forwarded-host": "evil.example"}, "http://here:7860"),
    ],
)
def test_the_page_is_where_its_browser_says(headers: dict[str, str], origin: str) -> None:
    request = request_with(**headers)

    assert base_of(request, Address()) == origin
    assert base_of(request, Address(root_path="/demo/")) == f"{origin}/demo"
    assert base_of(request, Address(PUBLIC, "/demo")) == PUBLIC


def test_rest_links_lead_to_the_host_that_was_asked(client: "TestClient") -> None:
    for host in ("testserver", "example.org:8080"):
        sent = FORWARDED | {"Host": host, "Referer": "https://evil.example/"}
        answer = client.post("/api/sessions", json=ASKED, headers=sent).json()

        assert answer["reviewer_url"].startswith(f"http://{host}/?session=")
        assert answer["facilitator_url"].startswith(f"http://{host}/?session=")


def test_with_a_public_address_every_link_leads_there(
    asking: Asking, catalogue: ModelCatalogue
) -> None:
    with asking(catalogue, public_url=PUBLIC) as client:
        answer = client.post("/api/sessions", json=ASKED, headers=FORWARDED).json()
        joined = client.post(f"/api/sessions/{answer['code']}/reviewers", json={"name": "Anna"})

    for link in (answer["reviewer_url"], answer["facilitator_url"], joined.json()["reviewer_url"]):
        assert link.startswith(f"{PUBLIC}/?session=")


@SQLITE
def test_the_command_line_shows_the_public_address(
    monkeypatch: pytest.MonkeyPatch, empty_database_url: str
) -> None:
    monkeypatch.setenv("SECOND_OPINION_PUBLIC_URL", PUBLIC)
    said = run_in(empty_database_url, "new", "iris", "--title", "A title").stdout
    other = ("--url", "https://elsewhere.org")
    named = run_in(empty_database_url, "new", "iris", "--title", "A title", *other).stdout

    assert f"{PUBLIC}/?session=" in said
    assert PUBLIC not in named
    assert "https://elsewhere.org/?session=" in named
