"""Baselines: estimators to compare with, never served."""

import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.dummy import DummyClassifier
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import HalvingGridSearchCV
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from models.text.corpora import load_corpus

# Searches look at few rows: at so many of two folds at the most.
SEARCH_SAMPLES = 9_000
N_SEARCH_FOLDS = 2

DROPPED = str.maketrans("", "", string.digits + string.punctuation)
# The thresholds on VADER's compound score that its authors recommend for "neutral".
VADER_NEUTRAL = 0.05
# Deeper trees take minutes and are no better.
TREE_DEPTH = 60


@cache
def stop_words() -> frozenset[str]:
    """Return NLTK's English stop words."""
    return frozenset(load_corpus("stopwords").words("english"))


@cache
def lemmatizer() -> Callable[[str], str]:
    """Return the function that finds a noun's lemma in WordNet."""
    from nltk.stem import WordNetLemmatizer

    load_corpus("wordnet")
    lemmatize: Callable[[str], str] = lru_cache(maxsize=200_000)(WordNetLemmatizer().lemmatize)
    return lemmatize


def tutorial_tokens(text: str) -> list[str]:
    """Return the tokens of the usual tutorial: no case, digits, punctuation or stop words; lemmas."""
    from nltk.tokenize import wordpunct_tokenize

    dropped, lemmatize = stop_words(), lemmatizer()
    tokens = wordpunct_tokenize(text.lower().translate(DROPPED))
    return [lemmatize(token) for token in tokens if token not in dropped]


def tutorial_pipeline() -> Pipeline:
    """Return the pipeline of the usual tutorial: those tokens, TF-IDF, logistic regression."""
    vectorizer = TfidfVectorizer(tokenizer=tutorial_tokens, token_pattern=None, lowercase=False)
    return make_pipeline(vectorizer, LogisticRegression(max_iter=1000))


class VaderClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """VADER's rules (Hutto and Gilbert 2014) as a classifier that learns nothing but the classes."""

    def fit(self, X: Any, y: NDArray[Any]) -> Self:
        """Note the classes: negative and positive, with or without neutral."""
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        self.classes_ = np.unique(y)
        self.analyzer_ = SentimentIntensityAnalyzer()
        return self

    def predict(self, X: Any) -> NDArray[Any]:
        """Return the label for the compound score of each text, shape (n_texts,)."""
        scores = np.array([self.analyzer_.polarity_scores(text)["compound"] for text in X])
        limit = VADER_NEUTRAL if "neutral" in self.classes_ else 0.0
        labels = np.where(
            scores >= limit, "positive", np.where(scores <= -limit, "negative", "neutral")
        )
        return labels.astype(object)


def text_baselines() -> dict[str, Any]:
    """Return the unfitted baselines of a text model, by their names in the table."""
    plain = {
        "logistic regression": LogisticRegression(max_iter=1000),
        "linear SVM": LinearSVC(),
        "naive Bayes": MultinomialNB(),
        "decision tree": DecisionTreeClassifier(max_depth=TREE_DEPTH, random_state=0),
    }
    return {
        "tutorial's recipe": tutorial_pipeline(),
        **{name: make_pipeline(TfidfVectorizer(), estimator) for name, estimator in plain.items()},
        "VADER": VaderClassifier(),
        "majority guess": DummyClassifier(),
    }


def halving_searches(
    spaces: Mapping[str, tuple[Any, Any]], folds: Sequence[Any], n_samples: int, *, scoring: str
) -> dict[str, HalvingGridSearchCV]:
    """Return an unfitted search for each (estimator, space), by name; few rows at first, then threefold."""
    most = min(SEARCH_SAMPLES, n_samples)
    return {
        name: HalvingGridSearchCV(
            estimator,
            space,
            scoring=scoring,
            cv=folds[:N_SEARCH_FOLDS],
            min_resources=most // 9,
            max_resources=most,
            refit=False,
            random_state=0,
        )
        for name, (estimator, space) in spaces.items()
    }
