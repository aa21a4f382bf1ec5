"""The input for each kind of field: one case a kind."""

from functools import singledispatch
from typing import Any

import gradio as gr

from models.features import CategoryFeature, ContextField, NumberFeature, TextFeature

# How far a slider goes beyond what the model has seen, as a share of what it has seen.
MARGIN = 0.15


@singledispatch
def component_for(field: object) -> Any:
    """Return the input for a field of a spec."""
    raise TypeError(f"no component for {type(field).__name__}")


@component_for.register
def _(field: TextFeature) -> Any:
    return gr.Textbox(
        label=field.title, placeholder=field.placeholder, lines=5, max_lines=14, autofocus=False
    )


@component_for.register
def _(field: NumberFeature) -> Any:
    margin = MARGIN * (field.high - field.low)
    return gr.Slider(
        minimum=max(field.step, round(field.low - margin, 1)),
        maximum=min(field.highest, round(field.high + margin, 1)),
        value=field.typical,
        step=field.step,
        label=f"{field.title} ({field.unit})",
        buttons=[],
    )


@component_for.register
def _(field: CategoryFeature) -> Any:
    return gr.Dropdown(choices=list(field.choices), value=field.start, label=field.title)


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
