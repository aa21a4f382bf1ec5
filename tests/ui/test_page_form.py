"""Opening a session in three steps: with the keyboard, on a phone, back and forth."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import PHONE, NewPage

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
TITLE = "#session-title textarea, #session-title input"
CALLS = "**/gradio_api/run/**"
FILE = (
    "tweet,author,gold\nGood <b>news</b>,@anna,positive\nBad news,@ben,negative\n"
    + "".join(f"News number {number},@cem,\n" for number in range(5))
    + "Bad news,@dee,\nWhat is it,@eve,plum\n"
)


def step_of(page: "Page", number: int) -> None:
    page.locator(f".steps[data-step='{number}']").wait_for()


def error_at(page: "Page", name: str) -> str:
    return str(page.locator(f"#session-{name}-message .field-error").inner_text())


def test_each_step_says_what_it_needs_and_nothing_is_lost_by_going_back(
    new_page: NewPage, tmp_path: Path
) -> None:
    path = tmp_path / "tweets.csv"
    path.write_text(FILE)
    page = new_page("/?tab=sessions", PHONE)
    title = page.locator(TITLE)
    title.press("Enter")

    assert "The session has no title" in error_at(page, "title")
    assert not page.locator("#session-open").is_visible()
    title.fill("Fit for the newsletter?")
    page.locator("#session-model").get_by_text("tweets").click()
    title.press("Enter")
    step_of(page, 2)
    assert page.evaluate("document.activeElement.tagName") == "H3"
    page.locator("#session-to-how").press("Enter")
    assert "There is no list of cases yet" in error_at(page, "file")

    page.locator("#session-file input[type=file]").set_input_files(path)
    found = page.locator("#session-found")
    found.get_by_text("7 of 7 cases").wait_for()
    rows = found.locator("tbody tr")
    assert rows.count() == 5
    assert rows.first.locator("td").all_inner_texts() == ["Good <b>news</b>", "positive", "@anna"]
    assert "line 9: It is the same as line 3." in found.inner_text()
    assert "2 rows left out" in found.inner_text()

    page.locator("#session-how").get_by_text("The most unsure").click()
    page.locator("#session-size input").fill("40")
    page.locator("#session-to-how").click()
    assert "give a whole number from 1 to 7" in error_at(page, "size")
    page.locator("#session-size input").fill("2")
    page.locator("#session-to-how").click()
    step_of(page, 3)
    page.get_by_text("2 tweets, blind, each judged by everyone.").wait_for()
    page.locator("#session-back-to-cases").click()
    step_of(page, 2)
    page.locator("#session-to-what").click()
    step_of(page, 1)
    assert title.input_value() == "Fit for the newsletter?"
    page.locator("#session-to-cases").click()
    page.locator("#session-to-how").click()
    step_of(page, 3)

    page.locator("#session-judged-by").get_by_text("A number of reviewers").click()
    page.get_by_text("each judged by 3 reviewers.").wait_for()
    page.locator("#session-wanted input").fill("0")
    page.locator("#session-open").click()
    assert "Say how many reviewers judge a case" in error_at(page, "wanted")
    page.locator("#session-wanted input").fill("1")
    page.get_by_text("2 tweets, blind, each judged by 1 reviewer.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("#session-open").click()
    link = str(page.locator(".invite .link").inner_text())

    reviewer = new_page(link, PHONE)
    reviewer.locator("#session-name textarea, #session-name input").fill("Anna")
    reviewer.locator("#session-join").click()
    reviewer.locator(".case .context").get_by_text("author").wait_for()


def test_a_click_while_the_last_one_is_being_answered_counts(new_page: NewPage) -> None:
    page = new_page("/?tab=sessions", PHONE)
    held: list[Route] = []

    def hold_first(route: "Route") -> None:
        if held:
            route.continue_()
        held.append(route)

    page.route(CALLS, hold_first)
    with page.expect_request(CALLS):
        page.locator("#session-to-cases").click()
    page.locator(TITLE).fill("Fit for the newsletter?")
    page.locator("#session-to-cases").click()
    held[0].continue_()

    step_of(page, 2)
