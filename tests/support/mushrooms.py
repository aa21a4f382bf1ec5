"""A model of a category and a number, which no model of the app has, trained in milliseconds."""

from pathlib import Path

import numpy as np
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from models.evaluation.recipe import Fold, TrainingRecipe
from models.features import CategoryFeature, NumberFeature
from models.registry import LoadedModel, load_model
from models.samples import Samples
from models.spec import CardText, Example, ModelSpec
from models.train import publish
from models.training.challenger import Fitted, fit_whole

ODOUR = CategoryFeature("odour", "Odour", ("none", "almond", "foul"))
CAP = NumberFeature("cap", "Cap width", "cm", 1, 12, step=0.5, typical=5, highest=60)
SPEC = ModelSpec(
    name="mushrooms",
    title="Mushrooms",
    subject="Mushrooms",
    choice="Mushroom",
    summary="Whether a mushroom can be eaten.",
    classes=("edible", "poisonous"),
    features=(ODOUR, CAP),
    examples=(Example("A foul one", {"odour": "foul", "cap": 4.0}),),
    card=CardText("Tests.", "Dinner.", "Made up.", "All of it.", "other"),
    main_metric="accuracy",
    cases="mushrooms",
)


def load() -> Samples:
    rows = [[odour, float(cap)] for cap in range(1, 13) for odour in ODOUR.choices * 2]
    X = np.array(rows, dtype=object)
    bad = (X[:, 0] == "foul") | ((X[:, 0] == "none") & (X[:, 1] > 9))
    y = np.where(bad, "poisonous", "edible").astype(object)
    source: dict[str, str | int] = {
        "name": "mushrooms",
        "title": "Made up",
        "rows": len(y),
        "content_sha256": "cd" * 32,
    }
    return Samples(X, y, (source,), np.arange(len(y)), np.full(len(y), "mushrooms", object))


def folds(samples: Samples) -> list[Fold]:
    at = np.arange(len(samples.y))
    return [(at[at % 2 == part], at[at % 2 != part]) for part in (0, 1)]


def fit(samples: Samples) -> Pipeline:
    columns = make_column_transformer(
        (OneHotEncoder(categories=[ODOUR.choices]), [0]), (StandardScaler(), [1])
    )
    pipeline: Pipeline = make_pipeline(columns, LogisticRegression(C=100))
    return pipeline.fit(samples.X, samples.y)


def train_mushrooms(folder: Path) -> LoadedModel:
    """Train the model into a folder and load it from there, as the app does."""
    samples = load()
    recipe = TrainingRecipe(load, folds, fit)
    publish(SPEC, folder, Fitted(recipe, samples, samples, *fit_whole(fit, samples)), {})
    return load_model(SPEC, folder)
