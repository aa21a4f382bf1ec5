"""A kind of feature that no model of the app has, from its parser to the explanation."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from explaining import explain_one
from hypothesis import given
from hypothesis import strategies as st
from mushrooms import ODOUR, SPEC, load, train_mushrooms
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

from models.errors import InvalidRecord
from models.explain.answers import predict_explained
from models.explain.explanation import ValueFlips
from models.predict import predict_many, predict_one
from models.registry import LoadedModel
from models.training.corrections import read_corrections

FOUL, FRESH = {"odour": "foul", "cap": 4.0}, {"odour": "almond", "cap": 4.0}


@pytest.fixture(scope="module")
def mushrooms(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    return train_mushrooms(tmp_path_factory.mktemp("mushrooms"))


def refusal(value: object) -> str:
    with pytest.raises(InvalidRecord) as caught:
        ODOUR.parse(value)
    assert caught.value.field == "odour"
    return caught.value.message


@pytest.mark.parametrize("choice", ODOUR.choices)
def test_a_choice_comes_back_unchanged(choice: str) -> None:
    assert ODOUR.parse(choice) == choice


@pytest.mark.parametrize("value", ["pink", "Foul", 1, True, ["foul"], {"foul": 1}])
def test_any_other_value_is_refused_with_the_choices(value: object) -> None:
    message = refusal(value)

    assert message.startswith("Odour must be one of none, almond, foul, but ")
    assert message.endswith(" came.")


@pytest.mark.parametrize("value", [None, ""])
def test_a_value_that_is_not_given_is_called_empty(value: object) -> None:
    assert refusal(value) == "Odour is empty; choose one of: none, almond, foul."


@pytest.mark.parametrize("text", ["foul", " Foul ", "FOUL"])
def test_people_may_write_a_choice_in_capitals(text: str) -> None:
    assert ODOUR.parse(ODOUR.from_text(text)) == "foul"
    assert ODOUR.parse(ODOUR.from_cell(text)) == "foul"


@given(st.text(max_size=8))
def test_every_text_is_a_choice_or_refused(text: str) -> None:
    value = ODOUR.from_text(text)

    if value in ODOUR.choices:
        assert ODOUR.parse(value) == value
    else:
        assert refusal(value)


def test_the_schema_lists_the_choices() -> None:
    assert ODOUR.schema() == {
        "type": "string",
        "title": "Odour",
        "enum": ["none", "almond", "foul"],
    }


def test_the_pipeline_answers_one_and_many(mushrooms: LoadedModel) -> None:
    answers = predict_many(mushrooms, [FOUL, FRESH])

    assert [answer.label for answer in answers] == ["poisonous", "edible"]
    assert predict_one(mushrooms, FOUL) == answers[0]


def test_a_wrong_choice_among_many_is_named_by_its_index(mushrooms: LoadedModel) -> None:
    with pytest.raises(InvalidRecord) as caught:
        predict_many(mushrooms, [FRESH, FRESH | {"odour": "pink"}])

    assert caught.value.field == "records[1].odour"


def test_a_pipeline_that_is_not_linear_in_it_is_explained_by_occlusion(
    mushrooms: LoadedModel,
) -> None:
    answer = predict_explained(mushrooms, FOUL)
    prediction, explanation = answer.prediction, answer.explanation

    assert prediction == predict_one(mushrooms, FOUL)
    assert explanation.kind == "occlusion"
    assert explanation.contributions[0].feature == "Odour"
    assert explanation.contributions[0].value > 0
    # The usual odour and the usual cap, whose margin each part is compared with.
    usual = mushrooms.metadata["profile"]["mean"]
    assert usual == ["none", 6.5]


def test_a_pipeline_that_is_linear_in_it_is_explained_exactly(mushrooms: LoadedModel) -> None:
    samples, only = load(), replace(SPEC, features=(ODOUR,))
    encoder = OrdinalEncoder(categories=[ODOUR.choices])
    pipeline = make_pipeline(encoder, LogisticRegression()).fit(samples.X[:, :1], samples.y)
    model = replace(mushrooms, spec=only, pipeline=pipeline, metadata={"sha256": "ab" * 32})

    explanation = explain_one(model, {"odour": "foul"})

    weight = 2 * pipeline[-1].coef_[0, 0]
    assert explanation.kind == "exact"
    assert explanation.contributions[0].value == pytest.approx(weight)
    assert explanation.margin == pytest.approx(weight + pipeline[-1].intercept_[0])


def test_another_choice_and_the_nearest_number_are_looked_for(mushrooms: LoadedModel) -> None:
    flip = explain_one(mushrooms, FOUL).flip

    assert isinstance(flip, ValueFlips)
    odour = flip.changes["odour"]
    assert odour
    assert odour.label == predict_one(mushrooms, FOUL | {"odour": odour.value}).label == "edible"
    assert flip.describe()["odour"]["value"] == "none"
    none = explain_one(mushrooms, {"odour": "none", "cap": 5.0}).flip
    assert isinstance(none, ValueFlips)
    cap = none.changes["cap"]
    assert cap
    assert isinstance(cap.value, float)
    assert predict_one(mushrooms, {"odour": "none", "cap": cap.value}).label == "poisonous"
    assert predict_one(mushrooms, {"odour": "none", "cap": cap.value - 0.5}).label == "edible"


def test_a_number_outside_of_what_was_seen_is_still_named(mushrooms: LoadedModel) -> None:
    answer = predict_explained(mushrooms, {"odour": "none", "cap": 50})
    prediction, explanation = answer.prediction, answer.explanation

    assert "Cap width 50 cm is outside the 1 to 12 cm" in prediction.notices[0]
    assert explanation.notices == prediction.notices


def test_a_corrected_case_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("odour;cap;label\nFoul;4,5;edible\n")

    corrections = read_corrections([path], SPEC)

    assert corrections.samples.X.tolist() == [["foul", 4.5]]
    assert corrections.samples.X.dtype == np.dtype(object)


def test_an_unknown_choice_in_a_file_is_named_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("odour,cap,label\nfoul,4.5,edible\npink,4,edible\n")

    with pytest.raises(Exception, match=r"line 3, column odour: Odour must be one of none, almond"):
        read_corrections([path], SPEC)
