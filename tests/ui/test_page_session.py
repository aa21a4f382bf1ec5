"""A review session from its opening to the signed report, in four browsers that share nothing."""

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from browsing import PHONE, WIDE, NewPage, join

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TEXTS = (
    "A wonderful, moving film.",
    "I want my two hours back.",
    "<b>Bold</b> and brash",
)


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "Comment"])
        writer.writerows(enumerate(TEXTS))
    return path


@pytest.fixture
def link(server: str) -> str:
    """The link for reviewers of a new blind session."""
    cases = [{"text": text} for text in TEXTS]
    asked = {"title": "Fit for the newsletter?", "model": "reviews", "blind": True, "cases": cases}
    answer = httpx.post(f"{server}/api/sessions", json=asked, timeout=30, trust_env=False)
    return str(answer.json()["reviewer_url"])


def open_session(page: "Page", case_file: Path) -> str:
    """Fill in the form, and return the link for reviewers that the board shows."""
    page.locator("#session-title textarea, #session-title input").fill("Fit for the newsletter?")
    page.locator("#session-model").get_by_text("Sentiment of movie reviews").click()
    page.locator("#session-to-cases").click()
    page.locator("#session-file input[type=file]").set_input_files(case_file)
    page.locator("#session-found").get_by_text("3 of 3 cases").wait_for()
    page.locator("#session-to-how").click()
    page.locator("#session-summary").get_by_text("3 reviews, blind, each judged by").wait_for()
    page.locator("#session-open").click()
    return str(page.locator(".invite .link").inner_text())


def text_of(page: "Page") -> str:
    return str(page.locator(".case .input").inner_text())


def progress(page: "Page") -> str:
    return str(page.locator(".session-head .where").inner_text())


def judge_with_keys(page: "Page", first: str, verdict: str) -> None:
    """Label the case, see the answer, judge it, and wait for the next."""
    case = page.locator(".case").get_attribute("data-case")
    assert page.locator(".turn .bars").count() == 0
    page.keyboard.press(first)
    page.keyboard.press("Enter")
    page.locator(".turn .bars").wait_for()
    page.keyboard.press(verdict)
    page.keyboard.press("Enter")
    page.locator(f'.case:not([data-case="{case}"])').wait_for()


def test_a_blind_session_goes_from_opening_to_a_signed_report(
    new_page: NewPage, case_file: Path, tmp_path: Path
) -> None:
    facilitator = new_page("/?tab=sessions")
    link = open_session(facilitator, case_file)
    facilitator.wait_for_url(re.compile("facilitator="))
    board = facilitator.url
    anna, ben, chloe = (new_page(link, size) for size in (WIDE, WIDE, PHONE))
    join(anna, "Anna")
    join(ben, "anna")
    join(chloe, "<img src=x onerror=alert(1)> Chloé")

    assert "you are anna (2)" in progress(ben)
    for page, verdict in ((anna, "1"), (ben, "1"), (chloe, "2")):
        for _ in TEXTS:
            judge_with_keys(page, "2", verdict)
        assert "All judged · 3 judged" in progress(page)

    facilitator.get_by_text("3 cases, 3 reviewers, 9 verdicts").wait_for()
    assert (
        "6 of 9 verdicts: 67\N{NO-BREAK SPACE}%" in facilitator.locator(".board .lead").inner_text()
    )
    assert "<img src=x onerror=alert(1)> Chloé" in facilitator.locator(".board").inner_text()
    assert facilitator.locator(".disputed").count() == 3

    facilitator.get_by_text("Close the session").click()
    facilitator.locator("#session-decision").get_by_text("Approve with conditions").click()
    facilitator.locator("#session-reasons textarea").fill(
        "Good enough,\nif a person reads the unsure ones."
    )
    facilitator.locator("#session-signers textarea, #session-signers input").fill("Anna, Ben")
    facilitator.locator("#session-close").click()
    facilitator.get_by_role("button", name="Not yet").click()
    facilitator.wait_for_function("document.activeElement.id === 'session-close'")
    facilitator.keyboard.press("Enter")
    facilitator.get_by_role("button", name="Close for good").click()
    ended = facilitator.locator(".closing-outcome")
    ended.get_by_text("Signed by Anna, Ben").wait_for()
    # What one looks at is where the button was, and the keyboard goes on from there.
    facilitator.wait_for_function("document.activeElement.classList.contains('closing-outcome')")
    with facilitator.context.expect_page() as opened:
        ended.get_by_role("link", name="Report", exact=True).click()
    report = opened.value
    assert "Approved with conditions" in report.locator("body").inner_text()
    assert "Fit for the newsletter?" in report.title()

    # An open page learns of it by itself.
    anna.get_by_text("This session was closed").wait_for()
    assert "change a verdict" not in anna.locator(".finish").inner_text()
    assert not anna.locator("#session-save").is_visible()

    again = new_page(board)
    again.get_by_text("Signed by Anna, Ben").wait_for()


def test_a_reviewer_goes_back_changes_a_verdict_skips_and_comes_again(
    new_page: NewPage, link: str
) -> None:
    page = new_page(link)
    join(page, "Anna")
    judge_with_keys(page, "1", "1")
    second = text_of(page)
    page.locator("#session-back").click()
    page.get_by_text("Case 1 of 3").wait_for()

    assert text_of(page) == TEXTS[0]
    assert page.locator("#session-verdict input:checked").get_attribute("value") == "agree"
    page.keyboard.press("3")
    page.locator("#session-comment textarea, #session-comment input").fill("Too short to say.")
    page.keyboard.press("Enter")
    page.get_by_text("Case 2 of 3 · 1 judged").wait_for()
    page.locator("#session-skip").click()
    page.get_by_text("Case 3 of 3").wait_for()

    page.goto(link)
    page.get_by_text("Case 2 of 3 · 1 judged").wait_for()
    assert text_of(page) == second
    assert re.search(r"[?&]as=", page.url)

    elsewhere = new_page(page.url, PHONE)
    elsewhere.get_by_text("Case 2 of 3 · 1 judged · you are Anna").wait_for()
    elsewhere.locator("#session-back").click()
    elsewhere.get_by_text("Case 1 of 3").wait_for()
    checked = elsewhere.locator("#session-verdict input:checked")
    assert checked.get_attribute("value") == "cannot_tell"


def test_a_wrong_code_and_a_wrong_token_are_answered_in_a_sentence(new_page: NewPage) -> None:
    page = new_page("/?session=aaaa-bbbb-cccc-dddd")
    page.get_by_text("No review session has the code").wait_for()

    page = new_page("/?session=open-feedback-iris&facilitator=guessed")
    page.get_by_text("This is not the facilitator's link").wait_for()


def test_a_comment_that_is_not_saved_yet_outlives_a_reload(new_page: NewPage, link: str) -> None:
    page = new_page(link)
    join(page, "Anna")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    comment = page.locator("#session-comment textarea, #session-comment input")
    comment.fill("Half a thought")

    page.reload()
    page.locator(".turn .bars").wait_for()
    page.wait_for_function(
        "document.querySelector('#session-comment textarea, #session-comment input').value"
    )
    page.keyboard.press("1")
    page.locator("#session-save").click()
    page.get_by_text("Case 2 of 3 · 1 judged").wait_for()
    page.locator("#session-back").click()
    page.get_by_text("Case 1 of 3").wait_for()

    assert comment.input_value() == "Half a thought"


def test_a_device_knows_whose_seat_it_was_until_somebody_else_takes_it(
    new_page: NewPage, link: str
) -> None:
    page = new_page(link)
    join(page, "Anna")
    code = link.partition("session=")[2]
    page.goto("/?tab=sessions")
    page.locator("#session-code textarea, #session-code input").fill(code.upper().replace("-", " "))
    join(page, "Anna")
    assert "you are Anna" in progress(page)
    assert "(2)" not in progress(page)

    page.get_by_text("not you?").click()
    page.locator("#session-name").wait_for()
    page.goto(link)
    join(page, "Ben")

    assert "you are Ben" in progress(page)


def test_whose_seat_is_gone_can_join_again(new_page: NewPage, link: str) -> None:
    page = new_page(f"{link}&as=of-another-database")
    page.get_by_text("does not belong to a reviewer of this session").wait_for()

    join(page, "Anna")

    assert "you are Anna" in progress(page)
    page.goto(link)
    page.get_by_text("you are Anna").wait_for()


def test_an_answer_outside_any_session_can_be_judged(new_page: NewPage) -> None:
    page = new_page("/?tab=iris")
    feedback = page.locator("#answer-iris .feedback")
    feedback.get_by_role("button", name="Disagree").click()
    feedback.get_by_role("button", name="virginica").click()

    feedback.get_by_text("“disagree” was saved. It should be virginica.").wait_for()
