"""What both text models make of turned and weakened words: one row, and shares that add up to it."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from models.reviews.transformers import NgramTfidf
from models.text.cues import CUES
from models.text.lexicons import read_liu, read_vader
from models.tweets.transformers import TweetVectorizer
from models.vocabulary import TextTransformer

LEARNT = [
    "Not a good film, but the music was very good.",
    "I used to love it. Now it is a bad film!",
    "Anna thought it would be bad, but it was not.",
    "They say the music is dull? I never loved it at all.",
] * 3
WORDS = ["good", "bad", "film", "music", "loved", "dull", "Anna", ",", ".", "?", "at all", "!"]
WRITTEN = st.lists(st.sampled_from([*sorted(CUES), *WORDS * 15]), max_size=20).map(" ".join)


@cache
def fitted(name: str) -> Any:
    if name == "reviews":
        return NgramTfidf(min_df=2).fit(LEARNT)
    return TweetVectorizer(read_liu(), read_vader(), min_char=2).fit(LEARNT)


each_model = pytest.mark.parametrize("name", ["reviews", "tweets"])


def values_of(vectorizer: TextTransformer, text: str) -> dict[str, float]:
    """Return the values of a text by the names of their columns."""
    names = vectorizer.get_feature_names_out()
    columns, values = vectorizer.columns_and_values(text)
    return {str(names[i]): float(value) for i, value in zip(columns, values, strict=True)}


@each_model
@settings(max_examples=40)
@given(text=WRITTEN)
def test_a_text_is_read_as_the_row_that_it_becomes(name: str, text: str) -> None:
    vectorizer = fitted(name)

    columns, values = vectorizer.columns_and_values(text)
    reading = vectorizer.read(text)

    assert reading.row[0].tolist() == columns.tolist()
    assert np.allclose(reading.row[1], values, rtol=0, atol=1e-12)


@each_model
@settings(max_examples=40)
@given(text=WRITTEN)
def test_the_shares_of_a_column_add_up_to_its_value(name: str, text: str) -> None:
    reading = fitted(name).read(text)
    columns, values = reading.row
    found = reading.occurrences

    sums = np.bincount(found.columns, found.shares, minlength=int(columns.max(initial=0)) + 1)
    for column in set(found.columns.tolist()):
        # What cancels itself out is worth nothing: then there is nothing to share.
        if abs(values[columns == column].sum()) > 1e-12:
            assert sums[column] == pytest.approx(1)


@each_model
def test_fitting_at_once_gives_what_transforming_gives(name: str) -> None:
    vectorizer = fitted(name)

    at_once = type(vectorizer)(**vectorizer.get_params(deep=False)).fit_transform(LEARNT)

    assert np.allclose(at_once.toarray(), vectorizer.transform(LEARNT).toarray(), atol=1e-6)


@each_model
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna loved the film", "Ahmed loved the film"),
        ("a good french film", "a good nigerian film"),
        ("not a muslim film", "not a jewish film"),
        ("good music in London", "good music in Nairobi"),
    ],
)
def test_another_name_group_or_place_leaves_the_row_as_it_is(
    name: str, one: str, other: str
) -> None:
    vectorizer = fitted(name)

    assert values_of(vectorizer, one) == values_of(vectorizer, other)


def test_a_turned_word_of_a_review_is_the_opposite_of_the_plain_one() -> None:
    plain, turned = (values_of(fitted("reviews"), text) for text in ("good", "not good"))

    assert plain["good"] > 0 > turned["good"]
    assert turned["not_good"] > 0


def test_a_turned_word_of_a_tweet_is_the_opposite_of_the_plain_one() -> None:
    plain, turned = (values_of(fitted("tweets"), text) for text in ("good", "not good"))

    assert plain["word=good"] > 0 > turned["word=good"]
    assert plain["char=good"] == pytest.approx(-turned["char=good"])
    assert plain["style=liu balance"] == -turned["style=liu balance"]


def test_without_opposite_a_turned_word_has_its_own_column_alone() -> None:
    vectorizer = NgramTfidf(min_df=2, opposite=0.0).fit(LEARNT)

    values = values_of(vectorizer, "not good")

    assert values["not_good"] == pytest.approx(1)
    assert values.get("good", 0.0) == 0


def test_a_word_that_is_set_aside_counts_for_less() -> None:
    vectorizer = NgramTfidf(1, min_df=2).fit(LEARNT)

    values = values_of(vectorizer, "They say it is good. I loved it bad")
    assert 0 < values["good"] < values["bad"]


def test_a_pair_of_turned_words_is_held_back() -> None:
    free = TweetVectorizer(min_word=1).fit(LEARNT)
    column = free.vocabularies_["word"]

    assert free.idf_[column["not_good"]] < 0.5 * free.idf_[column["good"]]


def test_turned_words_can_be_told_apart_by_a_model_that_saw_none_of_them() -> None:
    texts = ["a good film", "a bad film"] * 4
    vectorizer = NgramTfidf(1, min_df=1).fit(texts)
    model = LogisticRegression(C=100).fit(vectorizer.transform(texts), ["+", "-"] * 4)

    asked = vectorizer.transform(["not a good film", "not a bad film"])

    assert model.predict(asked).tolist() == ["-", "+"]
