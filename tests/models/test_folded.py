"""Linear pipelines folded into their weights: the same answers, or the pipeline's own."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_iris
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from texts import REVIEWS, TEXTS

from models.explain.answers import predict_explained
from models.folded import FoldedNumbers, FoldedTexts, fold_pipeline
from models.predict import predict_many, predict_one
from models.registry import LoadedModel, ModelCatalogue
from models.reviews.model import SPEC
from models.reviews.scale import LengthScale
from models.reviews.transformers import NgramTfidf

TEXT_MODELS = ("tweets", "reviews")
FLOWERS = st.lists(
    st.lists(st.floats(min_value=0.1, max_value=30), min_size=4, max_size=4), min_size=1, max_size=5
)


class OtherScale(LengthScale):
    """A scale whose factor for one row is not the one that it transforms with."""

    def factor(self, n_values: int) -> float:
        return 2 * super().factor(n_values)


def fit_texts(*steps: Any) -> Any:
    """Fit a pipeline on texts that share their words with the examples."""
    texts = [example.record["text"] for example in SPEC.examples]
    return make_pipeline(*steps).fit(texts, [SPEC.classes[i % 2] for i in range(len(texts))])


def assert_same(model: LoadedModel, samples: Any) -> None:
    found = model.predictor.predict_proba(samples)
    assert found == pytest.approx(model.pipeline.predict_proba(samples), rel=0, abs=1e-12)


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_a_folded_pipeline_of_texts_gives_the_probabilities_of_the_pipeline(
    catalogue: ModelCatalogue, name: str, texts: list[str]
) -> None:
    assert isinstance(catalogue[name].predictor, FoldedTexts)
    assert_same(catalogue[name], texts)


@given(flowers=FLOWERS)
def test_a_folded_pipeline_of_numbers_gives_the_probabilities_of_the_pipeline(
    iris: LoadedModel, flowers: list[list[float]]
) -> None:
    assert isinstance(iris.predictor, FoldedNumbers)
    assert_same(iris, np.array(flowers))


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_a_long_text_has_the_probabilities_of_the_pipeline(
    catalogue: ModelCatalogue, name: str
) -> None:
    assert_same(catalogue[name], [" ".join(f"{text} {text.upper()}" for text in REVIEWS) * 20, ""])


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS.map("A".__add__))
def test_one_of_many_and_one_explained_have_the_same_probabilities(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    model, record = catalogue[name], {"text": text}

    alone = predict_one(model, record)

    assert predict_many(model, [{"text": "A film"}, record])[1] == alone
    assert predict_explained(model, record).prediction.label == alone.label
    explained = predict_explained(model, record).prediction.probabilities
    assert explained == pytest.approx(alone.probabilities, rel=0, abs=1e-12)


def test_margins_however_large_give_probabilities() -> None:
    pipeline = make_pipeline(LogisticRegression()).fit([[0.0], [1.0]], ["a", "b"])
    folded = fold_pipeline(pipeline, [[0.5]])

    assert folded is not None
    found = folded.predict_proba(np.array([[1e6], [-1e6], [0.5]]))
    assert found == pytest.approx(pipeline.predict_proba([[1e6], [-1e6], [0.5]]), abs=1e-12)


@pytest.mark.parametrize(
    "steps",
    [
        (NgramTfidf(min_df=1), OtherScale(0.1, 0.2), LogisticRegression()),
        (NgramTfidf(min_df=1), StandardScaler(with_mean=False), LogisticRegression()),
        (NgramTfidf(min_df=1), SGDClassifier(loss="log_loss")),
        (TfidfVectorizer(), LogisticRegression()),
    ],
)
def test_another_pipeline_of_texts_answers_itself(reviews: LoadedModel, steps: Any) -> None:
    pipeline = fit_texts(*steps)
    model = replace(reviews, pipeline=pipeline)

    assert model.predictor is pipeline
    answer = predict_one(model, {"text": "A good film"}).probabilities
    assert list(answer.values()) == pipeline.predict_proba(["A good film"])[0].tolist()


def test_a_fitted_scale_of_ours_is_folded(reviews: LoadedModel) -> None:
    pipeline = fit_texts(NgramTfidf(min_df=1), LengthScale(0.1, 0.2), LogisticRegression())
    model = replace(reviews, pipeline=pipeline)

    assert isinstance(model.predictor, FoldedTexts)
    assert_same(model, REVIEWS)


@pytest.mark.parametrize(
    "steps",
    [
        (StandardScaler(), LogisticRegression()),
        (DecisionTreeClassifier(),),
        (CalibratedClassifierCV(LogisticRegression(max_iter=1_000)),),
    ],
)
def test_another_pipeline_of_numbers_answers_itself(iris: LoadedModel, steps: Any) -> None:
    X, y = load_iris(return_X_y=True)
    pipeline = make_pipeline(*steps).fit(X, y)

    assert replace(iris, pipeline=pipeline).predictor is pipeline


def test_a_pipeline_that_does_not_take_the_examples_refuses_them_itself(iris: LoadedModel) -> None:
    pipeline = make_pipeline(LogisticRegression()).fit([[0.0], [1.0]], ["a", "b"])

    assert replace(iris, pipeline=pipeline).predictor is pipeline
