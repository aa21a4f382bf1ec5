"""What the first page costs: few requests, little to transfer, and nothing twice."""

import re
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def addresses(page: str, pattern: str) -> list[str]:
    found = re.findall(pattern, page)
    assert found
    return found


def test_the_page_names_its_font_and_styles_which_browsers_keep(client: TestClient) -> None:
    page = client.get("/").text
    for address in addresses(page, r'href="\.(/page-files/[^"]+)"'):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/page-files/inter-000000000000.woff2").status_code == 404


def test_the_combined_styles_hold_those_that_the_loader_is_to_skip(client: TestClient) -> None:
    page = client.get("/").text
    combined = client.get(addresses(page, r'href="\.(/page-files/components-[^"]+)"')[0]).text
    for address in addresses(page, r'<link rel="stylesheet" href="\.(/assets/[^"]+)" disabled>'):
        assert client.get(address).text.replace("url(./", "url(../assets/") in combined


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_assets_come_as_the_browser_takes_them(client: TestClient, encoding: str) -> None:
    script = addresses(client.get("/").text, r'src="\.(/assets/index-[^"]+\.js)"')[0]
    answer = client.get(script, headers={"accept-encoding": encoding or "identity"})
    assert answer.headers.get("content-encoding", "") == encoding
    assert "__vite__mapDeps" in answer.text
    assert client.get("/assets/none.js").status_code == 404


def test_a_link_to_the_page_does_not_show_gradios_name(client: TestClient) -> None:
    page = client.get("/").text
    # What a chat shows of a link is ours alone: Gradio has two sets of it.
    shown = addresses(page, r'<meta\s+property="og:[^>]*>')
    assert [tag.count('content="Second Opinion"') for tag in shown if "og:title" in tag] == [1]
    assert not [tag for tag in shown if "radio" in tag]
    assert page.count("</head>") == 1


def test_only_long_answers_are_compressed(client: TestClient) -> None:
    assert client.get("/").headers["content-encoding"] == "gzip"
    call = client.post("/gradio_api/run/nothing", json={"data": []})
    assert "content-encoding" not in call.headers
    record = {"records": [{"text": "good " * 1000}]}
    assert "content-encoding" not in client.post("/api/models/reviews/predict", json=record).headers


@pytest.mark.browser
def test_the_first_page_is_light(browser: "Browser", server: str) -> None:
    from benchmarks.first_page import MOST_KB, MOST_REQUESTS, visit

    _, requests, kilobytes = visit(browser, server)

    assert requests <= MOST_REQUESTS
    assert 100 < kilobytes <= MOST_KB
