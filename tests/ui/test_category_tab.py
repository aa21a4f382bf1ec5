"""The tab of a model with a category: its components, its answers and its messages."""

import inspect

import gradio as gr
import pytest
from mushrooms import ODOUR, train_mushrooms

from demo.sessions.predictions import PredictionCache
from demo.ui.components import component_for
from demo.ui.endpoints import endpoint_for
from demo.ui.predict_tab import PredictTab
from models.registry import LoadedModel


@pytest.fixture(scope="module")
def mushrooms(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    return train_mushrooms(tmp_path_factory.mktemp("mushrooms"))


@pytest.fixture
def tab(mushrooms: LoadedModel) -> PredictTab:
    return PredictTab([mushrooms], PredictionCache())


def test_its_component_offers_the_choices_and_no_other() -> None:
    component = component_for(ODOUR)

    assert isinstance(component, gr.Dropdown)
    assert [value for _, value in component.choices] == list(ODOUR.choices)
    assert not component.allow_custom_value
    assert component.value == "none"


def test_a_tab_that_starts_filled_answers_at_each_change(tab: PredictTab) -> None:
    assert tab.is_live
    assert tab.fill({}) == {"odour": "none", "cap": 5}


def test_a_choice_is_answered_with_reasons_and_what_would_turn_it(tab: PredictTab) -> None:
    answer, *messages = tab.answer("mushrooms", {"odour": "foul", "cap": 4.0})

    assert "poisonous" in answer
    assert '<th scope="row">Odour</th>' in answer
    assert "none instead of foul: <strong>edible</strong>" in answer
    assert messages == ["", ""]


def test_a_wrong_choice_gets_its_message_beside_its_field(tab: PredictTab) -> None:
    _, odour, cap = tab.answer("mushrooms", {"odour": "<b>", "cap": 4.0})

    assert "Odour must be one of none, almond, foul" in odour
    assert "<b>" not in odour
    assert cap == ""


def test_its_endpoint_has_a_text_and_a_number(tab: PredictTab) -> None:
    endpoint = endpoint_for(tab)

    parameters = inspect.signature(endpoint).parameters
    assert {name: item.annotation for name, item in parameters.items()} == {
        "odour": str,
        "cap": float,
    }
    assert endpoint("foul", 4.0)["label"] == "poisonous"
