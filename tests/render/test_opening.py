"""What the page opens with."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from demo.render.answer import summarize
from demo.render.links import read_query
from demo.render.opening import (
    answered_html,
    card_of,
    figure_words,
    opened_html,
    opening_example,
    opening_query,
)
from models.explain.answers import predict_explained
from models.registry import LoadedModel, ModelCatalogue


def test_the_page_opens_with_praise_and_blame_that_is_answered_right(reviews: LoadedModel) -> None:
    example = opening_example(reviews.spec)
    assert example

    answer = predict_explained(reviews, example.record)

    values = {item.feature: item.value for item in answer.explanation.contributions}
    assert (answer.prediction.label, summarize(answer).unsure) == ("positive", "")
    assert max(values.values()) > 0 > min(values.values())
    assert values["never bored"] > 0


def test_one_model_alone_has_the_example_that_the_page_opens_with(
    catalogue: ModelCatalogue,
) -> None:
    specs = [model.spec for model in catalogue.loaded.values()]
    link = read_query(opening_query(specs), specs, [])

    assert [spec.name for spec in specs if opening_example(spec)] == ["reviews"]
    assert (link.tab, link.model, link.notices) == ("sentiment", "reviews", ())
    assert opening_query([spec for spec in specs if spec.name != "reviews"]) == {}


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("tweets", "Right in 66 of 100 tweets of a later year"),
        ("reviews", "Right in 92 of 100 reviews it had never seen"),
        ("iris", "Right in 98 of 100 flowers it had never seen"),
    ],
)
def test_a_card_says_how_often_a_model_is_right_and_leads_to_an_answer(
    catalogue: ModelCatalogue, name: str, figure: str
) -> None:
    card = card_of(catalogue[name])

    assert card.figure == figure
    assert card.query
    assert f"model={name}" in card.query
    assert ("text=" in card.query) is (name != "iris")


@pytest.mark.parametrize(
    ("accuracy", "words"),
    [(0.994, "99 of 100"), (0.996, "more than 99 of 100"), (1.0, "100 of 100"), (0.5, "50 of 100")],
)
def test_nearly_always_right_is_not_always_right(
    iris: LoadedModel, accuracy: float, words: str
) -> None:
    assert figure_words(accuracy, iris.spec).startswith(f"Right in {words} flowers")


def test_without_a_count_of_right_answers_a_card_says_what_the_model_does(
    iris: LoadedModel,
) -> None:
    assert figure_words(None, replace(iris.spec, summary="Names it.")) == "Names it."


@pytest.mark.parametrize("text", ['"><img src=x>', "' onfocus='", "\ud800", "a\r\nb", "&quot;"])
def test_what_came_in_a_link_or_a_field_stays_text(text: str) -> None:
    answered = ElementTree.fromstring(
        answered_html("", "tweets", {"text": text, "movie": None}, "No.")
    )
    assert json.loads(answered.attrib["data-inputs"]) == {"text": text, "movie": None}
    assert [each.tag for each in answered.iter()] == ["div", "p"]

    opened = ElementTree.fromstring(opened_html((text.replace("\ud800", ""),), "1"))
    assert [each.tag for each in opened.iter()] == ["div", "p"]
