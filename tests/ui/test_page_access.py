"""The page is for everyone: axe finds nothing in any state, and keys and small screens are enough."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from reviewing import Caller, checked, join, open_session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from starlette.testclient import TestClient

pytestmark = pytest.mark.browser
TEXT = "A wonderful, moving film with a dull middle."
STATES = {
    "empty": "?tab=sentiment",
    "answer": f"?tab=sentiment&model=reviews&text={TEXT}",
    "iris": "?tab=iris",
    "sessions": "?tab=sessions",
    "models": "?tab=models",
    "model": "?tab=models&model=reviews",
    "invitation": "?session={code}",
    "seat": "?session={code}&as={reviewer}",
    "board": "?session={code}&facilitator={facilitator}",
    "closed": "?session={closed}&facilitator={closer}",
}
# Those that are looked at as a whole on narrow pages as well.
NARROW = ("empty", "answer", "iris", "sessions", "models", "model")
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ON_PHONES = ["target-size", "scrollable-region-focusable"]
LOOK = """async ([kind, values]) => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: {type: kind, values}});
  return found.violations.flatMap(({id, nodes}) => nodes.map(({target, html}) => `${id}: ${target} ${html}`));
}"""
UNFOLD = "document.querySelectorAll('details').forEach((each) => (each.open = true))"
# Elements that stick out on the right, for the message.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def sessions(server: str) -> dict[str, str]:
    """Two sessions with verdicts, one of them closed: their codes and tokens."""
    with httpx.Client(base_url=server, timeout=30, trust_env=False) as http:
        client = cast("TestClient", http)
        still_open, closed = (hold_session(client) for _ in range(2))
        checked(closed[0].close())
    (session, reviewer), (other, _) = still_open, closed
    return {
        "code": session.code,
        "reviewer": reviewer.token,
        "facilitator": session.token,
        "closed": other.code,
        "closer": other.token,
    }


def hold_session(client: "TestClient") -> tuple[Caller, Caller]:
    session = open_session(client, cases=[{"text": TEXT}, {"text": "Dull."}, {"text": "Hm"}])
    reviewers = [join(session, name) for name in ("Anna", "Ben")]
    for reviewer, verdict in zip(reviewers, ("agree", "cannot_tell"), strict=True):
        checked(reviewer.judge(reviewer.next_id(), verdict=verdict))
    return session, reviewers[0]


@pytest.fixture(scope="module")
def still_page(browser: "Browser", server: str) -> "Iterator[Page]":
    """One page for all states, on which nothing moves."""
    context = browser.new_context(base_url=server, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def show(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/{address}", wait_until="commit")
    page.locator("[data-opened]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE_SCRIPT)


def look(page: "Page", kind: str, values: list[str]) -> list[Any]:
    return list(page.evaluate(LOOK, [kind, values]))


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(still_page: "Page", sessions: dict[str, str], state: str) -> None:
    show(still_page, STATES[state].format(**sessions))
    still_page.evaluate(UNFOLD)
    found = look(still_page, "tag", EVERYTHING)
    still_page.evaluate("document.body.classList.toggle('dark')")
    dark = look(still_page, "rule", ["color-contrast"])
    narrow = look_narrow(still_page) if state in NARROW else look_on_phone(still_page)
    assert (found, dark, narrow) == ([], [], [])


def look_on_phone(page: "Page") -> list[Any]:
    """Return what axe finds of touch and scrolling on a phone, and what sticks out at 320 pixels."""
    page.set_viewport_size({"width": 390, "height": 844})
    found = look(page, "rule", ON_PHONES)
    page.set_viewport_size({"width": 320, "height": 640})
    return found + list(page.evaluate(TOO_WIDE))


def look_narrow(page: "Page") -> list[Any]:
    """Return what axe finds at 200 % zoom of 1280 pixels, at 390 and 320, and what sticks out there."""
    found = []
    for width in (640, 390, 320):
        page.set_viewport_size({"width": width, "height": 640})
        found += look(page, "tag", EVERYTHING) + page.evaluate(TOO_WIDE)
    return found


def test_axe_finds_nothing_in_the_comparison(still_page: "Page") -> None:
    show(still_page, STATES["answer"])
    still_page.locator("#compare-sentiment").click()
    still_page.locator(".comparison .compared").first.wait_for()
    found = look(still_page, "tag", EVERYTHING)
    still_page.evaluate("document.body.classList.toggle('dark')")
    dark = look(still_page, "rule", ["color-contrast"])
    assert (found, dark, look_narrow(still_page)) == ([], [], [])


def test_axe_finds_nothing_on_the_way_to_a_session(still_page: "Page") -> None:
    show(still_page, STATES["sessions"])
    still_page.locator("#session-title textarea, #session-title input").fill("Do we trust it?")
    still_page.locator("#session-to-cases").click()
    still_page.locator(".steps[data-step='2']").wait_for()
    found = look(still_page, "tag", EVERYTHING)
    still_page.locator("#session-source").get_by_text("What reviewers try themselves").click()
    still_page.locator("#session-to-how").click()
    still_page.locator(".steps[data-step='3']").wait_for()
    found += look(still_page, "tag", EVERYTHING)
    still_page.locator("#session-open").click()
    still_page.locator(".invite .link").wait_for()
    still_page.get_by_text("Close the session").click()
    still_page.locator("#session-close").wait_for()
    found += look(still_page, "tag", EVERYTHING)
    assert (found, look_narrow(still_page)) == ([], [])


def test_dark_mode_changes_colours_and_no_sizes(still_page: "Page") -> None:
    show(still_page, STATES["iris"])
    label = still_page.locator("#answer-iris .label")
    size = "each => { const style = getComputedStyle(each); return [style.fontSize, style.lineHeight]; }"
    light = label.evaluate(size)
    still_page.evaluate("document.body.classList.toggle('dark')")
    assert label.evaluate(size) == light


def test_a_map_stands_beside_its_reasons_where_there_is_room(
    still_page: "Page", server: str
) -> None:
    flower = {"sepal_length": 5, "sepal_width": 3.4, "petal_length": 1.5, "petal_width": 0.2}
    with httpx.Client(base_url=server, timeout=30, trust_env=False) as http:
        session = open_session(cast("TestClient", http), model="iris", cases=[flower])
        reviewer = join(session, "Anna")
    show(still_page, f"?session={session.code}&as={reviewer.token}")
    plot, reasons = still_page.locator(".turn sample-map"), still_page.locator(".turn .reasons")
    left, right = plot.bounding_box(), reasons.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] < right["x"]
    assert left["y"] < 900


def test_arrow_keys_go_from_tab_to_tab(still_page: "Page") -> None:
    show(still_page, "?tab=sentiment")
    tabs = still_page.get_by_role("tab")
    tabs.first.focus()
    for key, name in (("ArrowRight", "Iris"), ("End", "Models"), ("ArrowRight", "Sentiment")):
        still_page.keyboard.press(key)
        selected = still_page.get_by_role("tab", name=name, selected=True)
        selected.wait_for()
        assert selected.evaluate("tab => tab === document.activeElement")


def test_focus_is_visible_on_what_gradio_hides_it_on(still_page: "Page") -> None:
    def outline(selector: str) -> str:
        return str(
            still_page.locator(selector).first.evaluate("e => getComputedStyle(e).outlineStyle")
        )

    show(still_page, "?tab=iris")
    still_page.get_by_role("tab", name="Iris").focus()
    still_page.keyboard.press("Tab")
    while still_page.evaluate("document.activeElement.type") != "range":
        still_page.keyboard.press("Tab")
    assert outline("input[type=range]:focus") == "solid"
    show(still_page, "?tab=sentiment")
    still_page.get_by_role("tab", name="Models").focus()
    still_page.keyboard.press("Tab")
    assert outline("label:has(> input[type=radio]:focus)") == "solid"
