"""What the tab of a subject shows for what its fields hold: plain functions, no components."""

import time
from typing import Any

import gradio as gr
from markupsafe import escape

from demo.render.answer import answer_html, comparison_html, empty_html, error_html
from demo.render.drawing import has_map, map_html
from demo.render.links import Link
from demo.render.opening import answered_html
from demo.sessions.predictions import Busy, PredictionCache
from demo.ui.components import fields_of
from models.errors import InvalidRecord, UnknownModel, UserError
from models.explain.answers import predict_explained
from models.registry import LoadedModel
from models.spec import Record


def page_error(error: UserError) -> gr.Error:
    """Return an error as Gradio shows it, which takes the message for HTML."""
    return gr.Error(escape(error.message), print_exception=False)


class PredictTab:
    """The models of one subject and the fields that they share.

    Its methods take the values of all fields by name. Their outputs come in one order: the answer, and a
    message for each field.
    """

    def __init__(self, models: list[LoadedModel], answers: PredictionCache) -> None:
        self.answers = answers
        self.models = {model.spec.name: model for model in models}
        self.first = models[0].spec
        self.fields = fields_of(models)
        self.is_live = all(field.start != "" for field in self.fields.values())
        self.maps = {model.spec.name: map_html(model) for model in models if has_map(model)}

    def answer(self, name: str, values: Record) -> list[Any]:
        """Return the outputs for some values as the model called `name` sees them."""
        model = self.model_named(name)
        record = self.record_of(model, values)
        start = time.perf_counter()
        try:
            answer = self.answers.fresh(model, record)
        except (InvalidRecord, Busy) as error:
            return self.outputs(name, empty_html(model.spec), record, error)
        seconds = time.perf_counter() - start
        return self.outputs(name, answer_html(answer, seconds), record)

    def compare(self, name: str, values: Record) -> list[Any]:
        """Return the outputs with the answers of all models that can read the values, side by side."""
        answers = []
        try:
            for model in (self.model_named(name), *self.models.values()):
                record = self.record_of(model, values)
                answers.append(predict_explained(model, record))
        except InvalidRecord as error:
            return self.outputs(name, empty_html(model.spec), values, error)
        return self.outputs("", comparison_html(answers[1:]), values)

    def record_of(self, model: LoadedModel, values: Record) -> dict[str, Any]:
        return {name: values[name] for name in model.spec.field_names}

    def model_named(self, name: str) -> LoadedModel:
        """Return one of the subject's models; only a client past the page asks for another."""
        if not isinstance(name, str) or name not in self.models:
            raise page_error(UnknownModel(str(name), self.models))
        return self.models[name]

    def outputs(
        self, model: str, answer: str, values: Record | None, error: UserError | None = None
    ) -> list[Any]:
        """Return the outputs in their order."""
        line = f"This answer is to {'earlier values' if self.is_live else 'an earlier text'}."
        messages = dict.fromkeys(self.fields, "")
        if error:
            messages[error.field or self.first.features[0].name] = error.message
        answered = answered_html(answer, model, values, line)
        return [answered, *map(error_html, messages.values())]

    def fill(self, record: Record) -> dict[str, Any]:
        """Return the values of all fields for a record that may lack some."""
        return {name: record.get(name, field.start) for name, field in self.fields.items()}

    def open_record(self, name: str, record: Record) -> list[Any]:
        """Return the fields' values for a record, and the outputs: empty if a feature is missing."""
        values = self.fill(record)
        spec = self.model_named(name).spec
        if any(values[feature.name] == "" for feature in spec.features):
            return [*values.values(), *self.outputs(name, empty_html(spec), None)]
        return [*values.values(), *self.answer(name, values)]

    def follow_link(self, link: Link) -> list[Any]:
        """Return the model's name and then what `open_record` returns, for a link to here or elsewhere."""
        name = link.model if link.model in self.models else self.first.name
        return [name, *self.open_record(name, link.record if name == link.model else {})]

    def switch_model(self, name: str, values: Record) -> list[Any]:
        """Return the outputs after another model was chosen for the same values."""
        return self.open_record(name, values)[len(self.fields) :]
