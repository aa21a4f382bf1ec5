"""The data that the iris model is trained on; there is too little of it for a test file."""

import hashlib

import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import RepeatedStratifiedKFold
from sklearn.pipeline import Pipeline

from models.evaluation.recipe import Fold, TrainingRecipe
from models.iris.model import build_pipeline
from models.samples import Samples


def training_samples() -> Samples:
    """Return the 150 flowers that come with scikit-learn, in the order of the spec's features."""
    iris = load_iris()
    y = iris.target_names[iris.target].astype(object)
    source: dict[str, str | int] = {
        "name": "iris",
        "title": "Iris flowers (Fisher 1936), as scikit-learn brings them",
        "rows": len(y),
        "content_sha256": hashlib.sha256(iris.data.tobytes() + iris.target.tobytes()).hexdigest(),
    }
    kinds = np.full(len(y), "flowers", object)
    return Samples(iris.data, y, (source,), np.arange(len(y)), kinds)


def folds(samples: Samples) -> list[Fold]:
    """Return stratified 10-fold splits, repeated ten times."""
    splits = RepeatedStratifiedKFold(n_splits=10, n_repeats=10, random_state=0)
    return list(splits.split(samples.X, samples.y))


def fit(samples: Samples) -> Pipeline:
    return build_pipeline().fit(samples.X, samples.y)


RECIPE = TrainingRecipe(training_samples, folds, fit)
