"""The page as a whole, in a real browser."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

TABS = {
    "Sentiment": "sentiment",
    "Iris": "iris",
    "Review sessions": "sessions",
    "Models": "models",
}
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
FILLED = f"/?tab=sentiment&model=reviews&text={LONG_WORD}&movie={LONG_WORD}"


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def width_beyond_the_window(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_the_page_has_a_title_a_sentence_and_a_tab_for_each_subject(visit: Visit) -> None:
    page = visit("/")

    expect(page).to_have_title("Second Opinion")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second Opinion")
    expect(page.locator(".page-header p")).to_have_count(1)
    expect(page.get_by_role("tab")).to_have_text(list(TABS))


def test_each_tab_has_its_own_address(visit: Visit) -> None:
    page = visit("/")

    # The page opens on the first of them.
    for title, name in reversed(TABS.items()):
        page.get_by_role("tab", name=title).click()
        page.wait_for_url(f"**/?tab={name}*")


def test_an_address_opens_its_tab(visit: Visit) -> None:
    page = visit("/?tab=models")

    expect(page.get_by_role("tab", name="Models")).to_have_attribute("aria-selected", "true")
    expect(page.locator("article.model").first).to_be_visible()


def test_a_link_fills_the_inputs_and_shows_the_answer(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=reviews&text=Dull+%26+slow%3F&movie=Jaws+%281975%29")

    expect(page.get_by_label("Text", exact=True)).to_have_value("Dull & slow?")
    expect(page.get_by_label("Movie (optional)")).to_have_value("Jaws (1975)")
    expect(page.get_by_label("Movie review", exact=True)).to_be_checked()
    expect(page.locator("#answer-sentiment .label")).to_have_text("negative")
    expect(page.locator("#answer-sentiment .about")).to_have_text("about Jaws (1975)")
    expect(page.locator("#opened p")).to_have_count(0)


def test_a_bad_link_shows_a_notice_and_the_defaults(visit: Visit) -> None:
    page = visit("/?tab=iris&sepal_length=long&petal_width=99&petal_length=5.5")

    expect(page.locator("#opened .notice")).to_have_count(2)
    expect(page.locator("#opened")).to_contain_text("Sepal length")
    expect(page.locator("#opened")).to_contain_text("Petal width")
    expect(page.get_by_label("number input for Sepal length (cm)")).to_have_value("5.8")
    expect(page.get_by_label("number input for Petal length (cm)")).to_have_value("5.5")
    expect(page.locator("#answer-iris .label")).to_be_visible()


def test_a_link_to_nowhere_shows_a_notice_and_the_first_tab(visit: Visit) -> None:
    page = visit("/?tab=%3Cimg src=x onerror=alert(1)%3E")

    expect(page.locator("#opened .notice")).to_contain_text("<img src=x")
    expect(page.locator("#opened img")).to_have_count(0)
    expect(page.get_by_role("tab", name="Sentiment")).to_have_attribute("aria-selected", "true")


def test_the_address_bar_carries_what_was_answered(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=tweets")

    page.get_by_label("Text", exact=True).fill("so happy & glad")
    page.get_by_role("button", name="Analyse").click()
    page.wait_for_url("**text=*")

    assert query_of(page) == {
        "tab": ["sentiment"],
        "model": ["tweets"],
        "text": ["so happy & glad"],
    }


def test_copy_link_gives_the_link_of_the_answer(visit: Visit, server: str) -> None:
    page = visit("/?tab=iris&petal_width=1.7")

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()

    link = page.evaluate("navigator.clipboard.readText()")
    assert link == (
        f"{server}/?tab=iris&model=iris"
        "&sepal_length=5.8&sepal_width=3&petal_length=4.3&petal_width=1.7"
    )


def test_copying_a_link_to_a_long_text_says_that_it_is_too_long(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=reviews")

    page.get_by_label("Text", exact=True).fill("good " * 2_000)
    page.get_by_role("button", name="Analyse").click()
    page.get_by_role("button", name="Copy link").click()

    expect(page.get_by_role("button", name="Too long for a link")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_tab_scrolls_sideways_on_a_phone(visit: Visit, page: Page, theme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(f"{FILLED}&__theme={theme}")

    for title in TABS:
        page.get_by_role("tab", name=title).click()
        expect(page.get_by_role("tab", name=title)).to_have_attribute("aria-selected", "true")
        assert width_beyond_the_window(page) <= 0, title


def test_buttons_are_large_enough_for_a_thumb(visit: Visit, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit("/?tab=sentiment&model=reviews&text=Fine")

    for name in ("Analyse", "Clear", "Copy link"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box
        assert box["height"] >= 36, name


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_colours_of_the_system(
    visit: Visit, page: Page, theme: str, dark: bool
) -> None:
    page.emulate_media(color_scheme="dark" if dark else "light")
    visit("/?tab=iris")

    background, text = (
        page.evaluate(
            "(name) => getComputedStyle(document.body)[name].match(/\\d+/g).slice(0, 3)"
            ".reduce((sum, part) => sum + Number(part), 0)",
            name,
        )
        for name in ("backgroundColor", "color")
    )
    assert (background < text) is dark


def test_a_theme_that_was_chosen_stays_in_the_address(visit: Visit) -> None:
    page = visit("/?__theme=dark")

    page.get_by_role("tab", name="Iris").click()
    page.wait_for_url("**tab=iris*")

    assert query_of(page)["__theme"] == ["dark"]
    expect(page.locator("body")).to_have_class("dark")


def test_the_page_can_be_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=tweets")

    focus = "document.activeElement.id || document.activeElement.tagName"
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(focus))
        if reached[-1] == "TEXTAREA":
            page.keyboard.type("Worst airline ever")
        if reached[-1] == "analyse-sentiment":
            break
    assert reached[-1] == "analyse-sentiment", reached
    page.keyboard.press("Enter")

    expect(page.locator("#answer-sentiment .label")).to_have_text("negative")
