"""The steps from the starting point to the answer: they end at the answer, and add up as they are shown."""

from dataclasses import replace

import pytest
from explaining import explain_one
from hypothesis import given
from hypothesis import strategies as st

from demo.render.waterfall import N_STEPS, draw_waterfall
from models.explain.answers import predict_explained
from models.explain.explanation import EXACT, Explanation, Familiarity
from models.explain.parts import Part, value_parts
from models.registry import LoadedModel
from models.spec import Prediction

VALUES = st.floats(-8, 8)


def number(text: str) -> float:
    return float(text.replace("−", "-").strip("±+%<> "))


def two_classes(
    intercept: float, values: list[float]
) -> tuple[list[Part], Explanation, Prediction]:
    margin = intercept + sum(values)
    share = 1 / (1 + 2.718281828459045**-margin)
    parts = [Part(str(value), value) for value in sorted(values, key=abs, reverse=True)]
    explanation = Explanation(EXACT, "yes", "no", intercept, margin, (), Familiarity())
    return parts, explanation, Prediction("yes", {"no": 1 - share, "yes": share})


@given(VALUES, st.lists(VALUES, min_size=1, max_size=12))
def test_what_is_shown_adds_up_and_ends_at_the_answer(
    intercept: float, values: list[float]
) -> None:
    drawn = draw_waterfall(*two_classes(intercept, values))

    assert drawn is not None
    assert len(drawn.steps) == min(len(values), N_STEPS) + (len(values) > N_STEPS)
    total = number(drawn.start) + sum(number(step.points) for step in drawn.steps)
    assert total == pytest.approx(number(drawn.end), abs=1e-6)
    for step in drawn.steps:
        assert 0 <= step.left <= step.left + step.width <= 100 + 1e-9


def test_of_three_classes_it_is_the_probability_of_the_first_two(iris: LoadedModel) -> None:
    flower = {"sepal_length": 5.9, "sepal_width": 2.8, "petal_length": 4.8, "petal_width": 1.6}
    answer = predict_explained(iris, flower)
    parts = value_parts(iris.spec, flower, answer.explanation)

    drawn = draw_waterfall(parts, answer.explanation, answer.prediction)

    assert drawn is not None
    assert (drawn.start, drawn.end) == ("50 %", "62 %")


def test_steps_that_would_not_end_at_the_answer_are_not_drawn(iris: LoadedModel) -> None:
    flower = {"sepal_length": 5.9, "sepal_width": 2.8, "petal_length": 4.8, "petal_width": 1.6}
    explanation = explain_one(iris, flower)
    calibrated = Prediction("versicolor", {"setosa": 0.0, "versicolor": 0.9, "virginica": 0.1})

    assert draw_waterfall([Part("a", 1)], explanation, calibrated) is None
    assert draw_waterfall([], replace(explanation, margin=0.0), calibrated) is None
