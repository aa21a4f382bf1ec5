"""What the committed text models do with sentences such as a visitor would type."""

import numpy as np
import pytest

from models.evaluation.behaviour import (
    Case,
    Check,
    Judge,
    Published,
    find_failed,
    grows_surer,
    has_label,
    is_not_lowered,
    is_not_raised,
    keeps_label,
    run_check,
)
from models.evaluation.checks.sentiment import checks_for
from models.predict import predict_one
from models.registry import ModelCatalogue

REVIEWS = {
    "positive": (
        "I loved it.",
        "Great movie",
        "A masterpiece.",
        "The acting is superb",
        "One of the best films of the year!",
        "Funny, warm and clever.",
        "I would watch it again.",
        "10/10",
        "Beautifully shot and very moving.",
        "Highly recommended.",
        "It is not boring.",
        "absolutely brilliant 😍",
        "An unforgettable story",
        "Pure joy",
    ),
    "negative": (
        "Terrible.",
        "What a waste of time",
        "I fell asleep halfway through.",
        "Not good.",
        "I didn't like it at all.",
        "Boring and far too long.",
        "The plot makes no sense.",
        "Do not bother.",
        "2/10, avoid",
        "The jokes fall flat.",
        "Worst film I have ever seen",
        "This is not a good movie",
        "I can't recommend it",
        "so disappointing",
    ),
}
TWEETS = {
    "positive": (
        "I love you guys!",
        "best day ever",
        "Happy birthday mum!!",
        "thank you so much 😊",
        "Can't wait for the concert tonight!",
        "I am so proud of my team",
        "amazing goal!",
        "That's awesome news 🎉",
    ),
    "neutral": (
        "The bus leaves at 8",
        "The meeting is on Friday",
        "Reading a book about trains",
        "New shop opens on Main Street tomorrow",
        "What time is the game?",
    ),
    "negative": (
        "So tired of this",
        "Worst service I've ever had",
        "I hate Mondays",
        "ugh, my phone died again",
        "not happy with the new update",
        "RIP to a legend 😢",
        "I don't like it",
        "My flight is delayed and nobody cares",
    ),
}
SENTENCES = [
    (name, text, label)
    for name, labels in (("reviews", REVIEWS), ("tweets", TWEETS))
    for label, texts in labels.items()
    for text in texts
]
# How often the checks of each model's card may fail, in percent.
MOST = {
    "Plain words": 10,
    "Sentiment words in short sentences": 3,
    "A negated negative is not negative": 13,
    "A negated positive is negative": 3,
    # Wanted are 10.
    "Neutral words in context are neutral": 16,
    "A negated neutral is neutral": 40,
    "Plain facts are neutral": 25,
    "Thought to be bad, but it was not": 50,
    "The author's opinion over others'": 30,
    "Now over then": 20,
    "A question answered with yes": 4,
    "A question answered with no": 55,
    "Two swapped letters change nothing": 4,
    "A handle or link changes nothing": 4,
    "Another name changes nothing": 3,
    "Another place changes nothing": 3,
    "Another number changes nothing": 4,
    "Another nationality changes nothing": 2,
    "Another religion changes nothing": 2,
    "Another ethnic group changes nothing": 2,
    "Another orientation changes nothing": 2,
    "A negative sentence added lowers it": 3,
    "A positive sentence added raises it": 3,
    "Emoji": 10,
}


@pytest.mark.parametrize(("name", "text", "label"), SENTENCES)
def test_a_short_sentence_is_read_as_people_read_it(
    catalogue: ModelCatalogue, name: str, text: str, label: str
) -> None:
    assert predict_one(catalogue[name], {"text": text}).label == label


@pytest.mark.parametrize("name", ["reviews", "tweets"])
def test_the_checks_of_the_card_fail_no_oftener_than_promised(
    catalogue: ModelCatalogue, name: str
) -> None:
    checks = catalogue[name].metadata["behaviour"]
    rates = {check["name"]: 100 - 100 * check["passed"] / check["cases"] for check in checks}

    assert {check: rate for check, rate in rates.items() if rate > MOST.get(check, 100)} == {}
    assert len(rates.keys() & MOST) >= 4


@pytest.mark.parametrize(
    ("name", "plain", "turned"),
    [
        ("reviews", "The film was great.", "The film was not great."),
        ("reviews", "I loved it.", "I never loved it."),
        ("tweets", "The service was great.", "The service was not great."),
        ("tweets", "I like it", "I don't like it"),
    ],
)
def test_a_negation_turns_praise(
    catalogue: ModelCatalogue, name: str, plain: str, turned: str
) -> None:
    one, other = (predict_one(catalogue[name], {"text": text}) for text in (plain, turned))

    assert one.label == "positive"
    assert other.label == "negative"


@pytest.mark.parametrize("name", ["reviews", "tweets"])
def test_an_empty_handed_text_gets_no_sure_answer(catalogue: ModelCatalogue, name: str) -> None:
    answer = predict_one(catalogue[name], {"text": "asdf qwerty zxcv"})

    assert max(answer.probabilities.values()) < 0.75


@pytest.mark.parametrize(
    ("name", "weaker", "stronger"),
    [
        ("reviews", "A good film!", "An extremely good film!"),
        ("tweets", "good news", "really good news!!!"),
    ],
)
def test_an_intensifier_makes_praise_surer(
    catalogue: ModelCatalogue, name: str, weaker: str, stronger: str
) -> None:
    one, other = (predict_one(catalogue[name], {"text": text}) for text in (weaker, stronger))

    assert other.probabilities["positive"] > one.probabilities["positive"]


class _SaysPositive:
    """A pipeline that calls every text positive."""

    classes_ = np.array(["negative", "positive"])

    def predict_proba(self, X: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return np.tile([0.2, 0.8], (len(X), 1))


def test_a_check_counts_what_passed_and_keeps_what_failed() -> None:
    check = Check(
        "Plain", (Case("good", label="positive"), Case("bad", label="negative")), has_label
    )

    assert run_check(check, _SaysPositive()) == {
        "name": "Plain",
        "cases": 2,
        "passed": 1,
        "failures": ["bad"],
    }


def test_a_check_tells_what_the_paper_gives() -> None:
    check = Check("Plain", (Case("good", label="positive"),), has_label, Published(1, 2, 3, 4.5))

    assert run_check(check, _SaysPositive())["published"] == {
        "microsoft": 1,
        "google": 2,
        "amazon": 3,
        "bert": 4.5,
    }


class _CountsGoodAndBad:
    """A pipeline that is the surer of positive the more often "good" occurs, and "bad" the less."""

    classes_ = np.array(["negative", "positive"])

    def predict_proba(self, X: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        counts = [text.count("good") - text.count("bad") for text in X]
        positive = np.clip(0.5 + 0.15 * np.array(counts), 0.0, 1.0)
        return np.column_stack([1 - positive, positive])


@pytest.mark.parametrize(
    ("judge", "passing", "failing"),
    [
        (has_label, Case("good", label="positive"), Case("bad", label="positive")),
        (has_label, Case("good", unlike="negative"), Case("bad", unlike="negative")),
        (
            keeps_label,
            Case("good", ("good good", "good good good")),
            Case("good", ("good good", "bad")),
        ),
        (grows_surer, Case("good", ("",), "positive"), Case("bad", ("",), "positive")),
        (is_not_lowered, Case("good", ("",), "positive"), Case("bad", ("",), "positive")),
        (is_not_raised, Case("bad", ("",), "positive"), Case("good", ("",), "positive")),
    ],
)
def test_a_case_passes_or_fails_by_what_it_is_compared_with(
    judge: Judge, passing: Case, failing: Case
) -> None:
    assert find_failed(Check("A", (passing, failing), judge), _CountsGoodAndBad()) == [failing]


def test_a_model_without_a_neutral_class_is_not_asked_for_it() -> None:
    names = [check.name for check in checks_for(("film",), facts=(), emoji=(("😍", "positive"),))]

    assert "Plain facts are neutral" not in names
    assert "Emoji" in names
