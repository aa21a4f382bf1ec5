"""The Iris tab, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from models.predict import predict_one
from models.registry import LoadedModel

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

IRIS = "/?tab=iris"
TYPICAL = {"Sepal length": "5.8", "Sepal width": "3", "Petal length": "4.3", "Petal width": "1.3"}


def slider(page: Page, title: str) -> Locator:
    return page.get_by_label(f"range slider for {title} (cm)")


def number(page: Page, title: str) -> Locator:
    return page.get_by_label(f"number input for {title} (cm)")


def label_of(page: Page) -> Locator:
    return page.locator("#answer-iris .label")


def mark_of(page: Page) -> Locator:
    return page.locator("#drawing-iris .here")


def place_of(page: Page) -> Any:
    return mark_of(page).get_attribute("transform")


def test_the_tab_opens_with_a_typical_flower_and_its_answer(visit: Visit) -> None:
    page = visit(IRIS)

    for title, value in TYPICAL.items():
        expect(number(page, title)).to_have_value(value)
    expect(label_of(page)).to_have_text("versicolor")
    expect(page.locator("#answer-iris .bars td.number")).to_have_count(3)
    expect(page.locator("#drawing-iris [class^=class-][transform]")).to_have_count(150)
    expect(page.get_by_role("button", name="Analyse")).to_be_hidden()


def test_an_arrow_key_on_a_slider_moves_the_answer_and_the_drawing(visit: Visit) -> None:
    page = visit(IRIS)
    before = place_of(page)

    slider(page, "Petal width").press("End")

    expect(label_of(page)).to_have_text("virginica")
    expect(number(page, "Petal width")).to_have_value("2.9")
    expect(mark_of(page)).not_to_have_attribute("transform", before)

    slider(page, "Petal width").press("ArrowLeft")

    expect(number(page, "Petal width")).to_have_value("2.8")


def test_the_answer_follows_while_a_slider_is_dragged(visit: Visit) -> None:
    page = visit("/?tab=iris&petal_width=0.2")
    page.locator("#drawing-iris .here").wait_for()
    before = place_of(page)
    box = slider(page, "Petal length").bounding_box()
    assert box
    height = box["y"] + box["height"] / 2

    page.mouse.move(box["x"] + box["width"] * 0.5, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.15, height, steps=15)

    expect(label_of(page)).to_have_text("setosa")
    expect(mark_of(page)).not_to_have_attribute("transform", before)
    page.mouse.up()
    expect(label_of(page)).to_have_text("setosa")


def test_the_last_place_of_a_quick_drag_is_the_one_that_is_answered(
    visit: Visit, iris: LoadedModel
) -> None:
    page = visit(IRIS)

    for _ in range(3):
        slider(page, "Petal length").press("Home")
        slider(page, "Petal length").press("End")
    page.wait_for_url("**petal_length=7.8*")

    flower = {"sepal_length": 5.8, "sepal_width": 3.0, "petal_length": 7.8, "petal_width": 1.3}
    expect(label_of(page)).to_have_text(predict_one(iris, flower).label)


def test_a_number_typed_into_its_box_is_answered(visit: Visit) -> None:
    page = visit("/?tab=iris&petal_length=1.5")

    number(page, "Petal width").fill("0.2")

    expect(label_of(page)).to_have_text("setosa")
    expect(slider(page, "Petal width")).to_have_value("0.2")


def test_an_unusual_number_gets_an_answer_and_a_notice(visit: Visit) -> None:
    page = visit(IRIS)

    number(page, "Petal length").fill("7.5")

    expect(page.locator("#answer-iris .notice").first).to_contain_text(
        "Petal length 7.5 cm is outside"
    )
    expect(label_of(page)).to_have_text("virginica")


def test_an_impossible_number_gets_a_message_beside_its_field_and_no_answer(visit: Visit) -> None:
    page = visit(IRIS)

    for value in ("0", "-1", "31", ""):
        number(page, "Petal length").fill(value)
        expect(page.get_by_role("alert")).to_contain_text("Petal length")
        expect(page.get_by_role("alert")).to_contain_text("above 0 and up to 30 cm")
        expect(label_of(page)).to_have_count(0)

        number(page, "Petal length").fill("1.5")
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(label_of(page)).to_be_visible()


def test_each_typical_flower_can_be_clicked(visit: Visit, iris: LoadedModel) -> None:
    page = visit(IRIS)

    for example in iris.spec.examples:
        page.get_by_role("button", name=example.title, exact=True).click()
        expect(label_of(page)).to_have_text(example.title.removeprefix("Typical "))
        expect(number(page, "Petal width")).to_have_value(f"{example.record['petal_width']:g}")


def test_reset_brings_the_typical_values_back(visit: Visit) -> None:
    page = visit("/?tab=iris&petal_width=0.2&petal_length=1.4")
    expect(label_of(page)).to_have_text("setosa")

    page.get_by_role("button", name="Reset").click()

    expect(label_of(page)).to_have_text("versicolor")
    for title, value in TYPICAL.items():
        expect(number(page, title)).to_have_value(value)


def test_the_address_bar_follows_the_sliders(visit: Visit) -> None:
    page = visit(IRIS)

    number(page, "Petal width").fill("0.4")
    page.wait_for_url("**petal_width=0.4")

    assert page.url.endswith(
        "/?tab=iris&model=iris&sepal_length=5.8&sepal_width=3&petal_length=4.3&petal_width=0.4"
    )
