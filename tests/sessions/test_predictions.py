"""What the models say of cases: the same as ever, and worked out once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demo.sessions.predictions import PredictionCache
from models.explain.answers import predict_explained
from models.predict import predict_one
from models.registry import LoadedModel

FLOWER = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}


class Counting:
    """A pipeline that counts how often it is asked."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline
        self.classes_: NDArray[Any] = pipeline.classes_
        self.n_asked = 0

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        self.n_asked += 1
        return np.asarray(self.pipeline.predict_proba(X))


def test_an_answer_is_the_one_that_the_model_gives(iris: LoadedModel) -> None:
    answered, explained = (
        PredictionCache().predict(iris, FLOWER),
        PredictionCache().answer(iris, FLOWER),
    )
    prediction = predict_one(iris, FLOWER)

    assert answered.predicted == prediction.label
    assert answered.probabilities == prediction.probabilities
    assert answered.record == FLOWER
    assert answered.model_sha256 == iris.metadata["sha256"]
    assert answered.latency_ms > 0
    assert explained == predict_explained(iris, FLOWER, with_flip=True)


def test_many_who_ask_at_once_wait_for_one_answer(iris: LoadedModel) -> None:
    pipeline, barrier, answers = Counting(iris.pipeline), Barrier(8, timeout=10), PredictionCache()
    model = replace(iris, pipeline=pipeline)

    def ask(_: int) -> str:
        barrier.wait()
        return answers.predict(model, FLOWER).predicted

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {"setosa"}

    assert pipeline.n_asked == 1


def test_another_input_or_another_version_is_another_question(iris: LoadedModel) -> None:
    pipeline, answers = Counting(iris.pipeline), PredictionCache()
    model = replace(iris, pipeline=pipeline)
    other = replace(model, metadata=model.metadata | {"sha256": "ab" * 32})

    answers.predict(model, FLOWER)
    answers.predict(model, FLOWER | {"petal_length": 5.0})
    assert answers.predict(other, FLOWER).model_sha256 == "ab" * 32
    assert pipeline.n_asked == 3
