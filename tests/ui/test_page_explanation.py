"""Why and what if, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.render.words import percent_text
from models.predict import predict_one
from models.registry import ModelCatalogue

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

TEXT = "A wonderful film, though the ending is dull."
SESSION = "/?tab=sentiment&model=reviews&text=A+wonderful+film,+though+the+ending+is+dull."
FLOWER = "/?tab=iris&petal_length=4.8&petal_width=1.6"


def test_the_text_stands_in_the_explanation_as_it_was_written(visit: Visit) -> None:
    page = visit(SESSION)

    expect(page.locator(".answer .text").first).to_have_text(TEXT)
    words = page.locator(".answer .text .word")
    expect(words.filter(has_text="wonderful")).to_have_class("word for")
    expect(words.filter(has_text="dull")).to_have_class("word against")


def test_a_word_can_be_clicked_away_and_put_back(visit: Visit, catalogue: ModelCatalogue) -> None:
    page = visit(SESSION)
    word = page.locator(".answer .word").filter(has_text="wonderful")
    without = page.locator(".answer .without")

    word.click()

    # The word goes with the phrase that it is listed in.
    expect(word).to_have_attribute("aria-pressed", "true")
    shorter = TEXT.replace(word.inner_text(), "").replace("  ", " ").strip()
    left = predict_one(catalogue["reviews"], {"text": shorter})
    share = percent_text(left.probabilities[left.label])
    expect(without).to_contain_text(f"Without this: {left.label}, {share}.")

    page.get_by_role("button", name="Put back").click()

    expect(word).to_have_attribute("aria-pressed", "false")
    expect(without).to_have_text("Click words to leave them out.")


def test_the_browser_writes_a_probability_as_the_server_does(visit: Visit) -> None:
    page = visit(SESSION)
    near = (part / 100_000 for part in range(2_000))
    probabilities = [share / 2_000 for share in range(2_001)]
    probabilities += [*near, *(1 - share / 100_000 for share in range(2_000))]

    written = page.evaluate("probabilities => probabilities.map(percentText)", probabilities)

    assert written == [percent_text(probability) for probability in probabilities]


def test_no_word_left_out_makes_an_answer_certain(visit: Visit) -> None:
    page = visit(SESSION)
    sure = {"label": "positive", "probabilities": {"positive": 0.9999}}
    page.route("**/predict", lambda route: route.fulfill(json={"predictions": [sure]}))

    page.locator(".answer .word").filter(has_text="dull").click()

    expect(page.locator(".answer .without")).to_contain_text("positive, > 99.9 %.")


def test_a_word_can_be_left_out_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit(SESSION)
    word = page.locator(".answer .word").filter(has_text="dull")

    word.focus()
    word.press("Enter")

    expect(page.locator(".answer .without")).to_contain_text("Without this: positive")


def test_both_models_can_be_compared(visit: Visit) -> None:
    page = visit(SESSION)

    page.get_by_role("button", name="Compare").click()

    expect(page.locator(".compared .kind")).to_have_text(["Tweet", "Movie review"])
    expect(page.locator(".compared .bars")).to_have_count(2)


def test_the_regions_move_with_the_other_sliders(visit: Visit) -> None:
    page = visit(FLOWER)
    regions = page.locator("#drawing-iris .regions")
    before = regions.inner_html()

    page.locator("#field-sepal_length input[type=number]").fill("7.5")

    page.wait_for_function(
        "before => document.querySelector('#drawing-iris .regions').innerHTML !== before",
        arg=before,
    )


def test_each_measurement_says_what_would_change_the_species(visit: Visit) -> None:
    page = visit(FLOWER)

    rows = page.locator("#answer-iris .facts tr")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="Petal width")).to_contain_text("cm instead of 1.6: virginica")
