"""The components of a subject's tab, and which of its functions each event calls."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from demo.render.links import slug
from demo.ui.components import component_for, hints_for
from demo.ui.predict_tab import PredictTab

# One stateless request a call, past the queue, and nothing that flashes.
DIRECT: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# Gradio's own checks of a value would answer with their words, or a 500; the spec's come after.
UNCHECKED = DIRECT | {"preprocess": False}


@dataclass
class Panel:
    """The components of one tab, in the order of what its functions take and return."""

    choice: gr.Radio
    fields: list[Any]
    messages: list[gr.HTML]
    answer: gr.HTML
    drawings: list[gr.HTML]
    examples: dict[str, gr.Dataset]

    @property
    def inputs(self) -> list[Any]:
        """The model's name and the fields."""
        return [self.choice, *self.fields]

    @property
    def outputs(self) -> list[Any]:
        """The answer, the drawing if there is one, and the messages."""
        return [self.answer, *self.drawings, *self.messages]


def build_panel(tab: PredictTab) -> Panel:
    """Build the tab of a subject and connect its events."""
    name = slug(tab.first.subject)
    with gr.Row(elem_classes="subject"):
        with gr.Column(elem_classes="inputs"):
            choice = build_choice(tab)
            fields, messages = build_fields(tab)
            with gr.Row(elem_classes="actions"):
                analyse = gr.Button(
                    "Analyse", variant="primary", elem_id=f"analyse-{name}", visible=not tab.is_live
                )
                compare = gr.Button(
                    "Compare", elem_id=f"compare-{name}", visible=len(tab.models) > 1
                )
                clear = gr.Button("Reset" if tab.is_live else "Clear", elem_id=f"clear-{name}")
        with gr.Column(elem_classes="outputs"):
            answer = gr.HTML(elem_id=f"answer-{name}")
            drawings = [gr.HTML(elem_id=f"drawing-{name}")] if tab.drawing else []
        with gr.Column(elem_classes="examples"):
            examples = build_examples(tab)
    panel = Panel(choice, fields, messages, answer, drawings, examples)
    connect(tab, panel, analyse, clear)
    compare.click(tab.compared, panel.inputs, panel.outputs, **UNCHECKED)
    return panel


def build_choice(tab: PredictTab) -> gr.Radio:
    """Build the choice between the models of the subject, hidden if there is one only."""
    choices = [(model.spec.choice, name) for name, model in tab.models.items()]
    return gr.Radio(
        choices,
        value=tab.first.name,
        label="Read as",
        visible=len(choices) > 1,
        elem_classes="choice",
    )


def build_fields(tab: PredictTab) -> tuple[list[Any], list[gr.HTML]]:
    """Build the input of each field with a place for a message under it."""
    fields, messages = [], []
    for name, field in tab.fields.items():
        component = component_for(field)
        component.elem_id = f"field-{name}"
        component.visible = name in tab.first.field_names
        fields.append(component)
        messages.append(gr.HTML(elem_classes="message"))
    return fields, messages


def build_examples(tab: PredictTab) -> dict[str, gr.Dataset]:
    """Build the examples of each model; those of the chosen one show."""
    return {
        name: gr.Dataset(
            label="Examples",
            components=[gr.Textbox(visible=False)],
            samples=[[example.title] for example in model.spec.examples],
            type="index",
            visible=model.spec is tab.first,
            elem_id=f"examples-{name}",
        )
        for name, model in tab.models.items()
    }


def connect(tab: PredictTab, panel: Panel, analyse: gr.Button, clear: gr.Button) -> None:
    """Say which event calls what."""
    if tab.is_live:
        # Not `input`: a number typed beyond the slider is corrected when its box is left.
        moves = [field.change for field in panel.fields]
        gr.on(
            moves, tab.answer, panel.inputs, panel.outputs, trigger_mode="always_last", **UNCHECKED
        )
    else:
        analyse.click(tab.answer, panel.inputs, panel.outputs, **UNCHECKED)
    clear.click(
        lambda name: tab.opened(name, {}), panel.choice, [*panel.fields, *panel.outputs], **DIRECT
    )
    for name, dataset in panel.examples.items():
        show = partial(show_example, tab, name)
        dataset.click(show, dataset, [*panel.fields, *panel.outputs], **DIRECT)
    if len(tab.models) > 1:
        fitting = [*panel.fields, *panel.examples.values()]
        panel.choice.change(partial(fit_to_choice, tab), panel.choice, fitting, **DIRECT)
        panel.choice.input(tab.chosen, panel.inputs, panel.outputs, **UNCHECKED)


def show_example(tab: PredictTab, name: str, place: int) -> list[Any]:
    """Return values and outputs for an example that was clicked."""
    return tab.opened(name, tab.models[name].spec.examples[place].record)


def fit_to_choice(tab: PredictTab, name: str) -> list[Any]:
    """Return updates that show the fields and examples of the chosen model alone."""
    own = {field.name: field for field in tab.models[name].spec.fields}
    fields = [
        gr.update(visible=True, **hints_for(own[field]))
        if field in own
        else gr.update(visible=False)
        for field in tab.fields
    ]
    return [*fields, *(gr.update(visible=other == name) for other in tab.models)]
