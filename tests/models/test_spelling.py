"""Swapped letters are put right in words that were never seen, and in no others."""

import pytest

from models.reviews.spelling import unswap
from models.reviews.transformers import NgramTfidf

KNOWN = {"charming", "from", "film"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("charimng", "charming"),
        ("hcarming", "charming"),
        ("flim", "film"),
        ("form", "from"),
        ("films", "films"),
        ("hcarmign", "hcarmign"),
        ("fi", "fi"),
        ("4561", "4561"),
    ],
)
def test_one_swap_is_undone(word: str, meant: str) -> None:
    assert unswap(word, KNOWN) == meant


def test_a_text_with_swapped_letters_is_read_as_the_text_that_was_meant() -> None:
    vectorizer = NgramTfidf(min_df=2).fit(["a charming film", "not a charming form", "a film"] * 2)

    for typed, meant in (("a charimng film", "a charming film"), ("not charimng", "not charming")):
        columns, values = vectorizer.columns_and_values(typed)
        expected = vectorizer.columns_and_values(meant)
        assert columns.tolist() == expected[0].tolist()
        assert values.tolist() == expected[1].tolist()
        assert vectorizer.read(typed).known.all()


def test_a_word_that_was_seen_is_left_as_it_is() -> None:
    vectorizer = NgramTfidf(min_df=2).fit(["go to the form from here", "a form from there"] * 2)

    assert vectorizer.read("form").row[0].tolist() != vectorizer.read("from").row[0].tolist()
