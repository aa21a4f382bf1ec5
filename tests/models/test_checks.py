"""The sentences of the behavioural checks."""

import random
from collections import Counter

import pytest

from models.evaluation.behaviour import Check
from models.evaluation.checks.filling import MARK, fill, fill_mark, swap_neighbours, with_article
from models.evaluation.checks.sentiment import checks_for
from models.reviews.training import CHECKS as REVIEWS
from models.tweets.training import CHECKS as TWEETS

SMALL = {"Emoji", "Plain facts are neutral", "Sentences as visitors type them"}


@pytest.mark.parametrize("checks", [REVIEWS, TWEETS], ids=["reviews", "tweets"])
def test_every_check_has_several_hundred_different_cases(checks: tuple[Check, ...]) -> None:
    few = [check.name for check in checks if len(set(check.cases)) < 200]

    assert set(few) <= SMALL
    assert max(len(check.cases) for check in checks) <= 400


@pytest.mark.parametrize("checks", [REVIEWS, TWEETS], ids=["reviews", "tweets"])
def test_every_field_of_a_template_is_filled(checks: tuple[Check, ...]) -> None:
    texts = [
        text
        for check in checks
        for case in check.cases
        for text in (case.text, *case.compared_with)
    ]

    assert [text for text in texts if "{" in text or MARK in text] == []


def test_the_sentences_are_the_same_at_every_call() -> None:
    one, other = (checks_for(("film", "script"), (), ()) for _ in range(2))

    assert [check.cases for check in one] == [check.cases for check in other]


def test_what_is_swapped_is_all_that_differs() -> None:
    for check in REVIEWS:
        if check.name.startswith("Another "):
            for case in check.cases:
                assert case.text not in case.compared_with
                assert len(set(case.compared_with)) == 5


@pytest.mark.parametrize("checks", [REVIEWS, TWEETS], ids=["reviews", "tweets"])
def test_both_labels_are_asked_for_where_either_may_be_right(checks: tuple[Check, ...]) -> None:
    for name in ("The author's opinion over others'", "Now over then"):
        cases = next(check.cases for check in checks if check.name == name)

        assert Counter(case.label for case in cases) == {"positive": 200, "negative": 200}


def test_each_template_gives_as_many_sentences_as_any_other() -> None:
    words = {"noun": ("film", "song", "game"), "good": ("good", "odd")}

    texts = fill(("a {noun}", "it is {a_good} {noun}."), words, 4, "seed", careless=0)

    assert sum(text.startswith("A ") for text in texts) == 2
    assert all(text.startswith(("A ", "It is a good ", "It is an odd ")) for text in texts)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("odd", "an odd"), ("good", "a good"), ("European", "a European"), ("Asian", "an Asian")],
)
def test_a_word_gets_its_article(word: str, expected: str) -> None:
    assert with_article(word) == expected
    assert fill_mark(f"A {MARK} man and a {MARK}", word) == f"A{expected[1:]} man and {expected}"


def test_two_neighbours_are_swapped_and_no_more() -> None:
    text = "all good"

    swapped = swap_neighbours(text, random.Random(1))

    places = [i for i, (a, b) in enumerate(zip(text, swapped, strict=True)) if a != b]
    assert len(places) == 2
    assert places[1] == places[0] + 1
    assert sorted(text) == sorted(swapped)
