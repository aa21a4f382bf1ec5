import json
from html.parser import HTMLParser

import pytest
from explaining import explain_one
from hypothesis import example, given
from hypothesis import strategies as st

from demo.render.answer import answer_html, bars, empty_html, error_html
from demo.render.words import percent_text
from models.explain.answers import Answer
from models.iris.model import SPEC as IRIS
from models.registry import LoadedModel, ModelCatalogue
from models.spec import Prediction, Record

ATTACK = '"><img src=x onerror=alert(1)>'
ATTACKS = (
    ATTACK,
    "<script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "</section><b>",
    "&lt;b>",
)
OUR_TAGS = {
    *("section", "div", "p", "h2", "h3", "span", "cite", "button", "strong", "del"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "i", "em", "details", "summary"),
}
SHARES = st.floats(min_value=0, max_value=1)
ANSWER = Prediction("positive", {"negative": 0.125, "positive": 0.875})


class Elements(HTMLParser):
    """Every start tag of a piece of HTML, the names of its attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def percent_number(text: str) -> float:
    """Return what a percentage stands for, with "< 0.1" below and "> 99.9" above every other."""
    number = float(text.removesuffix(" %").lstrip("<> "))
    return number + {"<": -0.01, ">": 0.01}.get(text[0], 0)


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0, "< 0.1 %"),
        (0.0004, "< 0.1 %"),
        (0.004, "0.4 %"),
        (0.01, "1 %"),
        (0.126, "13 %"),
        (0.99, "99 %"),
        (0.994, "99.4 %"),
        (0.9996, "> 99.9 %"),
        (1, "> 99.9 %"),
    ],
)
def test_a_probability_is_in_whole_percent_except_near_0_and_1(
    probability: float, text: str
) -> None:
    assert percent_text(probability) == text


@given(SHARES, SHARES)
@example(0.9995, 0.9996)
@example(0.0005, 0.0004)
def test_a_higher_probability_never_reads_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert percent_number(percent_text(low)) <= percent_number(percent_text(high))


@given(SHARES)
@example(0.9995)
@example(0.0005)
def test_no_probability_reads_as_certain(probability: float) -> None:
    assert 0 < percent_number(percent_text(probability)) < 100


@given(SHARES)
def test_a_percentage_is_never_far_from_its_probability(probability: float) -> None:
    assert percent_number(percent_text(probability)) == pytest.approx(100 * probability, abs=0.51)


def test_each_class_has_a_bar_as_long_as_its_probability() -> None:
    html = bars(ANSWER)

    assert "width:12.5%" in html
    assert "width:87.5%" in html
    assert Elements(html).text == "negative12 %positive88 %"


def test_the_bar_of_the_label_alone_stands_out() -> None:
    chosen = [row for row in bars(ANSWER).split("<tr")[1:] if 'class="chosen"' in row]

    assert len(chosen) == 1
    assert "positive" in chosen[0]


def shown(
    model: LoadedModel, record: Record, prediction: Prediction = ANSWER, seconds: float = 0
) -> str:
    explanation = explain_one(model, {"text": record["text"]})
    answer = Answer(model, {"movie": ""} | dict(record), prediction, explanation)
    return answer_html(answer, seconds)


def test_an_answer_that_is_hardly_likelier_than_the_other_is_called_unsure(
    reviews: LoadedModel,
) -> None:
    even = Prediction("positive", {"negative": 0.49, "positive": 0.51})

    text = Elements(shown(reviews, {"text": "Fine."}, even)).text

    assert text.startswith("Unsure between positive and negative")


def test_the_question_names_the_label_and_the_bar_shows_from_where_it_is_sure(
    reviews: LoadedModel,
) -> None:
    even = Prediction("positive", {"negative": 0.49, "positive": 0.51})

    html = shown(reviews, {"text": "Fine."}, even)

    threshold = reviews.metadata["threshold"]["probability"]
    assert "Is positive right?" in Elements(html).text
    assert html.count("Called sure from") == 1
    assert f'class="sure" style="left:{100 * threshold:.1f}%"' in html


def test_an_answer_says_which_inputs_a_verdict_on_it_is_about(reviews: LoadedModel) -> None:
    html = shown(reviews, {"text": 'A "fine" one', "movie": "Alien"})

    (inputs,) = (v for v in Elements(html).values if v.startswith("{") and "Alien" in v)
    assert json.loads(inputs) == {"text": 'A "fine" one', "movie": "Alien"}


def test_the_answer_says_label_film_notices_and_time(reviews: LoadedModel) -> None:
    sure = Prediction("positive", {"negative": 0.001, "positive": 0.999}, ("Unusual.",))

    html = shown(reviews, {"text": "Fine.", "movie": "Alien"}, sure, 0.0123)

    text = Elements(html).text
    assert text.startswith("positiveabout Alien")
    assert "Unusual." in text
    assert "Answered in 12.3 ms" in text


def test_an_answer_without_a_film_does_not_speak_of_one(reviews: LoadedModel) -> None:
    html = shown(reviews, {"text": "Fine.", "movie": ""})

    assert "cite" not in {tag for tag, _ in Elements(html).tags}


def test_the_answer_carries_its_own_link(reviews: LoadedModel) -> None:
    html = shown(reviews, {"text": 'A "fine" one & more'})

    link = "?tab=sentiment&model=reviews&text=A+%22fine%22+one+%26+more"
    assert link in Elements(html).values


def test_an_answer_to_a_long_text_says_that_it_has_no_link(reviews: LoadedModel) -> None:
    html = shown(reviews, {"text": "long " * 2_000})

    assert "data-too-long" in Elements(html).tags[0][1]


@given(st.text(min_size=1) | st.sampled_from(ATTACKS))
def test_no_film_title_becomes_markup(reviews: LoadedModel, movie: str) -> None:
    plain = shown(reviews, {"text": "Fine.", "movie": "Alien"})

    html = shown(reviews, {"text": "Fine.", "movie": movie})

    assert Elements(html).tags == Elements(plain).tags
    assert "about " in Elements(html).text


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup(reviews: LoadedModel, attack: str) -> None:
    html = shown(reviews, {"text": attack})

    assert {tag for tag, _ in Elements(html).tags} <= OUR_TAGS


@given(st.text(min_size=1) | st.sampled_from(ATTACKS))
def test_no_message_becomes_markup(message: str) -> None:
    assert Elements(error_html(message)).tags == [("p", ("class", "role"))]


def test_no_message_shows_nothing() -> None:
    assert error_html("") == ""


def test_where_no_answer_is_the_page_says_what_to_do(catalogue: ModelCatalogue) -> None:
    assert "press Analyse" in Elements(empty_html(catalogue["reviews"].spec)).text
    assert "Correct them" in Elements(empty_html(IRIS)).text
