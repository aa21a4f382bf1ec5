"""The Sentiment tab, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from models.explain.trust import is_unsure, unsure_sentence
from models.predict import predict_one
from models.registry import ModelCatalogue

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

TWEETS, REVIEWS = "/?tab=sentiment&model=tweets", "/?tab=sentiment&model=reviews"
ATTACK = "<img src=x onerror=alert(1)>"


def text_of(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def answer_of(page: Page) -> Locator:
    return page.locator("#answer-sentiment")


def analyse(page: Page, text: str) -> None:
    text_of(page).fill(text)
    page.get_by_role("button", name="Analyse").click()


def test_a_click_shows_label_probabilities_and_time(
    visit: Visit, catalogue: ModelCatalogue
) -> None:
    page = visit(REVIEWS)
    text = "Two hours of boredom."

    analyse(page, text)

    prediction = predict_one(catalogue["reviews"], {"text": text})
    expect(answer_of(page).locator(".label")).to_have_text(prediction.label)
    expect(answer_of(page).locator(".bars th")).to_have_text(["negative", "positive"])
    expect(answer_of(page).locator(".bars td.number")).to_have_count(2)
    expect(answer_of(page)).to_contain_text("Answered in")


def test_enter_with_ctrl_or_cmd_analyses(visit: Visit) -> None:
    page = visit(TWEETS)

    for keys, text, label in (
        ("Control+Enter", "Worst airline ever, I hate it", "negative"),
        ("Meta+Enter", "I love this so much, thank you!", "positive"),
    ):
        text_of(page).fill(text)
        text_of(page).press(keys)
        expect(answer_of(page).locator(".label")).to_have_text(label)
        expect(text_of(page)).to_have_value(text)


def test_enter_alone_begins_a_new_line(visit: Visit) -> None:
    page = visit(TWEETS)

    text_of(page).fill("one")
    text_of(page).press("Enter")
    text_of(page).press_sequentially("two")

    expect(text_of(page)).to_have_value("one\ntwo")
    expect(answer_of(page).locator(".label")).to_have_count(0)


@pytest.mark.parametrize("name", ["tweets", "reviews"])
def test_each_example_fills_the_inputs_and_is_answered(
    visit: Visit, catalogue: ModelCatalogue, name: str
) -> None:
    page = visit(f"/?tab=sentiment&model={name}")
    spec = catalogue[name].spec

    for example in spec.examples:
        page.get_by_role("button", name=example.title, exact=True).click()
        expect(text_of(page)).to_have_value(example.record["text"])
        prediction = predict_one(catalogue[name], example.record)
        unsure = is_unsure(prediction, catalogue[name].metadata)
        expect(answer_of(page).locator(".label")).to_have_text(
            unsure_sentence(prediction) if unsure else prediction.label
        )
        expect(answer_of(page).locator("cite")).to_have_text(
            [example.record["movie"]] if example.record.get("movie") else []
        )


def test_clear_empties_the_inputs_and_the_answer(visit: Visit) -> None:
    page = visit(f"{REVIEWS}&text=Fine.&movie=Alien")
    expect(answer_of(page).locator(".label")).to_be_visible()

    page.get_by_role("button", name="Clear", exact=True).click()

    expect(text_of(page)).to_have_value("")
    expect(page.get_by_label("Movie (optional)")).to_have_value("")
    expect(answer_of(page).locator(".label")).to_have_count(0)
    expect(answer_of(page)).to_contain_text("The answer appears here")
    expect(page.get_by_label("Movie review", exact=True)).to_be_checked()


def test_the_choice_of_model_brings_its_field_its_examples_and_its_answer(visit: Visit) -> None:
    page = visit(f"{TWEETS}&text=Not+bad+at+all")
    expect(page.get_by_label("Movie (optional)")).to_be_hidden()
    expect(answer_of(page).locator(".bars th")).to_have_text(["negative", "neutral", "positive"])

    page.get_by_label("Movie review", exact=True).check()

    expect(page.get_by_label("Movie (optional)")).to_be_visible()
    expect(answer_of(page).locator(".bars th")).to_have_text(["negative", "positive"])
    expect(page.get_by_role("button", name="Clear warning", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Plain fact", exact=True)).to_be_hidden()
    expect(text_of(page)).to_have_value("Not bad at all")

    page.get_by_label("Tweet", exact=True).check()

    expect(page.get_by_label("Movie (optional)")).to_be_hidden()
    expect(answer_of(page).locator(".bars th")).to_have_text(["negative", "neutral", "positive"])


def test_a_movie_can_be_chosen_among_suggestions(visit: Visit) -> None:
    page = visit(REVIEWS)

    page.get_by_label("Movie (optional)").click()
    page.get_by_role("option", name="Fargo (1996)").click()
    analyse(page, "A lovely film.")

    expect(answer_of(page).locator("cite")).to_have_text("Fargo (1996)")


def test_a_movie_of_ones_own_is_shown_as_text_and_never_run(visit: Visit) -> None:
    page = visit(REVIEWS)

    page.get_by_label("Movie (optional)").fill(ATTACK)
    page.get_by_label("Movie (optional)").press("Enter")
    analyse(page, f"A lovely film. {ATTACK}")

    expect(answer_of(page).locator("cite")).to_have_text(ATTACK)
    expect(page.locator('img[src="x"]')).to_have_count(0)


def test_a_blank_text_gets_a_message_beside_the_field_and_no_answer(visit: Visit) -> None:
    page = visit(TWEETS)

    analyse(page, "   ")

    expect(page.get_by_role("alert")).to_have_text("Text is empty; write something to analyse.")
    expect(answer_of(page).locator(".label")).to_have_count(0)

    analyse(page, "so happy today")

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(answer_of(page).locator(".label")).to_be_visible()


def test_a_long_text_gets_a_message_beside_the_field(visit: Visit) -> None:
    page = visit(TWEETS)

    analyse(page, "x" * 5_001)

    expect(page.get_by_role("alert")).to_contain_text("at most 5,000")


def test_an_error_goes_when_an_example_is_clicked(visit: Visit) -> None:
    page = visit(TWEETS)
    analyse(page, "")
    expect(page.get_by_role("alert")).to_be_visible()

    page.get_by_role("button", name="Clear praise", exact=True).click()

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(answer_of(page).locator(".label")).to_be_visible()
