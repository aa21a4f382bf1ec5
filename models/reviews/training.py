"""The data that the reviews model is trained and tested on, and how it is fitted."""

from functools import cache
from typing import cast

import numpy as np
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline

from models.evaluation.checks.sentiment import checks_for
from models.evaluation.recipe import Fold, TrainingRecipe
from models.evaluation.visitors import REVIEWS
from models.reviews.model import build_pipeline
from models.samples import Samples
from models.training.datasets import load_dataset

# The ids of the reviews run by film, at most 30 for each: neighbours are kept together.
IDS_PER_BLOCK = 50
N_SPLITS = 5
CHECKS = checks_for(
    nouns=("film", "movie", "acting", "script", "story", "ending"),
    facts=(),
    emoji=(
        ("The whole film 😍", "positive"),
        ("That ending ❤️", "positive"),
        ("Two hours of this 😡", "negative"),
        ("The acting 🤮", "negative"),
    ),
    typed=REVIEWS,
)


def training_samples() -> Samples:
    """Return reviews, then sentences of reviews; raise DatasetError if they cannot be had."""
    reviews, sentences = load_dataset("imdb_train"), load_dataset("sentence_polarity")
    numbers = reviews.frame["id"].str.split("_").str[0].astype(int) // IDS_PER_BLOCK
    blocks = (reviews.frame["label"] + " " + numbers.astype(str)).to_numpy(object)
    rows = ("sentence " + sentences.frame["id"]).to_numpy(object)
    parts = [reviews.as_samples(), sentences.as_samples()]
    return Samples(
        X=np.concatenate([part.X for part in parts]),
        y=np.concatenate([part.y for part in parts]),
        sources=tuple(source for part in parts for source in part.sources),
        groups=np.concatenate([blocks, rows]),
        kinds=np.repeat(np.array(["reviews", "sentences"], object), [len(blocks), len(rows)]),
    )


def test_samples() -> Samples:
    """Return the samples that are for the last number only."""
    return load_dataset("imdb_test").as_samples()


@cache
def unlabelled_texts() -> tuple[str, ...]:
    """Return the reviews that nobody has labelled."""
    return tuple(load_dataset("imdb_unsup").frame["text"])


def folds(samples: Samples) -> list[Fold]:
    """Return splits that leave the reviews of a film, which stand together, on one side."""
    splits = GroupKFold(n_splits=N_SPLITS, shuffle=True, random_state=0)
    # Numbers in place of names: the same splits, forty times faster.
    groups = np.unique(samples.groups, return_inverse=True)[1]
    return list(splits.split(samples.X, samples.y, groups))


def fit(samples: Samples) -> Pipeline:
    """Return the fitted pipeline in the plain form that is stored."""
    pipeline = build_pipeline(unlabelled_texts())
    pipeline.fit(list(samples.X), samples.y)
    return cast("Pipeline", pipeline["sentiment"].pipeline_)


def other_texts() -> list[str]:
    """Return tweets: they tell which words are typical of film reviews."""
    return list(load_dataset("semeval_train").frame["text"])


RECIPE = TrainingRecipe(training_samples, folds, fit, test_samples, CHECKS, other_texts)
