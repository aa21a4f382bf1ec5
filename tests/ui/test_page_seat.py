"""Whose seat a browser has in a session: a link to another's does not take its place unasked."""

from typing import TYPE_CHECKING

import httpx
import pytest
from browsing import PHONE, WIDE, NewPage, join

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TEXTS = ("A wonderful, moving film.", "I want my two hours back.")


@pytest.fixture
def code(server: str) -> str:
    cases = [{"text": text} for text in TEXTS]
    asked = {"title": "Fit for the newsletter?", "model": "reviews", "cases": cases}
    answer = httpx.post(f"{server}/api/sessions", json=asked, timeout=30, trust_env=False)
    return str(answer.json()["code"])


def token_of(server: str, code: str, name: str) -> str:
    address = f"{server}/api/sessions/{code}/reviewers"
    answer = httpx.post(address, json={"name": name}, timeout=30, trust_env=False)
    return str(answer.json()["reviewer_token"])


def seat_kept(page: "Page", code: str) -> str:
    return str(page.evaluate(f"localStorage.getItem('second-opinion:seat:{code}')"))


def follow(page: "Page", address: str) -> None:
    page.goto(address, wait_until="commit")
    page.locator("[data-seat]").wait_for()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_who_opens_anothers_link_is_asked_and_stays_who_they_were(
    new_page: NewPage, server: str, code: str, viewport: dict[str, int]
) -> None:
    page = new_page(f"/?session={code}", viewport)
    join(page, "Anna")
    own = seat_kept(page, code)
    other = token_of(server, code, "<b>Ben</b>")
    follow(page, f"/?session={code}&as={other}")
    page.get_by_text(
        "This browser has a seat of Anna in this session, and the link is that of <b>Ben</b>."
    ).wait_for()

    # Nothing can be said as Ben before that is clear.
    assert not page.locator("#session-save").is_visible()
    assert not page.locator(".turn").is_visible()
    assert seat_kept(page, code) == own
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
    page.get_by_role("button", name="Stay Anna").click()
    page.get_by_text("you are Anna").wait_for()

    assert page.locator(".whose-seat").count() == 0
    assert seat_kept(page, code) == own


def test_who_wants_to_go_on_as_another_says_so_once(
    new_page: NewPage, server: str, code: str
) -> None:
    page = new_page(f"/?session={code}")
    join(page, "Anna")
    other = token_of(server, code, "Ben")
    follow(page, f"/?session={code}&as={other}")
    page.get_by_role("button", name="Continue as Ben").click()
    page.get_by_text("you are Ben").wait_for()

    assert page.locator("#session-save").is_visible()
    assert seat_kept(page, code) == other
    follow(page, f"/?session={code}")
    page.get_by_text("you are Ben").wait_for()
    assert page.locator(".whose-seat").count() == 0


def test_a_browser_without_a_seat_is_not_asked(new_page: NewPage, server: str, code: str) -> None:
    token = token_of(server, code, "Ben")
    page = new_page(f"/?session={code}&as={token}")
    page.get_by_text("you are Ben").wait_for()

    assert page.locator(".whose-seat").count() == 0
    assert seat_kept(page, code) == token


def test_a_seat_without_a_name_is_not_taken_either(
    new_page: NewPage, server: str, code: str
) -> None:
    page = new_page("/")
    own, other = (token_of(server, code, name) for name in ("Anna", "Ben"))
    # As feedback on an answer outside any session keeps it.
    page.evaluate(f"localStorage.setItem('second-opinion:seat:{code}', '{own}')")
    follow(page, f"/?session={code}&as={other}")
    page.get_by_text("This browser has a seat of somebody else in this session").wait_for()

    assert seat_kept(page, code) == own
