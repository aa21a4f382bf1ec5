"""A reviewer's seat: one case at a time, a verdict on it, and the way to the next."""

from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.render.session import (
    case_answer_html,
    case_html,
    case_reasons_html,
    closed_html,
    finish_html,
    head_html,
    keys_html,
    waiting_html,
)
from demo.sessions.case_view import CaseView, Participant, Progress
from demo.sessions.errors import InvalidVerdict, SessionClosed, StoreFull, StoreUnavailable
from demo.sessions.model import VerdictInput
from demo.sessions.own_agreement import own_agreement
from demo.sessions.service import SessionService
from demo.sessions.text import case_number
from demo.ui.components import build_input, fields_of, show_fields
from demo.ui.events import ONCE, Updates, Values
from demo.ui.sessions.verdict_controls import VerdictControls
from models.errors import UserError

RETRY_S = 2
# What a reviewer does; it returns the case to be shown then, None if none is left.
Act = Callable[[Participant, Values], CaseView | None]


class SeatPanel:
    """The components of a seat, and what each event changes in it.

    Code, token and case travel with the page: nothing of a reviewer is kept in this process.
    """

    def __init__(self, service: SessionService) -> None:
        self.service = service
        with gr.Column(visible=False, elem_classes="session-seat") as self.column:
            self.code, self.token, self.case_id = (gr.Textbox(visible=False) for _ in range(3))
            # session.js asks with these for a case of the reviewer's list, or for the one that is shown.
            self.wanted = gr.Textbox(elem_id="session-wanted", elem_classes="for-script")
            self.look_button = gr.Button("Look", elem_id="session-look", elem_classes="for-script")
            gr.HTML(keys_html())
            self.head = gr.HTML()
            with gr.Column(elem_classes="turn"):
                self.body = gr.HTML(elem_classes="turn-input")
                self.answer = gr.HTML(elem_classes="turn-answer")
                with gr.Column(elem_classes="turn-controls"):
                    self.controls = VerdictControls()
                self.reasons = gr.HTML(elem_classes="turn-reasons")
            with gr.Accordion(
                "Try an input of your own; it becomes a case that you judge", visible=False
            ) as self.own_input:
                # Those of the session's model show.
                self.fields = {
                    name: build_input(field, "own", visible=False)
                    for name, field in fields_of(service.catalogue.loaded.values()).items()
                }
                self.own_message = gr.HTML(elem_classes="message")
                self.add_button = gr.Button(
                    "Ask the model", variant="primary", elem_id="session-add"
                )
        self.retry_timer = gr.Timer(RETRY_S, active=False)
        self.connect()

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.column, self.code, self.token, self.case_id, self.wanted]
        parts += [self.head, self.body]
        parts += [self.answer, self.reasons, self.own_input, self.own_message, self.retry_timer]
        return parts + self.controls.outputs + [*self.fields.values()]

    def connect(self) -> None:
        """Say which event calls what."""
        seat: set[Any] = {self.code, self.token, self.case_id, self.wanted}
        for event, act, said in (
            (self.controls.reveal_button.click, self.reveal_answer, ""),
            (self.controls.save_button.click, self.save_verdict, "Saved"),
            (self.controls.back_button.click, self.go_back, ""),
            (self.controls.skip_button.click, self.skip_case, ""),
            (self.look_button.click, self.look, ""),
            (self.retry_timer.tick, self.retry, "Saved"),
        ):
            answer = partial(self.answer_to, act, said=said)
            event(answer, seat | self.controls.inputs, self.outputs, **ONCE)
        own = seat | {*self.fields.values()}
        self.add_button.click(self.try_own_input, own, self.outputs, **ONCE)

    def open_seat(self, code: str, token: str) -> Updates:
        """Return what the seat shows when its reviewer comes, or comes back."""
        participant = self.service.participant(code, token)
        case_view = self.next_view(participant)
        fields = show_fields(self.fields, participant.model.spec)
        return fields | self.show(participant, token, case_view)

    def show(
        self, participant: Participant, token: str, case_view: CaseView | None, said: str = ""
    ) -> Updates:
        """Return the updates for a case, or for the end; `said` is read out once."""
        takes_inputs = participant.session.plan.open_floor and not participant.session.closed_at
        progress: CaseView | Progress
        if case_view:
            progress, parts = case_view, self.describe_case(participant, case_view)
        else:
            progress = self.service.progress(participant)
            parts = self.describe_end(participant, progress)
        return (
            parts
            | self.controls.show(participant, case_view)
            | {
                self.column: gr.update(visible=True),
                self.code: participant.session.code,
                self.token: token,
                self.case_id: str(case_view.case.id) if case_view else "",
                self.wanted: "",
                self.head: head_html(participant, token, case_view, progress, said),
                self.retry_timer: gr.update(active=False),
                self.own_input: gr.update(visible=takes_inputs, open=not case_view),
                self.own_message: "",
            }
        )

    def describe_case(self, participant: Participant, case_view: CaseView) -> Updates:
        return {
            self.body: case_html(participant, case_view),
            self.answer: case_answer_html(participant, case_view),
            self.reasons: case_reasons_html(participant, case_view),
        }

    def describe_end(self, participant: Participant, progress: Progress) -> Updates:
        """Return what a reviewer sees at the end: how far they agreed, and with whom."""
        own = own_agreement(self.service, participant) if progress.done else None
        return {
            self.body: finish_html(participant, progress, own),
            self.answer: "",
            self.reasons: "",
        }

    def next_view(self, participant: Participant, after: int | None = None) -> CaseView | None:
        """Return the next case to be judged; none in a closed session."""
        return None if participant.session.closed_at else self.service.next_view(participant, after)

    def do(self, act: Act, values: Values, said: str = "") -> Updates:
        """Let the reviewer whose seat it is do something, and show the case that it leads to."""
        token = values[self.token] or ""
        participant = self.service.participant(values[self.code] or "", token)
        return self.show(participant, token, act(participant, values), said)

    def answer_to(self, act: Act, values: Values, said: str = "") -> Updates:
        """Do something, or say why not; what could not be saved is tried again."""
        again, values = False, {part: value or "" for part, value in values.items()}
        try:
            return self.do(act, values, said)
        except (StoreUnavailable, StoreFull) as error:
            message, again = waiting_html(error.message), isinstance(error, StoreUnavailable)
        except SessionClosed:
            return self.do(self.look, values) | {self.controls.message: closed_html()}
        except UserError as error:
            message = error_html(error.message)
        return {self.controls.message: message, self.retry_timer: gr.update(active=again)}

    def try_own_input(self, values: Values) -> Updates:
        """Make a case of the reviewer's own input, or say under it why not."""
        try:
            return self.do(self.add_case, values)
        except UserError as error:
            return {self.own_message: error_html(error.message)}

    def reveal_answer(self, participant: Participant, values: Values) -> CaseView | None:
        """Keep the reviewer's own label, and show the model's answer."""
        if not values[self.controls.first]:
            raise InvalidVerdict("Choose a label of your own first.")
        case = case_number(values[self.case_id])
        said = VerdictInput(blind_label=values[self.controls.first])
        self.service.judge(participant, case, said)
        return self.service.case_view(participant, case)

    def save_verdict(self, participant: Participant, values: Values) -> CaseView | None:
        """Keep the verdict, and show the next case."""
        verdict = values[self.controls.verdict]
        if not verdict:
            raise InvalidVerdict("Say whether the model is right, or skip the case.")
        label = values[self.controls.right] if verdict == "disagree" else None
        said = VerdictInput(verdict, label or None, comment=values[self.controls.comment])
        case = case_number(values[self.case_id])
        self.service.judge(participant, case, said)
        return self.next_view(participant, case)

    def retry(self, participant: Participant, values: Values) -> CaseView | None:
        """Send again what could not be saved."""
        act = self.save_verdict if values[self.controls.verdict] else self.reveal_answer
        return act(participant, values)

    def go_back(self, participant: Participant, values: Values) -> CaseView | None:
        """Show the case before this one, or if it is the first the next to be judged."""
        case = values[self.case_id]
        before = self.service.view_before(participant, case_number(case) if case else None)
        return before or self.next_view(participant)

    def skip_case(self, participant: Participant, values: Values) -> CaseView | None:
        """Show the next case that is not judged; this one comes again at the end."""
        return self.next_view(participant, case_number(values[self.case_id]))

    def look(self, participant: Participant, values: Values) -> CaseView | None:
        """Show a case that the page asks for, or else what is shown, as it is now."""
        case = values[self.wanted] or values[self.case_id]
        return self.service.case_view(participant, case_number(case)) if case else None

    def add_case(self, participant: Participant, values: Values) -> CaseView | None:
        """Make a case of the reviewer's own input, and show it."""
        record = {name: values[self.fields[name]] for name in participant.model.spec.field_names}
        made = self.service.try_case(participant, record)
        return self.service.case_view(participant, made.id)
