"""The page opens with an answer; links on it, Back and Forward lead through it without a reload."""

from collections.abc import Callable

import pytest
from browsing import PHONE
from playwright.sync_api import Locator, Page, expect

from demo.render.opening import opening_query
from models.registry import ModelCatalogue

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

DESKTOP = {"width": 1280, "height": 800}


def text_of(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def label_of(page: Page, subject: str = "sentiment") -> Locator:
    return page.locator(f"#answer-{subject} .label")


def tab_of(page: Page, title: str) -> Locator:
    return page.get_by_role("tab", name=title)


def card_of(page: Page, title: str) -> Locator:
    return page.get_by_role("navigation", name="The models").get_by_role("link", name=title)


def n_steps(page: Page) -> int:
    return int(page.evaluate("history.length"))


def expect_selected(page: Page, title: str) -> None:
    expect(tab_of(page, title)).to_have_attribute("aria-selected", "true")


def test_the_page_opens_with_an_example_and_its_answer(
    visit: Visit, server: str, catalogue: ModelCatalogue
) -> None:
    page = visit("/")
    specs = [model.spec for model in catalogue.loaded.values()]

    expect(text_of(page)).to_have_value(opening_query(specs)["text"])
    expect(page.get_by_label("Movie review", exact=True)).to_be_checked()
    expect(label_of(page)).to_have_text("positive")
    assert page.url == f"{server}/"


def test_back_and_forward_lead_through_tabs_and_answers(visit: Visit, server: str) -> None:
    page = visit("/")
    expect(label_of(page)).to_have_text("positive")
    page.evaluate("window.isSamePage = true")
    start = n_steps(page)

    text_of(page).fill("Two hours of boredom.")
    page.get_by_role("button", name="Analyse").click()
    page.wait_for_url("**text=Two+hours*")
    tab_of(page, "Iris").click()
    page.wait_for_url("**tab=iris*")
    card_of(page, "Sentiment of tweets").click()
    page.wait_for_url("**model=tweets*")
    expect(page.locator("#answer-sentiment .bars th")).to_have_count(3)
    assert n_steps(page) == start + 3

    page.go_back()
    expect_selected(page, "Iris")
    page.go_back()
    expect_selected(page, "Sentiment")
    expect(text_of(page)).to_have_value("Two hours of boredom.")
    expect(label_of(page)).to_have_text("negative")
    expect(page.get_by_label("Movie review", exact=True)).to_be_checked()
    page.go_back()
    expect(label_of(page)).to_have_text("positive")
    assert page.url == f"{server}/"
    page.go_forward()
    expect(label_of(page)).to_have_text("negative")
    page.wait_for_url("**text=Two+hours*")
    assert page.evaluate("window.isSamePage") is True


def test_moved_sliders_are_one_step_of_the_history(visit: Visit) -> None:
    page = visit("/?tab=iris&petal_width=0.4")
    start = n_steps(page)

    for _ in range(3):
        page.get_by_label("range slider for Petal width (cm)").press("ArrowRight")
    page.wait_for_url("**petal_width=0.7")

    assert n_steps(page) == start


def test_back_to_a_tab_keeps_what_was_typed_there_since(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=reviews&text=A+dull+film.")
    text_of(page).fill("A dull film. Or is it")

    tab_of(page, "Models").click()
    page.wait_for_url("**tab=models")
    page.go_back()

    expect_selected(page, "Sentiment")
    expect(text_of(page)).to_have_value("A dull film. Or is it")


def test_a_program_is_led_to_the_description_of_the_routes(visit: Visit) -> None:
    page = visit("/")

    page.get_by_role("link", name="Use it from a program").click()

    page.wait_for_url("**/docs")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_input_and_answer_are_in_view_from_the_start(
    visit: Visit, page: Page, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    visit("/")

    for part in (text_of(page), page.get_by_role("button", name="Analyse"), label_of(page)):
        expect(part).to_be_in_viewport(ratio=1)
    for title in ("Sentiment of tweets", "Sentiment of movie reviews", "Iris species"):
        expect(card_of(page, title)).to_be_visible()


def test_on_a_phone_the_answer_stays_in_sight_while_the_last_slider_moves(
    visit: Visit, page: Page
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit("/?tab=iris")
    slider = page.get_by_label("range slider for Petal width (cm)")

    slider.scroll_into_view_if_needed()
    page.mouse.wheel(0, 150)
    slider.press("End")

    expect(page.locator(".glance-line")).to_contain_text("virginica")
    for part in (page.locator(".glance-line"), page.locator("#drawing-iris"), slider):
        expect(part).to_be_in_viewport(ratio=0.9)
