"""The data that the tweets model is trained and tested on, and how it is fitted."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline
from sklearn.utils.class_weight import compute_sample_weight

from models.evaluation.checks.sentiment import checks_for
from models.evaluation.recipe import Fold, TrainingRecipe
from models.evaluation.visitors import TWEETS
from models.samples import Samples
from models.text.lexicons import read_liu, read_vader
from models.training.datasets import load_dataset
from models.training.treebank import load_phrases
from models.tweets.folding import fold
from models.tweets.model import build_pipeline
from models.tweets.vectors import forms, learn_vectors

FILM_TEXTS = ("imdb_train", "imdb_unsup", "sentence_polarity_cut")
# Sources that are held out together: a model meets tweets of other years than it was trained on.
HELD_OUT_TOGETHER = (("2016test",), ("2013dev", "2013test", "2013train"))
# The tweets' label of each of the treebank's five, how many of its phrases are learnt, and what one weighs.
LABELS = ("negative", "negative", "neutral", "positive", "positive")
N_PHRASES, PHRASE_WEIGHT = 60_000, 0.2
# What the words of a lexicon weigh, balanced so that good and bad ones weigh the same together.
WORD_WEIGHT = 0.6
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
    tweets = load_dataset("semeval_train").as_samples()
    return replace(tweets, sources=(*tweets.sources, load_dataset("sst_phrases").describe()))


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
    pipeline = build_pipeline(vectors, neutral_words())
    return fold(fit_with_phrases(pipeline, samples.X, samples.y))


def neutral_words() -> set[str]:
    """Return words that have no opposite: neutral by themselves, and in neither lexicon."""
    phrases = load_phrases()
    single = [
        (text.lower(), label)
        for text, label in zip(phrases.texts, phrases.labels.tolist(), strict=True)
        if text.isalpha()
    ]
    other = {word for word, label in single if LABELS[label] != "neutral"}
    return {word for word, _ in single} - other - read_liu().keys() - read_vader().keys()


def fit_with_phrases(pipeline: Pipeline, X: NDArray[Any], y: NDArray[Any]) -> Pipeline:
    """Fit the pipeline on tweets and, with less weight, on phrases that tell what short texts mean.

    `X` and `y` have shape (n_tweets,). The classes of tweets weigh the same; few words are mostly neutral, and
    the phrases tell so.
    """
    phrases, signs = load_phrases(), read_liu()
    chosen = np.random.default_rng(0).permutation(len(phrases))[:N_PHRASES]
    labels = np.array(LABELS, object)[phrases.labels[chosen]]
    words = np.array(sorted(signs), object)
    signed = np.array(["positive" if signs[word] > 0 else "negative" for word in words], object)
    sample_weight = np.concatenate(
        [
            compute_sample_weight("balanced", y),
            np.full(len(labels), PHRASE_WEIGHT),
            WORD_WEIGHT * compute_sample_weight("balanced", signed),
        ]
    )
    # All are weighed already: balanced once more, the tweets would make up for the phrases' neutral ones.
    pipeline.set_params(classifier__class_weight=None)
    counting = [
        np.ones(len(y), np.bool_),
        phrases.is_sentence[chosen],
        np.zeros(len(words), np.bool_),
    ]
    return pipeline.fit(
        np.concatenate([X, phrases.texts[chosen], words]),
        np.concatenate([y, labels, signed]),
        features__sample_weight=sample_weight,
        features__counting=np.concatenate(counting),
        classifier__sample_weight=sample_weight,
    )


def folds(samples: Samples) -> list[Fold]:
    """Return one split for each group of sources that is held out, and one for all others."""
    named = [np.isin(samples.kinds, sources) for sources in HELD_OUT_TOGETHER]
    held_out = [*named, ~np.logical_or.reduce(named)]
    return [(np.flatnonzero(~part), np.flatnonzero(part)) for part in held_out]


RECIPE = TrainingRecipe(training_samples, folds, fit, test_samples, CHECKS)
