"""The data that the tweets model is trained and tested on, and how it is fitted."""

from functools import cache

import numpy as np
from sklearn.pipeline import Pipeline

from models.evaluation.checks.sentiment import checks_for
from models.evaluation.recipe import Fold, TrainingRecipe
from models.evaluation.visitors import TWEETS
from models.samples import Samples
from models.training.datasets import load_dataset
from models.tweets.folding import fold
from models.tweets.model import build_pipeline
from models.tweets.vectors import forms, learn_vectors

FILM_TEXTS = ("imdb_train", "imdb_unsup", "sentence_polarity")
# Sources that are held out together: a model meets tweets of other years than it was trained on.
HELD_OUT_TOGETHER = (("2016test",), ("2013dev", "2013test", "2013train"))
CHECKS = checks_for(
    nouns=("service", "phone", "song", "weather", "game", "food"),
    facts=(
        "The library opens at nine on Saturday.",
        "The train to Leeds leaves from platform four.",
        "She is reading a book about the Romans.",
        "The meeting has been moved to Tuesday.",
        "Parliament votes on the budget tomorrow.",
        "The match starts at eight tonight.",
        "He lives in a small town near the coast.",
        "The new bridge is 300 metres long.",
    ),
    emoji=(
        ("Sunday 😍", "positive"),
        ("Home again 😊", "positive"),
        ("My sister's wedding ❤️", "positive"),
        ("We did it 🎉", "positive"),
        ("The exam results 😭", "negative"),
        ("Monday 😡", "negative"),
        ("My flight 😠", "negative"),
        ("That sandwich 🤮", "negative"),
    ),
    typed=TWEETS,
)


def training_samples() -> Samples:
    """Return the samples for training; raise DatasetError if they cannot be had."""
    return load_dataset("semeval_train").as_samples()


def test_samples() -> Samples:
    """Return the samples that are for the last number only."""
    return load_dataset("semeval_test2017").as_samples()


@cache
def film_forms() -> list[list[str]]:
    """Return the tokens of film texts, which word vectors are learnt from besides the tweets."""
    return forms([text for name in FILM_TEXTS for text in load_dataset(name).frame["text"]])


def fit(samples: Samples) -> Pipeline:
    """Return the fitted pipeline in its small form; its word vectors come from the same tweets."""
    vectors = learn_vectors(list(samples.X), film_forms())
    return fold(build_pipeline(vectors).fit(samples.X, samples.y))


def folds(samples: Samples) -> list[Fold]:
    """Return one split for each group of sources that is held out, and one for all others."""
    named = [np.isin(samples.kinds, sources) for sources in HELD_OUT_TOGETHER]
    held_out = [*named, ~np.logical_or.reduce(named)]
    return [(np.flatnonzero(~part), np.flatnonzero(part)) for part in held_out]


RECIPE = TrainingRecipe(training_samples, folds, fit, test_samples, CHECKS)
