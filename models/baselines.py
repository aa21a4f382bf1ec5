"""What others would have tried first: estimators to compare with, never served."""

import string
from functools import cache
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

if TYPE_CHECKING:
    from nltk.stem import WordNetLemmatizer

DROPPED = str.maketrans("", "", string.digits + string.punctuation)
# Half of VADER's compound score lies outside this; its authors' own thresholds for "neutral".
VADER_NEUTRAL = 0.05


@cache
def nltk_corpora() -> "tuple[frozenset[str], WordNetLemmatizer]":
    """Return NLTK's English stop words and its WordNet lemmatizer, fetched if they are missing.

    Raises LookupError, which says where NLTK looked, if they cannot be had.
    """
    import nltk
    from nltk.corpus import stopwords
    from nltk.stem import WordNetLemmatizer

    for name in ("stopwords", "wordnet"):
        try:
            nltk.data.find(f"corpora/{name}.zip")
        except LookupError:
            nltk.download(name, quiet=True)
    return frozenset(stopwords.words("english")), WordNetLemmatizer()


def tutorial_tokens(text: str) -> list[str]:
    """Return the tokens of the usual tutorial: no case, digits, punctuation or stop words; lemmas."""
    from nltk.tokenize import wordpunct_tokenize

    stop_words, lemmatizer = nltk_corpora()
    tokens = wordpunct_tokenize(text.lower().translate(DROPPED))
    return [lemmatizer.lemmatize(token) for token in tokens if token not in stop_words]


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
        """Return the label that the compound score of each text stands for."""
        scores = np.array([self.analyzer_.polarity_scores(text)["compound"] for text in X])
        limit = VADER_NEUTRAL if "neutral" in self.classes_ else 0.0
        labels = np.where(
            scores >= limit, "positive", np.where(scores <= -limit, "negative", "neutral")
        )
        return labels.astype(object)


def text_baselines() -> dict[str, Pipeline]:
    """Return the unfitted baselines of a text model, by what the table calls them."""
    plain = {
        "logistic regression": LogisticRegression(max_iter=1000),
        "linear SVM": LinearSVC(),
        "naive Bayes": MultinomialNB(),
        "decision tree": DecisionTreeClassifier(max_depth=60, random_state=0),
    }
    return {
        "tutorial's recipe": tutorial_pipeline(),
        **{name: make_pipeline(TfidfVectorizer(), estimator) for name, estimator in plain.items()},
        "VADER": make_pipeline(VaderClassifier()),
        "majority guess": make_pipeline(TfidfVectorizer(max_features=10), DummyClassifier()),
    }
