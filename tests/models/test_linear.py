"""Exact contributions of linear pipelines of numbers."""

from dataclasses import replace

import numpy as np
import pytest
from explaining import explain_one
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from models.explain.answers import predict_explained
from models.metadata import Profile
from models.registry import LoadedModel

FLOWER = {"sepal_length": 6.3, "sepal_width": 2.8, "petal_length": 5.0, "petal_width": 1.5}
PROFILE: Profile = {
    "classes": {"setosa": {"mean": [5.0, 3.4, 1.5, 0.2], "precision": np.eye(4).tolist()}},
    "distance": 100.0,
}


def test_the_average_flower_is_explained_by_the_intercept_alone(iris: LoadedModel) -> None:
    mean = load_iris().data.mean(axis=0)
    profiled = replace(
        iris, metadata=iris.metadata | {"profile": PROFILE | {"mean": mean.tolist()}}
    )

    explanation = explain_one(profiled, dict(zip(FLOWER, mean.tolist(), strict=True)))

    assert explanation.contributions == ()
    assert explanation.margin == explanation.intercept


def test_a_longer_petal_speaks_for_virginica(iris: LoadedModel) -> None:
    explanation = explain_one(iris, FLOWER | {"petal_length": 6.5, "petal_width": 2.3})
    values = {c.feature: c.value for c in explanation.contributions}

    assert (explanation.toward, explanation.against) == ("virginica", "versicolor")
    assert values["Petal length"] > 0
    assert values["Petal width"] > 0


def test_a_scaled_linear_model_of_numbers_is_exact(iris: LoadedModel) -> None:
    X, y = load_iris(return_X_y=True)
    names = load_iris().target_names[y]
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, names)

    explanation = predict_explained(replace(iris, pipeline=pipeline), FLOWER).explanation

    decision = np.sort(pipeline.decision_function([list(FLOWER.values())])[0])
    total = explanation.intercept + sum(c.value for c in explanation.contributions)
    assert explanation.kind == "exact"
    assert total == pytest.approx(decision[-1] - decision[-2], abs=1e-6)
