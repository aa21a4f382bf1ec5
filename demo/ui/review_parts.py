"""The components of a reviewer's seat: the case, the answer, and what a verdict is given with."""

from typing import Any

import gradio as gr

from demo.desk import ReviewDesk
from demo.reviews import CANNOT_TELL
from demo.ui.components import component_for

RETRY_S = 2
JUDGEMENTS = [("Agree", "agree"), ("Disagree", "disagree"), ("Can't tell", CANNOT_TELL)]


class SeatParts:
    """The components of a seat.

    Code, token and case travel with the page: nothing of a reviewer is kept in this process.
    """

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        with gr.Column(visible=False, elem_classes="review-seat") as self.column:
            self.code, self.token, self.case_id = (gr.Textbox(visible=False) for _ in range(3))
            self.head = gr.HTML()
            with gr.Column(elem_classes="turn"):
                self.body = gr.HTML(elem_classes="turn-input")
                self.answer = gr.HTML(elem_classes="turn-answer")
                with gr.Column(elem_classes="turn-controls"):
                    self.build_controls()
                self.reasons = gr.HTML(elem_classes="turn-reasons")
            with gr.Accordion(
                "Try an input of your own; it becomes a case that you judge", visible=False
            ) as self.floor:
                self.build_floor()
        self.retry = gr.Timer(RETRY_S, active=False)

    def build_controls(self) -> None:
        """Build what a reviewer answers with."""
        self.first = gr.Radio(
            [],
            label="What would you say? Your label stays once you have seen the answer.",
            visible=False,
            elem_id="review-first",
            elem_classes="keyed",
        )
        self.verdict = gr.Radio(
            JUDGEMENTS,
            label="Is the model right?",
            visible=False,
            elem_id="review-verdict",
            elem_classes="keyed",
        )
        self.right = gr.Radio(
            [], label="What is right?", visible=False, elem_id="review-right", elem_classes="keyed"
        )
        self.comment = gr.Textbox(
            label="Comment (optional)",
            lines=1,
            max_lines=6,
            visible=False,
            elem_id="review-comment",
        )
        self.message = gr.HTML(elem_classes="message", elem_id="review-message")
        with gr.Row(elem_classes="actions"):
            self.back = gr.Button("Back", elem_id="review-back")
            self.skip = gr.Button("Skip", elem_id="review-skip")
            self.reveal = gr.Button(
                "Show the answer", variant="primary", visible=False, elem_id="review-reveal"
            )
            self.save = gr.Button("Save", variant="primary", visible=False, elem_id="review-save")

    def build_floor(self) -> None:
        """Build an input for each field of any model; those of the session's model show."""
        specs = [model.spec for model in self.desk.shelf.loaded.values()]
        named = {field.name: field for spec in specs for field in spec.fields}
        self.fields: dict[str, Any] = {}
        for name, field in named.items():
            self.fields[name] = component_for(field)
            self.fields[name].elem_id = f"floor-{name}"
            self.fields[name].visible = False
        self.floor_message = gr.HTML(elem_classes="message")
        self.add = gr.Button("Ask the model", variant="primary", elem_id="review-add")

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.column, self.code, self.token, self.case_id, self.head, self.body]
        parts += [self.answer, self.reasons, self.first, self.verdict, self.right, self.comment]
        parts += [self.message, self.back, self.skip, self.reveal, self.save, self.retry]
        return [*parts, self.floor, self.floor_message, *self.fields.values()]
