"""What is shown of the page where its link is sent."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"')


def test_the_page_describes_itself_and_not_gradio(client: "TestClient") -> None:
    page = client.get("/").text
    head = page[: page.index("<script")] + page[page.index("<title>") : page.index("</head>")]
    found = META.findall(page)
    said = dict(found)

    assert "<title>Second Opinion</title>" in page
    assert said["og:title"] == said["twitter:title"] == "Second Opinion"
    assert "judge whether to rely on them" in said["og:description"]
    assert said["description"] == said["og:description"] == said["twitter:description"]
    assert len(found) == len(said), "a description is given twice"
    assert "radio" not in " ".join(said.values())
    assert said["og:image"] == said["twitter:image"] == "http://testserver/preview.png"
    assert 'rel="icon"' in head


def test_its_picture_and_its_icon_are_served(client: "TestClient") -> None:
    picture, icon = client.get("/preview.png"), client.get("/favicon.ico")

    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["content-type"] == "image/png"
    assert icon.headers["content-type"].startswith("image/svg+xml")
    assert b"7c3aed" in icon.content


def test_with_a_public_address_its_picture_is_there(
    asking: Asking, catalogue: ModelCatalogue
) -> None:
    with asking(catalogue, public_url="https://example.org/opinion") as client:
        said = dict(META.findall(client.get("/").text))

    assert said["og:url"] == "https://example.org/opinion/"
    assert said["og:image"] == "https://example.org/opinion/preview.png"
