from collections.abc import Callable

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator
from sklearn.utils.estimator_checks import parametrize_with_checks

from models.reviews.transformers import NaiveBayesWeights
from models.tweets.transformers import tweet_tokens


@parametrize_with_checks([NaiveBayesWeights()])  # type: ignore[untyped-decorator]
def test_an_estimator_keeps_the_contract_of_scikit_learn(
    estimator: BaseEstimator, check: Callable[[BaseEstimator], None]
) -> None:
    check(estimator)


def test_a_feature_that_stands_equally_often_in_both_classes_weighs_nothing() -> None:
    X = np.array([[1.0, 3.0], [1.0, 0.0], [1.0, 0.0], [1.0, 3.0]])

    weights = NaiveBayesWeights().fit(X, ["bad", "bad", "good", "good"])

    assert weights.ratio_ == pytest.approx([0, 0])


def test_the_ratio_is_the_one_counted_by_hand() -> None:
    X = csr_array([[3, 1], [0, 2]])

    weights = NaiveBayesWeights(alpha=1).fit(X, ["bad", "good"])

    assert weights.ratio_ == pytest.approx(np.log([(1 / 4) / (4 / 6), (3 / 4) / (2 / 6)]))
    assert weights.transform(X).toarray() == pytest.approx(X.toarray() * weights.ratio_)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Not BAD", ["not", "bad"]),
        ("sooooooo good", ["sooo", "good"]),
        ("@ann #win :-) 😍", ["@ann", "#win", ":-)", "😍"]),
        ("", []),
    ],
)
def test_a_tweet_is_cut_into_tokens(text: str, tokens: list[str]) -> None:
    assert tweet_tokens(text) == tokens
