"""A whole session, from opening to the report, with nothing but a thumb on a phone, or nothing but keys."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
MOST_TABS = 60
# Tests that press keys alone would not notice if something was pressed with a mouse after all.
NO_MOUSE = """for (const kind of ["mousedown", "pointerdown"])
  addEventListener(kind, () => { throw new Error("a mouse was used"); }, true);"""


class Thumb:
    """Taps what is named, wherever it is on the page."""

    def __init__(self, page: "Page") -> None:
        self.page = page

    def press(self, target: "Locator") -> None:
        target.tap()

    def choose(self, target: "Locator") -> None:
        target.locator("xpath=ancestor::label").tap()

    def write(self, target: "Locator", text: str) -> None:
        target.tap()
        self.page.keyboard.type(text)


class Keys:
    """Goes to what is named by Tab alone, and presses, chooses or types there."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        page.add_init_script(NO_MOUSE)

    def go_to(self, target: "Locator", *, within_group: bool = False) -> None:
        target.wait_for(state="attached")
        same = "(target, group) => { const now = document.activeElement;"
        same += "return now === target || (group && now.name === target.name && now.type === 'radio'); }"
        for _ in range(MOST_TABS):
            if target.evaluate(same, within_group):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")

    def press(self, target: "Locator") -> None:
        self.go_to(target)
        self.page.keyboard.press("Enter")

    def choose(self, target: "Locator") -> None:
        self.go_to(target, within_group=True)
        for _ in range(MOST_TABS):
            if target.is_checked():
                return
            focused = target.evaluate("target => document.activeElement === target")
            self.page.keyboard.press("Space" if focused else "ArrowDown")
        raise AssertionError(f"no key chooses {target}")

    def write(self, target: "Locator", text: str) -> None:
        self.go_to(target)
        self.page.keyboard.type(text)


@pytest.fixture(params=[Thumb, Keys])
def hand(
    request: pytest.FixtureRequest, browser: "Browser", server: str
) -> "Iterator[Thumb | Keys]":
    is_phone = request.param is Thumb
    context = browser.new_context(
        base_url=server,
        viewport=PHONE if is_phone else WIDE,  # type: ignore[arg-type]
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    yield request.param(context.new_page())
    context.close()


def open_session(page: "Page", hand: Thumb | Keys) -> str:
    """Open a session on three flowers of the model's own data, and return the link for reviewers."""
    page.goto("/?tab=sessions", wait_until="commit")
    page.locator("[data-opened]").wait_for(state="attached")
    hand.choose(page.locator("#session-model input[value=iris]"))
    hand.write(box(page, "title"), "Fit for the herbarium?")
    hand.press(page.locator("#session-to-cases"))
    hand.choose(page.locator("#session-own-data input"))
    hand.choose(page.locator("#session-how input[value=random]"))
    size = page.locator("#session-size input")
    hand.write(size, "")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    page.locator("#session-found").get_by_text("2 of ").wait_for()
    hand.press(page.locator("#session-to-how"))
    hand.press(page.locator("#session-open"))
    return str(page.locator(".invite .link").inner_text())


def box(page: "Page", name: str) -> "Locator":
    return page.locator(f"#session-{name} :is(textarea, input)")


def judge_cases(page: "Page", hand: Thumb | Keys, link: str) -> None:
    page.goto(link, wait_until="commit")
    hand.write(box(page, "name"), "Anna")
    hand.press(page.locator("#session-join"))
    for number in (1, 2):
        page.get_by_text(f"Case {number} of 2").wait_for()
        hand.choose(page.locator("#session-first input[value=setosa]"))
        hand.press(page.locator("#session-reveal"))
        hand.choose(page.locator("#session-verdict input[value=agree]"))
        hand.press(page.locator("#session-save"))
    page.locator(".finish").get_by_text("You agreed with the model").wait_for()


def close_session(page: "Page", hand: Thumb | Keys) -> None:
    page.get_by_text("2 cases, 1 reviewer, 2 verdicts").wait_for()
    hand.press(page.get_by_role("button", name="Close the session"))
    hand.choose(page.locator("#session-decision input[value=reject]"))
    hand.write(box(page, "reasons"), "Two flowers are too few.")
    hand.write(box(page, "signers"), "Anna")
    hand.press(page.locator("#session-close"))
    hand.press(page.locator("#session-close-for-good"))


def test_a_session_goes_from_opening_to_its_report_by_one_hand(hand: Thumb | Keys) -> None:
    page = hand.page
    link = open_session(page, hand)
    page.wait_for_url("**facilitator=**")
    board = page.url
    judge_cases(page, hand, link)
    page.goto(board, wait_until="commit")
    close_session(page, hand)

    ended = page.locator(".closing-outcome")
    ended.get_by_text("Signed by Anna").wait_for()
    with page.context.expect_page() as opened:
        hand.press(ended.get_by_role("link", name="Report", exact=True))
    report = opened.value
    report.get_by_text("Two flowers are too few.").first.wait_for()
    assert report.evaluate("document.documentElement.scrollWidth <= innerWidth")
