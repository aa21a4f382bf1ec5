"""The first step of opening a session: what it is about."""

from typing import Any

import gradio as gr

from demo.ui.events import Values
from demo.ui.sessions.form_messages import build_message
from models.registry import ModelCatalogue


class WhatStep:
    """Title, model, purpose and the decision to be taken, each with a place for what is wrong with it."""

    def __init__(self, catalogue: ModelCatalogue) -> None:
        choices = [(model.spec.title, name) for name, model in catalogue.loaded.items()]
        # By the names of a plan's fields.
        self.fields: dict[str, Any] = {}
        self.messages: dict[str, Any] = {}
        with gr.Row(), gr.Column():
            self.model = gr.Radio(
                choices, value=choices[0][1], label="Model", elem_id="session-model"
            )
            self.add("title", "Title", "Can we rely on it for support mail?")
        with gr.Row():
            with gr.Column():
                purpose = "Sorts incoming mail, so that complaints are read first."
                self.add("purpose", "What the model is to do (optional)", purpose, lines=2)
            with gr.Column():
                question = "Does it go live on 1 March, and for which mail?"
                self.add("question", "Decision to be taken (optional)", question, lines=2)

    def add(self, name: str, label: str, example: str, lines: int = 1) -> None:
        """Build a field of text, and the place for what is wrong with it."""
        self.fields[name] = gr.Textbox(
            label=label,
            placeholder=f"such as: {example}",
            lines=lines,
            elem_id=f"session-{name}",
        )
        self.messages[name] = build_message(name)

    @property
    def inputs(self) -> set[Any]:
        return {self.model, *self.fields.values()}

    def asked(self, values: Values) -> dict[str, Any]:
        """Return what was filled in, by the names of a plan's fields."""
        texts = {name: values[part] for name, part in self.fields.items()}
        return texts | {"model": values[self.model]}
