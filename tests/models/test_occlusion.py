"""What stands in for contributions where nothing is linear."""

from dataclasses import replace

import pytest
from explaining import explain_one
from sklearn.datasets import load_iris
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier
from texts import LABELS, REVIEWS

from models.registry import LoadedModel

SETOSA = {"sepal_length": 6.3, "sepal_width": 2.8, "petal_length": 1.4, "petal_width": 0.2}


@pytest.mark.parametrize(
    "classifier", [KNeighborsClassifier(7), DecisionTreeClassifier(max_depth=3)]
)
def test_what_is_not_linear_is_explained_by_occlusion(
    iris: LoadedModel, classifier: object
) -> None:
    X, y = load_iris(return_X_y=True)
    pipeline = make_pipeline(classifier).fit(X, load_iris().target_names[y])

    explanation = explain_one(replace(iris, pipeline=pipeline), SETOSA)

    total = explanation.intercept + sum(c.value for c in explanation.contributions)
    assert explanation.kind == "occlusion"
    assert explanation.toward == "setosa"
    assert explanation.contributions[0].feature.startswith("Petal")
    assert explanation.contributions[0].value > 0
    assert total == pytest.approx(explanation.margin, abs=1e-6)


def test_a_tree_of_texts_is_explained_by_leaving_words_out(reviews: LoadedModel) -> None:
    pipeline = make_pipeline(TfidfVectorizer(), DecisionTreeClassifier(random_state=0))
    model = replace(reviews, pipeline=pipeline.fit(REVIEWS, LABELS))
    text = "The film was bad"

    explanation = explain_one(model, {"text": text})

    assert explanation.kind == "occlusion"
    assert explanation.contributions[0].feature == "bad"
    assert explanation.contributions[0].spans == ((13, 16),)
