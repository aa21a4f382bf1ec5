"""What the text pipelines are made of: scikit-learn's contract, tokens and their places."""

import itertools
import pickle
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import estimator_checks_generator

from models.reviews.scale import LengthScale
from models.reviews.tokens import locate
from models.reviews.tokens import tokenize as review_tokens
from models.reviews.transformers import NgramTfidf
from models.tweets.folding import TemperedLogisticRegression
from models.tweets.ngrams import ngrams_of
from models.tweets.tokens import find_words
from models.tweets.tokens import tokenize as tweet_tokens
from models.tweets.transformers import TweetVectorizer
from models.tweets.vectors import WordVectors

TEXTS = [
    "Not bad at all :-)",
    "A dull, dull film!!",
    "so happy 😍 today",
    "Not good. @ann #win",
] * 3
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
PIECES = st.sampled_from(
    [
        *("not", "good!", "bad", ":(", "😍", "❤️", "👍🏽", "GREAT", "sooooo", "İstanbul", "&amp;"),
        *("<br />", "@ann", "#win", "http://a.b/c", "10/10", "can't", "\n", "wörd", "e\u0301"),
    ]
)
WRITTEN = st.lists(PIECES, max_size=12).map(" ".join)
each_vectorizer = pytest.mark.parametrize(
    "vectorizer",
    [NgramTfidf(min_df=2), TweetVectorizer(min_char=2)],
    ids=lambda vectorizer: type(vectorizer).__name__,
)


def contract(*estimators: BaseEstimator) -> Iterator[Any]:
    """Yield each check of scikit-learn's that needs no library beyond our own."""
    for estimator in estimators:
        for one, check in estimator_checks_generator(estimator, mark=None):
            name = check.func.__name__
            if "array_api" not in name:
                yield pytest.param(one, check, id=f"{type(one).__name__}-{name}")


@pytest.mark.parametrize(
    ("estimator", "check"),
    [*contract(LengthScale(), TemperedLogisticRegression(class_weight=None))],
)
def test_an_estimator_keeps_the_contract_of_scikit_learn(
    estimator: BaseEstimator, check: Callable[[BaseEstimator], None]
) -> None:
    check(estimator)


@each_vectorizer
def test_fitting_and_transforming_is_what_transforming_after_fitting_is(vectorizer: Any) -> None:
    at_once = clone(vectorizer).fit_transform(TEXTS)
    after = clone(vectorizer).fit(TEXTS).transform(TEXTS)

    assert np.allclose(at_once.toarray(), after.toarray())


@each_vectorizer
def test_every_column_has_a_name_of_its_own(vectorizer: Any) -> None:
    fitted = clone(vectorizer).fit(TEXTS)

    names = fitted.get_feature_names_out()
    assert len(set(names)) == len(names) == fitted.transform(TEXTS).shape[1]


@each_vectorizer
def test_a_stored_vectorizer_does_what_it_did(vectorizer: Any) -> None:
    fitted = clone(vectorizer).fit(TEXTS)

    again = pickle.loads(pickle.dumps(fitted))

    assert (again.transform(TEXTS) != fitted.transform(TEXTS)).nnz == 0
    assert list(again.get_feature_names_out()) == list(fitted.get_feature_names_out())


@each_vectorizer
@pytest.mark.parametrize("X", ["one text", [1, 2], [["nested"]], 7])
def test_what_is_no_sequence_of_texts_is_refused(vectorizer: Any, X: Any) -> None:
    with pytest.raises(ValueError, match="sequence of texts"):
        clone(vectorizer).fit(X)


@each_vectorizer
def test_a_text_of_unknown_words_has_no_ngrams(vectorizer: Any) -> None:
    fitted = clone(vectorizer).fit(TEXTS)

    assert np.isfinite(fitted.transform(["zzz qqq", ""]).toarray()).all()


@cache
def fitted_on_characters(pooled: bool) -> TweetVectorizer:
    """Return a vectorizer that knows single characters, blanks among them."""
    vectors = WordVectors(("good", "bad"), np.eye(2, dtype=np.float32)) if pooled else None
    return TweetVectorizer(min_char=1, char_range=(1, 3), vectors=vectors).fit(TEXTS)


@pytest.mark.parametrize("pooled", [True, False])
@given(text=ANY_TEXT | WRITTEN)
def test_a_tweet_is_read_as_it_is_transformed(pooled: bool, text: str) -> None:
    fitted = fitted_on_characters(pooled)

    row, reading = fitted.transform([text]), fitted.read(text)

    assert row.indices.tobytes() == reading.row[0].tobytes()
    assert np.allclose(row.data, reading.row[1], rtol=0, atol=1e-12)
    assert set(reading.occurrences.columns.tolist()) <= set(row.indices.tolist())


@pytest.mark.parametrize("vectorizer", [NgramTfidf(), TweetVectorizer()])
def test_what_is_not_fitted_reads_nothing(vectorizer: Any) -> None:
    with pytest.raises(NotFittedError):
        vectorizer.read("good")


def test_the_ngrams_of_a_tweet_come_in_the_order_of_the_text() -> None:
    meant = find_words(tweet_tokens("@ann not good"))

    words, pairs, chars = ngrams_of(meant, (3, 3))

    assert words.names == ["<user>", "not_good", "good"]
    assert words.amounts == [1.0, 1.0, -1.0]
    assert pairs.names == ["<s> <user>", "<user> not_good", "not_good </s>"]
    assert chars.names == [" go", "goo", "ood", "od "]
    assert chars.amounts == [-1.0] * 4


def test_a_vectorizer_keeps_the_ngrams_that_tell_the_labels_apart() -> None:
    texts = ["good day", "bad day"] * 6
    vectorizer = TweetVectorizer(min_char=len(texts) + 1, max_features=2)

    names = vectorizer.fit(texts, ["positive", "negative"] * 6).get_feature_names_out()

    assert [name for name in names if name.startswith("word=")] == ["word=bad", "word=good"]


def test_a_known_ngram_weighs_more_the_rarer_it_is() -> None:
    fitted = NgramTfidf(ngram_max=1, min_df=1).fit(["film plum", "film", "film"])

    row = dict(
        zip(
            fitted.get_feature_names_out(),
            fitted.transform(["film plum"]).toarray()[0],
            strict=True,
        )
    )
    assert row["plum"] > row["film"] > 0
    assert sum(value**2 for value in row.values()) == pytest.approx(1)


def test_tempering_changes_probabilities_and_no_label() -> None:
    X, y = np.arange(20.0).reshape(-1, 1), ["a"] * 10 + ["b"] * 10

    sharp = TemperedLogisticRegression(temperature=1.0).fit(X, y)
    soft = TemperedLogisticRegression(temperature=5.0).fit(X, y)

    assert (sharp.predict(X) == soft.predict(X)).all()
    assert soft.predict_proba(X).max() < sharp.predict_proba(X).max()


@given(ANY_TEXT | WRITTEN)
def test_the_tokens_of_a_review_stand_in_order_at_their_places(text: str) -> None:
    words, spans = locate(text)

    assert words == review_tokens(text)
    assert all(0 <= index < len(spans) for index in (*words.indices, *words.sources))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@given(ANY_TEXT | WRITTEN)
def test_the_tokens_of_a_tweet_stand_in_order_at_their_places(text: str) -> None:
    tokens = tweet_tokens(text)

    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(one.end <= other.start for one, other in itertools.pairwise(tokens))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Sooooo GOOD", ["soo", "good"]),
        ("@ann #Win http://a.b/c", ["<user>", "#win", "<url>"]),
        ("", []),
    ],
)
def test_a_tweet_is_cut_into_plain_forms(text: str, forms: list[str]) -> None:
    assert [token.form for token in tweet_tokens(text)] == forms
