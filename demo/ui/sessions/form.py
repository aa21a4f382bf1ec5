"""The form by which a facilitator opens a review session, in three steps."""

from functools import partial
from typing import Any

import gradio as gr

from demo.render.form import steps_html
from demo.sessions.errors import InvalidSession
from demo.sessions.model import check_plan
from demo.sessions.service import SessionService
from demo.ui.events import DIRECT, ONCE, Updates, Values
from demo.ui.sessions.board import BoardPanel
from demo.ui.sessions.form_cases import CasesStep
from demo.ui.sessions.form_how import HowStep
from demo.ui.sessions.form_messages import build_message, say
from demo.ui.sessions.form_what import WhatStep
from demo.ui.sessions.page_address import base_of
from models.errors import UserError


class FormPanel:
    """What a facilitator fills in, step by step; the board is shown once the session is open.

    All steps are in the page, one of them shown: nothing is lost by going back.
    """

    def __init__(self, service: SessionService, board: BoardPanel, entry: gr.Column) -> None:
        self.service, self.board, self.entry = service, board, entry
        with gr.Column(elem_classes="session-form") as self.column:
            self.progress = gr.HTML(steps_html(1), elem_id="session-steps")
            with gr.Column() as what_column:
                self.what = WhatStep(service.catalogue)
                to_cases = build_button("Next", "session-to-cases")
            with gr.Column(visible=False) as cases_column:
                self.cases = CasesStep(service.catalogue, self.what.model)
                with gr.Row(elem_classes="actions"):
                    to_what = build_button("Back", "session-to-what", "secondary")
                    to_how = build_button("Next", "session-to-how")
            with gr.Column(visible=False) as how_column:
                self.how = HowStep(service.catalogue)
                self.message = build_message("form")
                with gr.Row(elem_classes="actions"):
                    back = build_button("Back", "session-back-to-cases", "secondary")
                    self.open_button = build_button("Open the session", "session-open")
        self.columns = (what_column, cases_column, how_column)
        self.connect_steps(to_cases, to_how)
        shown = [self.progress, *self.columns]
        to_what.click(partial(self.show, 1), None, shown, **ONCE)
        back.click(partial(self.show, 2), None, shown, **ONCE)

    def connect_steps(self, to_cases: gr.Button, to_how: gr.Button) -> None:
        """Say what is checked before the next step, and before the session is opened."""
        shown = [self.progress, *self.columns]
        for event in (to_cases.click, self.what.fields["title"].submit):
            outputs = [*shown, *self.what.messages.values()]
            event(self.go_to_cases, self.what.inputs, outputs, **DIRECT)
        chosen = self.what.inputs | self.cases.inputs | self.how.inputs
        outputs = [*shown, *self.cases.messages.values(), self.cases.n_cases, *self.how.outputs]
        to_how.click(self.go_to_how, chosen, outputs, **DIRECT)
        said = chosen | {self.cases.n_cases}
        for part in self.how.inputs:
            part.input(self.summarize, said, self.how.outputs, **DIRECT)
        opened = [self.entry, self.message, *self.how.messages.values(), *self.board.outputs]
        self.open_button.click(
            self.open_session, chosen, opened, **(DIRECT | {"trigger_mode": "once"})
        )

    def show(self, step: int) -> Updates:
        """Return the page at a step."""
        return {self.progress: steps_html(step)} | {
            column: gr.update(visible=number == step)
            for number, column in enumerate(self.columns, 1)
        }

    def go_to_cases(self, values: Values) -> Updates:
        """Show the second step, or what the first still needs."""
        try:
            check_plan(self.what.asked(values))
        except InvalidSession as error:
            return say(self.what.messages, error)
        return say(self.what.messages) | self.show(2)

    def go_to_how(self, values: Values) -> Updates:
        """Show the third step with what will happen, or what the second still needs."""
        try:
            cases = self.cases.choose(values)
        except UserError as error:
            return say(self.cases.messages, error)
        # What was found stays in the place of what is wrong with it.
        others = {name: part for name, part in self.cases.messages.items() if name != "cases"}
        counted = {self.cases.n_cases: len(cases)}
        return say(others) | counted | self.show(3) | self.summarize({**values, **counted})

    def summarize(self, values: Values) -> Updates:
        """Say in a sentence what will happen."""
        asked, n_cases = self.asked(values), int(values[self.cases.n_cases] or 0)
        return self.how.summarize(values, asked, n_cases)

    def asked(self, values: Values) -> dict[str, Any]:
        """Return what the whole form asks for, by the names of a plan's fields."""
        open_floor = values[self.cases.source] != "list"
        return self.what.asked(values) | self.how.asked(values) | {"open_floor": open_floor}

    def open_session(self, values: Values, request: gr.Request) -> Updates:
        """Open the session and show its board, or say why not."""
        try:
            self.how.check(values)
            plan = check_plan(self.asked(values))
            session, token = self.service.open_session(plan, self.cases.choose(values))
            base = base_of(request, self.service.address)
            board = self.board.open_board(session.code, token, base)
            return board | {self.entry: gr.update(visible=False)}
        except UserError as error:
            return say(self.how.messages | {"": self.message}, error)


def build_button(label: str, name: str, variant: str = "primary") -> gr.Button:
    return gr.Button(label, variant=variant, elem_id=name)  # type: ignore[arg-type]
