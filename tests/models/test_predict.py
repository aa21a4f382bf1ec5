from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.errors import InvalidRecord
from models.iris.model import SPEC as IRIS
from models.predict import predict_many, predict_one, validate_record
from models.registry import LoadedModel
from models.reviews.model import SPEC as REVIEWS
from models.spec import ModelSpec, Prediction

FLOWER = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
LENGTHS = st.floats(min_value=0.1, max_value=30)
FLOWERS = st.fixed_dictionaries(dict.fromkeys(FLOWER, LENGTHS))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60).map(
    "A".__add__
)


@dataclass
class Fake:
    """A pipeline that answers with the row it was given, and keeps what it was asked."""

    row: tuple[float, ...]
    classes_: NDArray[Any] = field(default_factory=lambda: np.array(()))
    asked: list[Any] = field(default_factory=list)

    def predict_proba(self, X: Sequence[Any]) -> NDArray[np.float64]:
        self.asked.append(X)
        return np.array([self.row] * len(X))


def fake_model(spec: ModelSpec, *row: float) -> tuple[LoadedModel, Fake]:
    fake = Fake(row)
    return LoadedModel(spec, fake, {"sha256": "0" * 64}, ""), fake


def refusal(spec: ModelSpec, record: object) -> InvalidRecord:
    with pytest.raises(InvalidRecord) as caught:
        validate_record(spec, record)
    return caught.value


def test_a_record_is_parsed_in_the_order_of_the_spec() -> None:
    backwards = {name: FLOWER[name] for name in reversed(FLOWER)}

    assert list(validate_record(IRIS, backwards)) == list(IRIS.field_names)


def test_a_context_that_is_left_out_is_empty() -> None:
    assert validate_record(REVIEWS, {"text": "Fine."}) == {"text": "Fine.", "movie": ""}


@pytest.mark.parametrize("record", [None, 7, "text", ["text"], True])
def test_a_record_that_is_no_object_is_refused(record: object) -> None:
    assert "must be an object with text, movie" in refusal(REVIEWS, record).message


def test_a_missing_feature_is_named() -> None:
    lacking = {name: value for name, value in FLOWER.items() if name != "petal_width"}

    error = refusal(IRIS, lacking)

    assert error.field == "petal_width"
    assert "Petal width is missing" in error.message


def test_an_unknown_field_is_named_with_those_there_are() -> None:
    error = refusal(IRIS, FLOWER | {"colour": "blue"})

    assert error.field == "colour"
    assert "sepal_length, sepal_width, petal_length, petal_width" in error.message


@pytest.mark.parametrize("name", ["\ud800", "x" * 10_000, "\x00", ""])
def test_a_strange_field_name_is_refused_with_an_error_that_can_be_sent(name: str) -> None:
    error = refusal(REVIEWS, {"text": "Fine.", name: "?"})

    assert error.message.encode()
    assert len(str(error.field).encode()) < 500
    assert len(error.message) < 500


def test_the_answer_is_the_class_with_the_highest_probability() -> None:
    model, _ = fake_model(IRIS, 0.2, 0.5, 0.3)

    assert predict_one(model, FLOWER) == Prediction(
        "versicolor", {"setosa": 0.2, "versicolor": 0.5, "virginica": 0.3}
    )


def test_a_number_pipeline_gets_an_array_in_the_order_of_the_features() -> None:
    model, fake = fake_model(IRIS, 1, 0, 0)

    predict_one(model, {name: FLOWER[name] for name in reversed(FLOWER)})

    assert fake.asked[0].dtype == np.float64
    assert fake.asked[0].tolist() == [[5.1, 3.5, 1.4, 0.2]]


def test_a_text_pipeline_gets_texts_without_their_context() -> None:
    model, fake = fake_model(REVIEWS, 0, 1)

    predict_many(model, [{"text": "Good.", "movie": "Alien"}, {"text": "Bad."}])

    assert fake.asked == [["Good.", "Bad."]]


def test_a_measurement_outside_what_was_seen_gets_an_answer_and_a_notice() -> None:
    model, _ = fake_model(IRIS, 1, 0, 0)

    prediction = predict_one(model, FLOWER | {"petal_length": 12})

    assert prediction.label == "setosa"
    assert len(prediction.notices) == 1
    assert "Petal length 12 cm" in prediction.notices[0]


def test_an_invalid_record_never_reaches_the_pipeline() -> None:
    model, fake = fake_model(REVIEWS, 0, 1)

    with pytest.raises(InvalidRecord):
        predict_many(model, [{"text": "Good."}, {"text": " "}])

    assert fake.asked == []


def test_an_error_in_one_of_many_records_names_its_place() -> None:
    model, _ = fake_model(REVIEWS, 0, 1)

    with pytest.raises(InvalidRecord) as caught:
        predict_many(model, [{"text": "Good."}, {"text": "Good."}, {"text": ""}])

    assert caught.value.field == "records[2].text"


def test_an_error_about_a_whole_record_names_its_place() -> None:
    model, _ = fake_model(REVIEWS, 0, 1)

    with pytest.raises(InvalidRecord) as caught:
        predict_many(model, ["Good."])  # type: ignore[list-item]

    assert caught.value.field == "records[0]"


def test_no_records_get_no_answers() -> None:
    model, fake = fake_model(REVIEWS, 0, 1)

    assert predict_many(model, []) == []
    assert fake.asked == []


def assert_same(many: list[Prediction], each: list[Prediction]) -> None:
    assert [answer.label for answer in many] == [answer.label for answer in each]
    assert [answer.notices for answer in many] == [answer.notices for answer in each]
    for one, other in zip(many, each, strict=True):
        assert one.probabilities == pytest.approx(other.probabilities, abs=1e-9)


@given(flowers=st.lists(FLOWERS, max_size=5))
def test_many_flowers_get_the_answers_of_each_alone(
    iris: LoadedModel, flowers: list[dict[str, float]]
) -> None:
    assert_same(predict_many(iris, flowers), [predict_one(iris, flower) for flower in flowers])


@given(texts=st.lists(TEXTS, max_size=4))
def test_many_texts_get_the_answers_of_each_alone(reviews: LoadedModel, texts: list[str]) -> None:
    records = [{"text": text} for text in texts]

    assert_same(
        predict_many(reviews, records), [predict_one(reviews, record) for record in records]
    )


@given(flower=FLOWERS)
def test_probabilities_add_up_to_one_and_the_label_has_the_highest(
    iris: LoadedModel, flower: dict[str, float]
) -> None:
    prediction = predict_one(iris, flower)

    assert sum(prediction.probabilities.values()) == pytest.approx(1)
    assert prediction.probabilities[prediction.label] == max(prediction.probabilities.values())
