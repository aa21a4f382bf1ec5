"""The page of a report on its own: offline, on paper, with whatever people typed."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sessions import PRAISE, SIGNATURE, first_disagrees, judge_all, open_session, text_of

from demo.report.report import report
from demo.sessions.model import Session, Signature, VerdictInput
from demo.sessions.service import SessionService

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

MARKUP = "<script>boom()</script><img src=x onerror=boom()>&amp;\"'"


def spoilt(service: SessionService) -> Session:
    """Close a session with markup in every place where people can type."""
    record = {"text": f"Dull {MARKUP}", "movie": MARKUP}
    texts = {"title": MARKUP, "purpose": MARKUP, "question": MARKUP}
    listed = [(record, None), (PRAISE, "positive")]
    session, participants = open_session(
        service, "reviews", listed, [MARKUP[:70], "Björn"], **texts
    )
    judge_all(
        *(service, session, participants),
        lambda answer, case, reviewer: VerdictInput(
            first_disagrees(answer, case, reviewer).verdict, comment=MARKUP
        ),
    )
    return service.close(session, Signature("reject", MARKUP, (MARKUP[:80], "=1+1")))


def test_nothing_that_people_typed_is_markup(service: SessionService) -> None:
    page = report(service, spoilt(service), "html")

    assert "&lt;script&gt;boom()" in page
    assert re.findall(r"<(script|img|iframe|object|embed|svg onload|base)\b", page) == []
    assert re.findall(r"<[^>]*\son\w+=", page) == []


def test_marks_that_break_or_turn_a_text_are_left_out(service: SessionService) -> None:
    record = {"text": "A dull\u202e film \u2066of mine", "movie": ""}
    session, participants = open_session(service, "reviews", [(record, "positive")], ["An\x07na"])
    judge_all(service, session, participants, first_disagrees)
    page = report(service, service.close(session, SIGNATURE), "html")

    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "True label: positive" in text_of(page)


def listen(page: "Page", heard: list[str]) -> None:
    """Write down whatever a page asks for, or complains of."""

    def dismiss(dialog: "Dialog") -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    page.on("dialog", dismiss)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_on_its_own(
    browser: "Browser", service: SessionService, tmp_path: Path, scheme: str
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(report(service, spoilt(service), "html").encode())
    context = browser.new_context(
        offline=True,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": 390, "height": 800},
    )
    page = context.new_page()
    heard: list[str] = []
    listen(page, heard)
    page.goto(path.as_uri())

    assert page.locator("h1").inner_text() == MARKUP
    assert page.locator(".decision .verdict").inner_text() == "Rejected"
    assert page.locator("script, img, iframe, link:not([rel=icon])").count() == 0
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    page.get_by_role("link", name="All cases").click()
    assert page.url.endswith("#cases")
    assert heard == [path.as_uri()]
    context.close()


@pytest.mark.browser
def test_the_page_prints_dark_on_white_with_its_table_heads_repeated(
    browser: "Browser", service: SessionService, film_session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(report(service, film_session, "html").encode())
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")

    def style(place: str, name: str) -> str:
        return str(page.evaluate(f"getComputedStyle(document.querySelector('{place}')).{name}"))

    assert style("html", "backgroundColor") == "rgb(255, 255, 255)"
    assert style("nav", "display") == "none"
    assert style("thead", "display") == "table-header-group"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    context.close()
