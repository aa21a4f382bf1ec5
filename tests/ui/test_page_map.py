"""The map of known flowers, in a real browser."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from browsing import PHONE, NewPage
from playwright.sync_api import Locator, Page, Route, expect

from demo.render.drawing import map_html
from models.features import NumberFeature
from models.registry import LoadedModel

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

IRIS = "/?tab=iris"
LISTEN = """() => {
  window.told = [];
  document.addEventListener("set-values", ({ detail }) => {
    told.push(detail);
    for (const [name, value] of Object.entries(detail)) {
      const field = document.querySelector(`#field-${name} input[type=number]`);
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}"""


@pytest.fixture
def iris_page(visit: Visit) -> Page:
    """The page with a map that is drawn, and with a note of each pair of values that it sets."""
    page = visit(IRIS)
    page.locator("#drawing-iris .here[transform]").wait_for()
    page.locator("#drawing-iris").scroll_into_view_if_needed()
    page.evaluate(LISTEN)
    return page


def mark_of(page: Page) -> Locator:
    return page.locator("#drawing-iris .here")


def place_on(page: Page, element: Locator) -> tuple[float, float]:
    """Return where something that is drawn on the map lies in the window."""
    box = page.locator("#drawing-iris .plot svg").bounding_box()
    moved = element.get_attribute("transform")
    assert box
    assert moved
    x, y = map(float, moved.removeprefix("translate(").removesuffix(")").split())
    return box["x"] + x, box["y"] + y


def flower(iris: LoadedModel, index: int) -> dict[str, float]:
    sample = iris.metadata["known_samples"]["X"][index]
    return dict(zip(iris.spec.feature_names, sample, strict=True))


def told(page: Page) -> list[dict[str, float]]:
    page.wait_for_function("told.length")
    return list(page.evaluate("told"))


def expect_told(page: Page, values: dict[str, float]) -> None:
    """Wait until the map has told of these values: it tells of the last ones in each frame."""
    page.wait_for_function(
        "values => Object.entries(values).every(([name, value]) => told.at(-1)?.[name] === value)",
        arg=values,
    )


@pytest.mark.parametrize("index", [0, 70, 118])
def test_a_click_on_a_known_flower_sets_its_two_values_and_says_what_it_is(
    iris_page: Page, iris: LoadedModel, index: int
) -> None:
    clicked = iris_page.locator("#drawing-iris .samples path").nth(index)

    iris_page.mouse.click(*place_on(iris_page, clicked))

    length, width = (flower(iris, index)[name] for name in ("petal_length", "petal_width"))
    assert told(iris_page) == [{"petal_length": length, "petal_width": width}]
    known = iris.metadata["known_samples"]
    there = Counter(
        label
        for sample, label in zip(known["X"], known["y"], strict=True)
        if sample[2:] == [length, width]
    )
    names = [f"{count} {label}" if there.total() > 1 else label for label, count in there.items()]
    tip = iris_page.locator("#drawing-iris .point")
    expect(tip).to_have_text(f"{', '.join(names)}, {length:g} × {width:g} cm")


def test_a_drag_moves_the_mark_at_once_and_tells_only_steps_that_differ(iris_page: Page) -> None:
    x, y = place_on(iris_page, mark_of(iris_page))

    iris_page.mouse.move(x, y)
    iris_page.mouse.down()
    iris_page.mouse.move(x + 120, y - 60, steps=30)
    iris_page.mouse.up()

    at = place_on(iris_page, mark_of(iris_page))
    assert at == pytest.approx((x + 120, y - 60), abs=5)
    steps = told(iris_page)
    assert 1 < len(steps) <= 30
    assert all(one != other for one, other in pairwise(steps))
    assert all(round(value, 1) == value for step in steps for value in step.values())


def test_the_arrow_keys_move_it_by_a_step_and_by_ten_with_shift(iris_page: Page) -> None:
    here = mark_of(iris_page)

    here.press("ArrowRight")
    expect(here).to_have_attribute("aria-valuetext", "4.4 × 1.3 cm; known there: versicolor")
    here.press("Shift+ArrowUp")
    expect(here).to_have_attribute("aria-valuetext", "4.4 × 2.3 cm")
    for _ in range(2):
        here.press("Shift+ArrowDown")
        here.press("Shift+ArrowDown")

    expect(here).to_have_attribute("aria-valuetext", "4.4 × 0.1 cm")
    expect_told(iris_page, {"petal_length": 4.4, "petal_width": 0.1})


def test_the_mark_is_where_the_sliders_are_and_keeps_the_focus(iris_page: Page) -> None:
    mark_of(iris_page).focus()

    iris_page.get_by_label("number input for Petal width (cm)").evaluate(
        "field => { field.value = 2.2; field.dispatchEvent(new Event('input', {bubbles: true})) }"
    )

    expect(iris_page.locator("#answer-iris .label")).to_have_text("virginica")
    expect(mark_of(iris_page)).to_have_attribute("aria-valuetext", "4.3 × 2.2 cm")
    expect(mark_of(iris_page)).to_be_focused()


def test_only_a_measurement_that_is_not_shown_asks_for_other_regions(iris_page: Page) -> None:
    regions = iris_page.locator("#drawing-iris .regions path")
    expect(regions).to_have_count(3)
    asked: list[Any] = []
    iris_page.on("request", lambda request: asked.append(request.url))

    iris_page.get_by_label("number input for Petal width (cm)").fill("2.2")
    expect(iris_page.locator("#answer-iris .label")).to_have_text("virginica")
    assert not any(url.endswith("/regions") for url in asked)

    before = regions.first.get_attribute("d") or ""
    iris_page.get_by_label("number input for Sepal length (cm)").fill("7.5")
    expect(regions.first).not_to_have_attribute("d", before)
    assert sum(url.endswith("/regions") for url in asked) == 1

    # Nothing is predicted for a flower without sepals.
    iris_page.get_by_label("number input for Sepal length (cm)").fill("")
    expect(regions).to_have_count(0)


def test_other_measurements_can_be_chosen_and_are_kept(new_page: NewPage) -> None:
    page = new_page(IRIS)
    across = page.get_by_label("Measurement shown across")
    upwards = page.get_by_label("Measurement shown upwards")

    upwards.select_option("Sepal width (cm)")
    across.select_option("Sepal width (cm)")
    expect(upwards).to_have_value("petal_length")
    page.reload()

    expect(mark_of(page)).to_have_attribute("aria-valuetext", "3 × 4.3 cm")
    expect(across).to_have_value("sepal_width")


def test_on_a_phone_it_is_small_enough_to_stay_in_sight(new_page: NewPage) -> None:
    page = new_page(IRIS, PHONE)
    drawn = page.locator("#drawing-iris sample-map")
    page.locator("#drawing-iris .regions path").first.wait_for()

    box = drawn.bounding_box()

    assert box
    assert box["height"] <= 190
    for side in ("across", "upwards"):
        choice = page.get_by_label(f"Measurement shown {side}").bounding_box()
        assert choice
        assert choice["height"] >= 44


@pytest.mark.parametrize(("takes_lowest", "edge"), [(True, -40), (False, -39.5)])
def test_on_a_map_of_temperatures_the_keys_go_below_zero_as_far_as_is_possible(
    visit: Visit, iris: LoadedModel, takes_lowest: bool, edge: float
) -> None:
    page = visit("/?tab=models")
    asked: list[dict[str, Any]] = []

    def answer(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or "")["record"])
        route.fulfill(json={"rows": []})

    page.route("**/api/models/weather/regions", answer)
    fields = "".join(
        f'<p id="field-{name}"><input type="number" value="-20"></p>' for name in ("night", "day")
    )
    shown = f"<style>.plot svg {{ width: 400px; height: 300px }}</style>{fields}"
    page.evaluate(
        "html => document.body.replaceChildren(document.createRange().createContextualFragment(html))",
        f'<div class="subject">{shown}{map_html(weather(iris, takes_lowest))}</div>',
    )
    page.evaluate(LISTEN)
    mark = page.locator("sample-map .here")
    expect(mark).to_have_attribute("aria-valuetext", "-20 × -20 °C; known there: setosa")

    for _ in range(5):
        mark.press("Shift+ArrowLeft")
    expect(mark).to_have_attribute("aria-valuenow", str(edge))
    mark.press("Shift+ArrowUp")

    expect(mark).to_have_attribute("aria-valuetext", f"{edge} × -15 °C")
    expect_told(page, {"night": edge, "day": -15})
    assert asked[0] == {"night": -20, "day": -20}


def weather(iris: LoadedModel, takes_lowest: bool) -> LoadedModel:
    """Return a model of two temperatures, of which samples are known."""
    features = tuple(
        NumberFeature(
            *(name, name.title(), "°C", -39.0, 22),
            step=0.5,
            typical=3,
            highest=60,
            lowest=-40,
            takes_lowest=takes_lowest,
        )
        for name in ("night", "day")
    )
    spec = replace(iris.spec, name="weather", features=features, map_axes=None)
    known: dict[str, list[Any]] = {"X": [[-20.0, -20.0]], "y": [spec.classes[0]]}
    return replace(iris, spec=spec, metadata={"known_samples": known})
