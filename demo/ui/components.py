"""The input for each kind of field, one case a kind, and the inputs of several models."""

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

import gradio as gr

from demo.ui.events import Updates
from models.features import (
    CategoryFeature,
    ContextField,
    DateFeature,
    FlagFeature,
    NumberFeature,
    TextFeature,
)
from models.field import NOT_GIVEN
from models.registry import LoadedModel
from models.spec import Feature, ModelSpec

# How far a slider goes beyond what the model has seen, as a share of what it has seen.
MARGIN = 0.15


@singledispatch
def component_for(field: object) -> Any:
    """Return the input for a field of a spec."""
    raise TypeError(f"no component for {type(field).__name__}")


@component_for.register
def _(field: TextFeature) -> Any:
    return gr.Textbox(
        label=field.title, placeholder=field.placeholder, lines=4, max_lines=14, autofocus=False
    )


@component_for.register
def _(field: NumberFeature) -> Any:
    label = f"{field.title} ({field.unit})" if field.unit else field.title
    if field.takes_missing:
        # A slider always stands somewhere.
        return gr.Number(
            value=field.typical, step=field.step, label=label, info="May be left empty.", buttons=[]
        )
    low, high = field.span(MARGIN)
    return gr.Slider(
        minimum=low,
        maximum=high,
        value=field.typical,
        step=field.step,
        label=label,
        buttons=[],
    )


@component_for.register
def _(field: CategoryFeature) -> Any:
    choices = [*field.choices, NOT_GIVEN] if field.takes_missing else list(field.choices)
    return gr.Dropdown(choices=choices, value=field.start, label=field.title)


@component_for.register
def _(field: FlagFeature) -> Any:
    return gr.Checkbox(value=field.start, label=field.title)


@component_for.register
def _(field: DateFeature) -> Any:
    return gr.Textbox(
        value=field.start, label=field.title, placeholder=field.typical, info="As 2026-11-22."
    )


@component_for.register
def _(field: ContextField) -> Any:
    return gr.Dropdown(
        choices=list(field.suggestions),
        value="",
        label=f"{field.title} (optional)",
        info="Choose one or type a title of your own; the model does not read it.",
        allow_custom_value=True,
    )


def hints_for(field: object) -> dict[str, Any]:
    """Return what an input says of a field that it shares with other models' fields."""
    return {"placeholder": field.placeholder} if isinstance(field, TextFeature) else {}


def fields_of(models: Iterable[LoadedModel]) -> dict[str, Feature]:
    """Return the fields of some models by name; of those with one name, the first model's."""
    fields: dict[str, Feature] = {}
    for model in models:
        for field in model.spec.fields:
            fields.setdefault(field.name, field)
    return fields


def build_input(field: Feature, prefix: str, *, visible: bool) -> Any:
    """Build the input for a field, known to the page by a prefix and the field's name."""
    component = component_for(field)
    component.elem_id, component.visible = f"{prefix}-{field.name}", visible
    return component


def show_fields(inputs: Mapping[str, Any], spec: ModelSpec) -> Updates:
    """Return updates of the inputs of several models that show those of one alone."""
    own = {field.name: field for field in spec.fields}
    return {
        component: gr.update(visible=name in own, **hints_for(own.get(name)))
        for name, component in inputs.items()
    }
