"""A model of short texts that is trained in milliseconds, and corrections for it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from models.evaluation.recipe import TrainingRecipe
from models.registry import LoadedModel
from models.reviews.model import SPEC
from models.samples import Samples
from models.training.corrections import Corrections, input_keys

GOOD, BAD = ("good", "fine", "lovely", "superb"), ("bad", "dull", "poor", "awful")
THINGS = ("film", "plot", "cast", "music", "ending")
SLANG = ("banger", "vibes", "gem", "fire", "slay", "peak")


def samples_of(texts: Sequence[str], y: Sequence[str], name: str) -> Samples:
    X, labels = np.array(texts, object), np.array(y, object)
    source: dict[str, str | int] = {
        "name": name,
        "file": f"{name}.csv",
        "title": name,
        "rows": len(texts),
        "content_sha256": "ef" * 32,
    }
    return Samples(X, labels, (source,), np.arange(len(y)), np.full(len(y), name, object))


def corrections_of(
    texts: Sequence[str], y: Sequence[str], predicted: Sequence[str] = ()
) -> Corrections:
    plain = samples_of(texts, y, "corrections")
    keyed = Samples(plain.X, plain.y, plain.sources, input_keys(plain.X), plain.kinds)
    said = np.array(predicted or [""] * len(y), object)
    return Corrections(keyed, said, np.zeros(len(y), np.int64), 1)


def public_samples() -> Samples:
    texts = [f"a {word} {thing}" for thing in THINGS for word in (*GOOD, *BAD)]
    y = (["positive"] * 4 + ["negative"] * 4) * len(THINGS)
    return samples_of(texts, y, "public")


def fit(samples: Samples) -> Pipeline:
    pipeline: Pipeline = make_pipeline(CountVectorizer(), LogisticRegression(C=100))
    return pipeline.fit(samples.X, samples.y)


def first_fold_only(samples: Samples) -> list[tuple[Any, Any]]:
    places = np.arange(len(samples.y))
    return [(places[8:], places[:8]), (places[:0], places)]


def never() -> Samples:
    raise AssertionError("The test file was asked.")


# Its test file must not be asked.
SMALL = TrainingRecipe(public_samples, first_fold_only, fit, never)


def standing(pipeline: Any) -> LoadedModel:
    return LoadedModel(SPEC, pipeline, {"sha256": "ab" * 32}, "")


SLANG_CASES = corrections_of(
    [f"a {word} {thing}" for word in SLANG for thing in THINGS], ["positive"] * 30
)
