"""Why: the contributions and the intercept are the margin, and the margin is the probability."""

import json
from dataclasses import replace

import numpy as np
import pytest
from explaining import explain_one
from hypothesis import given
from hypothesis import strategies as st
from texts import TEXTS

from models.explain.answers import predict_explained
from models.explain.explanation import Explanation
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

TEXT_MODELS = ("tweets", "reviews")
FLOWER = {"sepal_length": 6.3, "sepal_width": 2.8, "petal_length": 5.0, "petal_width": 1.5}
NUMBERS = st.floats(min_value=0.1, max_value=10)
FLOWERS = st.fixed_dictionaries(dict.fromkeys(FLOWER, NUMBERS))


def total(explanation: Explanation) -> float:
    return explanation.intercept + sum(c.value for c in explanation.contributions)


def decision_margin(model: LoadedModel, sample: object, explanation: Explanation) -> float:
    """The margin from scikit-learn's own rows and weights, in double precision."""
    pipeline = model.pipeline
    rows = pipeline[:-1].transform([sample]) if len(pipeline) > 1 else np.array([sample])  # type: ignore[index, arg-type]
    classifier = pipeline[-1]  # type: ignore[index]
    decision = np.asarray(rows @ classifier.coef_.T.astype(np.float64) + classifier.intercept_)[0]
    toward, against = map(model.spec.classes.index, (explanation.toward, explanation.against))
    if len(decision) == 1:
        return float(decision[0] if toward == 1 else -decision[0])
    return float(decision[toward] - decision[against])


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_contributions_and_intercept_are_the_decision_value(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    answer = predict_explained(catalogue[name], {"text": text})
    prediction, explanation = answer.prediction, answer.explanation

    assert explanation.kind == "exact"
    assert total(explanation) == pytest.approx(explanation.margin, abs=1e-6)
    assert explanation.margin == pytest.approx(
        decision_margin(catalogue[name], text, explanation), abs=1e-6
    )
    assert replace(prediction, notices=()) == replace(
        predict_one(catalogue[name], {"text": text}), notices=()
    )


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_the_margin_leads_to_the_shown_probability(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    answer = predict_explained(catalogue[name], {"text": text})
    prediction, explanation = answer.prediction, answer.explanation
    odds = (
        prediction.probabilities[explanation.toward] / prediction.probabilities[explanation.against]
    )

    assert np.log(odds) == pytest.approx(explanation.margin, abs=1e-4)


@given(flower=FLOWERS)
def test_the_identity_holds_for_flowers(
    catalogue: ModelCatalogue, flower: dict[str, float]
) -> None:
    iris = catalogue["iris"]
    explanation = predict_explained(iris, flower).explanation
    decision = decision_margin(iris, [flower[field] for field in FLOWER], explanation)

    assert total(explanation) == pytest.approx(explanation.margin, abs=1e-6)
    assert explanation.margin == pytest.approx(decision, abs=1e-6)


def test_a_description_is_json_by_the_contract(catalogue: ModelCatalogue) -> None:
    described = json.loads(
        json.dumps(explain_one(catalogue["reviews"], {"text": "Not good."}).describe())
    )

    assert list(described) == [
        "kind",
        "toward",
        "against",
        "intercept",
        "margin",
        "contributions",
        "flip",
        "familiarity",
        "notices",
    ]
    assert set(described["contributions"][0]) == {"feature", "value", "spans"}
    values = [abs(c["value"]) for c in described["contributions"]]
    assert values == sorted(values, reverse=True)
