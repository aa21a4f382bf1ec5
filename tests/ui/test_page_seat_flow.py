"""A seat by keyboard alone and on a phone: where one is taken, what is said, and what stays in view."""

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from browsing import NewPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
FLOWERS = (
    {"sepal_length": 5.0, "sepal_width": 3.4, "petal_length": 1.5, "petal_width": 0.2},
    {"sepal_length": 5.9, "sepal_width": 2.8, "petal_length": 4.3, "petal_width": 1.3},
)
PURPOSE, QUESTION = "To sort what was scanned.", "Do we use it from March on?"


def ask(
    server: str, place: str, body: dict[str, Any], token: str = "", method: str = "POST"
) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.request(
        method,
        f"{server}/api/sessions{place}",
        json=body,
        headers=headers,
        timeout=30,
        trust_env=False,
    ).json()


@pytest.fixture
def opened(server: str) -> dict[str, Any]:
    asked = {"title": "Fit for the herbarium?", "model": "iris", "blind": True}
    texts = {"purpose": PURPOSE, "question": QUESTION, "cases": FLOWERS}
    return dict(ask(server, "", asked | texts))


def has_focus(page: "Page", selector: str) -> None:
    page.wait_for_function(f"document.activeElement.matches('{selector}')")


def tab_to(page: "Page", selector: str, n_most: int = 8) -> None:
    for _ in range(n_most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    raise AssertionError(f"{n_most} times Tab did not lead to {selector}")


def test_a_session_is_done_from_joining_to_the_end_by_keyboard(
    new_page: NewPage, opened: dict[str, Any]
) -> None:
    page = new_page(f"/?session={opened['code']}")
    page.locator("#session-name").wait_for()
    tab_to(page, "#session-name textarea, #session-name input")
    page.keyboard.type("Anna")
    page.keyboard.press("Enter")
    has_focus(page, ".case")
    assert page.get_by_text(PURPOSE).is_visible()
    assert page.get_by_text(QUESTION).is_visible()
    # The drawing shows what would be predicted, and waits for the reviewer's own label.
    assert page.locator(".turn sample-map").count() == 0

    page.keyboard.press("?")
    has_focus(page, "dialog.keys button")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    page.locator("dialog.keys").wait_for(state="hidden")
    assert page.locator("#session-first input:checked").count() == 0

    page.keyboard.press("2")
    page.keyboard.press("Enter")
    has_focus(page, ".turn-answer .answer")
    page.locator(".turn-reasons sample-map .here[transform]").wait_for()
    page.keyboard.press("2")
    right = page.locator("#session-right input:checked")
    right.wait_for()
    assert right.get_attribute("value") == "versicolor"
    page.keyboard.press("Enter")
    page.get_by_text("Case 2 of 2 · 1 judged").wait_for()
    has_focus(page, ".case")
    page.locator(".spoken").get_by_text("Saved", exact=True).wait_for()
    assert page.get_by_text(QUESTION).is_visible()

    tab_to(page, "#session-first input")
    page.keyboard.press("2")
    tab_to(page, "#session-reveal")
    page.keyboard.press("Enter")
    has_focus(page, ".turn-answer .answer")
    page.keyboard.press("1")
    tab_to(page, "#session-save")
    page.keyboard.press("Enter")
    has_focus(page, ".finish")
    assert "You agreed with the model in 1 of 2 cases" in page.locator(".finish").inner_text()
    tab_to(page, "[data-open-case]")
    page.keyboard.press("Enter")
    page.get_by_text("Case 1 of 2 · 2 judged").wait_for()
    assert page.locator("#session-verdict input:checked").get_attribute("value") == "disagree"


@pytest.fixture
def phone(browser: "Browser", server: str) -> Any:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 600}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def test_on_a_phone_the_next_case_comes_to_the_top_and_the_purpose_is_a_tap_away(
    phone: "Page", opened: dict[str, Any]
) -> None:
    phone.goto(f"/?session={opened['code']}")
    phone.locator("#session-name textarea, #session-name input").fill("Ben")
    phone.locator("#session-join").tap()
    phone.locator("[data-seat]").wait_for()
    assert not phone.get_by_text(PURPOSE).is_visible()
    assert phone.locator(".show-keys").is_hidden()

    phone.locator("#session-first").get_by_text("setosa").tap()
    phone.locator("#session-reveal").tap()
    phone.locator("#session-verdict").get_by_text("Agree", exact=True).tap()
    phone.locator("#session-save").tap()
    phone.get_by_text("Case 2 of 2 · 1 judged").wait_for()
    has_focus(phone, ".case")
    place = "document.querySelector('.case').getBoundingClientRect().top"
    phone.wait_for_function(f"{place} >= 0 && {place} < 60")

    phone.get_by_text("What it is about").tap()
    assert phone.get_by_text(PURPOSE).is_visible()


def test_every_column_of_a_board_can_be_reached_on_a_phone(
    phone: "Page", opened: dict[str, Any], server: str
) -> None:
    code = opened["code"]
    token = ask(server, f"/{code}/reviewers", {"name": "A reviewer"})["reviewer_token"]
    case = ask(server, f"/{code}/cases/next", {}, token, "GET")["case"]["id"]
    said = {"verdict": "agree", "blind_label": "setosa"}
    ask(server, f"/{code}/cases/{case}/verdict", said, token, "PUT")

    phone.goto(f"/?session={code}&facilitator={opened['facilitator_token']}")
    phone.locator(".board .table-scroll").first.wait_for()
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 800})
        assert phone.evaluate("document.documentElement.scrollWidth") <= width
        for table in phone.get_by_role("region").filter(has=phone.locator("table")).all():
            assert table.get_attribute("aria-label")
            table.focus()
            table.evaluate("each => (each.scrollLeft = 10_000)")
            last = table.locator("tr > :last-child").first.bounding_box()
            assert last is not None
            assert last["x"] >= 0
            assert last["x"] + last["width"] <= width
