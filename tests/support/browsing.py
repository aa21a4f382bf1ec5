"""Browsers that share nothing, for tests of pages that several people look at."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
# What Gradio's own upload says when it closes its stream of progress.
GRADIO_UPLOADED = "Method not implemented."
NewPage = Callable[..., "Page"]


@pytest.fixture
def new_page(browser: "Browser", server: str) -> Iterator[NewPage]:
    """Open a page in a browser of its own; it may not complain or ask another host for anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: Any) -> None:
        if message.type in ("error", "warning") and message.text != GRADIO_UPLOADED:
            complaints.append(f"{message.type}: {message.text}")

    def open_page(address: str, viewport: dict[str, int] = WIDE) -> "Page":
        contexts.append(browser.new_context(base_url=server, viewport=viewport))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.goto(address, wait_until="commit")
        page.locator("[data-opened]").wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def join(page: "Page", name: str) -> None:
    page.locator("#session-name textarea, #session-name input").fill(name)
    page.locator("#session-join").click()
    page.locator("[data-seat]").wait_for()
