"""The components of a subject's tab, and which of its functions each event calls."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from demo.render.links import slug
from demo.ui.components import build_input, show_fields
from demo.ui.events import DIRECT, UNCHECKED, Updates, Values
from demo.ui.predict_tab import PredictTab
from models.spec import Record

CHANGED = "() => fields.changed()"


@dataclass
class Panel:
    """The components of one tab."""

    choice: gr.Radio
    fields: dict[str, Any]
    messages: list[gr.HTML]
    answer: gr.HTML
    maps: dict[str, gr.HTML]
    examples: dict[str, gr.Dataset]

    @property
    def inputs(self) -> set[Any]:
        """The model's name and the fields."""
        return {self.choice, *self.fields.values()}

    @property
    def outputs(self) -> list[Any]:
        """The answer and the messages."""
        return [self.answer, *self.messages]

    @property
    def states(self) -> list[Any]:
        """The fields and the outputs."""
        return [*self.fields.values(), *self.outputs]

    def with_record(self, act: Callable[[str, Record], list[Any]]) -> Callable[[Values], list[Any]]:
        """Return a function of an event that hands over the model's name and the fields' values by name."""

        def answer(values: Values) -> list[Any]:
            record = {name: values[field] for name, field in self.fields.items()}
            return act(values[self.choice], record)

        return answer


def build_panel(tab: PredictTab) -> Panel:
    """Build the tab of a subject and connect its events."""
    name = slug(tab.first.subject)
    classes = ["subject", "live"] if tab.is_live else ["subject"]
    with gr.Row(elem_id=f"subject-{name}", elem_classes=classes):
        with gr.Column(elem_classes="inputs"):
            choice = build_choice(tab)
            fields, messages = build_fields(tab)
            with gr.Row(elem_classes="actions"):
                # The page presses it itself where every change is answered.
                analyse = gr.Button(
                    "Analyse",
                    variant="primary",
                    elem_id=f"analyse-{name}",
                    visible="hidden" if tab.is_live else True,
                )
                compare = gr.Button(
                    "Compare", elem_id=f"compare-{name}", visible=len(tab.models) > 1
                )
                clear = gr.Button("Reset" if tab.is_live else "Clear", elem_id=f"clear-{name}")
            with gr.Column(elem_classes="glance", visible=tab.is_live):
                gr.HTML('<p class="glance-line" aria-hidden="true"></p>')
                maps = build_maps(tab)
        with gr.Column(elem_classes="outputs"):
            answer = gr.HTML(elem_id=f"answer-{name}")
        with gr.Column(elem_classes="examples"):
            examples = build_examples(tab)
    panel = Panel(choice, fields, messages, answer, maps, examples)
    connect(tab, panel, analyse, clear)
    compare.click(panel.with_record(tab.compare), panel.inputs, panel.outputs, **UNCHECKED)
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


def build_fields(tab: PredictTab) -> tuple[dict[str, Any], list[gr.HTML]]:
    """Build the input of each field with room for a message under it."""
    fields, messages = {}, []
    for name, field in tab.fields.items():
        with gr.Column(elem_classes="field"):
            fields[name] = build_input(field, "field", visible=name in tab.first.field_names)
            messages.append(gr.HTML(elem_classes="message"))
    return fields, messages


def build_maps(tab: PredictTab) -> dict[str, gr.HTML]:
    """Build the map of each model that has one; that of the chosen one shows."""
    return {
        name: gr.HTML(html, visible=name == tab.first.name, elem_id=f"drawing-{name}")
        for name, html in tab.maps.items()
    }


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
    answer = panel.with_record(tab.answer)
    analyse.click(answer, panel.inputs, panel.outputs, **UNCHECKED)
    # Not `change`: fields that a link or an example fills bring their answer with them.
    gr.on([field.input for field in panel.fields.values()], None, js=CHANGED, **DIRECT)
    clear.click(lambda name: tab.open_record(name, {}), panel.choice, panel.states, **DIRECT)
    for name, dataset in panel.examples.items():
        dataset.click(partial(show_example, tab, name), dataset, panel.states, **DIRECT)
    if len(tab.models) > 1:
        own = [*panel.fields.values(), *panel.examples.values(), *panel.maps.values()]
        panel.choice.change(partial(fit_to_choice, tab, panel), panel.choice, own, **DIRECT)
        switch = panel.with_record(tab.switch_model)
        panel.choice.input(switch, panel.inputs, panel.outputs, **UNCHECKED)


def show_example(tab: PredictTab, name: str, index: int) -> list[Any]:
    """Return values and outputs for an example that was clicked."""
    return tab.open_record(name, tab.models[name].spec.examples[index].record)


def fit_to_choice(tab: PredictTab, panel: Panel, name: str) -> Updates:
    """Return updates that show the fields, examples and map of the chosen model alone."""
    own = {
        part: gr.update(visible=other == name)
        for parts in (panel.examples, panel.maps)
        for other, part in parts.items()
    }
    return show_fields(panel.fields, tab.models[name].spec) | own
