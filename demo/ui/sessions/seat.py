"""A reviewer's seat: one case at a time, a verdict on it, and the way to the next."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.render.session import (
    all_judged_html,
    case_answer_html,
    case_html,
    case_reasons_html,
    closed_html,
    head_html,
    waiting_html,
)
from demo.sessions.case_view import CaseView, Participant
from demo.sessions.errors import SessionClosed, StoreFull, StoreUnavailable
from demo.sessions.model import CANNOT_TELL, VerdictInput
from demo.sessions.service import SessionService
from demo.sessions.text import case_number
from demo.ui.components import component_for
from demo.ui.subject_panel import UNCHECKED
from models.errors import UserError

RETRY_S = 2
JUDGEMENTS = [("Agree", "agree"), ("Disagree", "disagree"), ("Can't tell", CANNOT_TELL)]


class SeatParts:
    """The components of a seat.

    Code, token and case travel with the page: nothing of a reviewer is kept in this process.
    """

    def __init__(self, service: SessionService) -> None:
        self.service = service
        with gr.Column(visible=False, elem_classes="session-seat") as self.column:
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
            elem_id="session-first",
            elem_classes="keyed",
        )
        self.verdict = gr.Radio(
            JUDGEMENTS,
            label="Is the model right?",
            visible=False,
            elem_id="session-verdict",
            elem_classes="keyed",
        )
        self.right = gr.Radio(
            [], label="What is right?", visible=False, elem_id="session-right", elem_classes="keyed"
        )
        self.comment = gr.Textbox(
            label="Comment (optional)",
            lines=1,
            max_lines=6,
            visible=False,
            elem_id="session-comment",
        )
        self.message = gr.HTML(elem_classes="message", elem_id="session-message")
        with gr.Row(elem_classes="actions"):
            self.back = gr.Button("Back", elem_id="session-back")
            self.skip = gr.Button("Skip", elem_id="session-skip")
            self.reveal = gr.Button(
                "Show the answer", variant="primary", visible=False, elem_id="session-reveal"
            )
            self.save = gr.Button("Save", variant="primary", visible=False, elem_id="session-save")

    def build_floor(self) -> None:
        """Build an input for each field of any model; those of the session's model show."""
        specs = [model.spec for model in self.service.catalogue.loaded.values()]
        named = {field.name: field for spec in specs for field in spec.fields}
        self.fields: dict[str, Any] = {}
        for name, field in named.items():
            self.fields[name] = component_for(field)
            self.fields[name].elem_id = f"floor-{name}"
            self.fields[name].visible = False
        self.floor_message = gr.HTML(elem_classes="message")
        self.add = gr.Button("Ask the model", variant="primary", elem_id="session-add")

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.column, self.code, self.token, self.case_id, self.head, self.body]
        parts += [self.answer, self.reasons, self.first, self.verdict, self.right, self.comment]
        parts += [self.message, self.back, self.skip, self.reveal, self.save, self.retry]
        return [*parts, self.floor, self.floor_message, *self.fields.values()]


Updates = dict[Any, Any]


def answering(method: Callable[..., Updates]) -> Callable[..., Updates]:
    """Turn an error that is safe to show into a message; what could not be saved is tried again."""

    @wraps(method)
    def answer(panel: "SeatPanel", *values: Any) -> Updates:
        try:
            return method(panel, *("" if value is None else value for value in values))
        except (StoreUnavailable, StoreFull) as error:
            return {
                panel.message: waiting_html(error.message),
                panel.retry: gr.update(active=isinstance(error, StoreUnavailable)),
            }
        except SessionClosed as error:
            return {panel.message: closed_html(error.message), panel.retry: gr.update(active=False)}
        except UserError as error:
            return {panel.message: error_html(error.message), panel.retry: gr.update(active=False)}

    return answer


class SeatPanel(SeatParts):
    """A seat, and what each event changes in it."""

    def __init__(self, service: SessionService) -> None:
        super().__init__(service)
        self.connect()

    def connect(self) -> None:
        """Say which event calls what."""
        place = [self.code, self.token, self.case_id]
        said = [*place, self.first, self.verdict, self.right, self.comment]
        for button, act in (
            (self.reveal, self.revealed),
            (self.save, self.saved),
            (self.back, self.gone_back),
            (self.skip, self.skipped),
        ):
            button.click(act, said, self.outputs, trigger_mode="once", **UNCHECKED)
        self.retry.tick(self.retried, said, self.outputs, trigger_mode="once", **UNCHECKED)
        self.add.click(
            self.added,
            [*place, *self.fields.values()],
            self.outputs,
            trigger_mode="once",
            **UNCHECKED,
        )

    def opened(self, code: str, token: str) -> Updates:
        """Return what the seat shows when its reviewer comes, or comes back."""
        participant = self.service.participant(code, token)
        own = participant.model.spec.field_names
        fields = {part: gr.update(visible=name in own) for name, part in self.fields.items()}
        case_view = self.service.next_view(participant)
        return self.shown(participant, token, case_view) | fields

    def shown(self, participant: Participant, token: str, case_view: CaseView | None) -> Updates:
        """Return the updates for a case, or for none left."""
        progress = case_view or self.service.progress(participant)
        floor = participant.session.plan.open_floor and not participant.session.closed_at
        body = (
            case_html(participant, case_view)
            if case_view
            else all_judged_html(participant, progress.total)
        )
        return self.controls(participant, case_view) | {
            self.column: gr.update(visible=True),
            self.code: participant.session.code,
            self.token: token,
            self.case_id: str(case_view.case.id) if case_view else "",
            self.head: head_html(participant, token, case_view, progress),
            self.body: body,
            self.answer: case_answer_html(participant, case_view) if case_view else "",
            self.reasons: case_reasons_html(participant, case_view) if case_view else "",
            self.back: gr.update(interactive=not case_view or case_view.place > 1),
            self.skip: gr.update(visible=bool(case_view)),
            self.retry: gr.update(active=False),
            self.floor: gr.update(visible=floor, open=not case_view),
            self.floor_message: "",
        }

    def controls(self, participant: Participant, case_view: CaseView | None) -> Updates:
        """Return the updates of what a reviewer answers with."""
        classes = participant.model.spec.classes
        waits = case_view is not None and case_view.answer is None
        judges = case_view is not None and case_view.answer is not None
        verdict_input = (
            case_view.verdict.verdict_input if case_view and case_view.verdict else VerdictInput()
        )
        predicted = case_view.answer.prediction.label if case_view and case_view.answer else ""
        others = [label for label in classes if label != predicted]
        first = [*((label, label) for label in classes), ("Can't tell", CANNOT_TELL)]
        is_open = not participant.session.closed_at
        return {
            self.first: gr.update(choices=first, value=None, visible=waits and is_open),
            self.verdict: gr.update(
                value=verdict_input.verdict, visible=judges, interactive=is_open
            ),
            self.right: gr.update(
                choices=[(label, label) for label in others],
                value=verdict_input.label if verdict_input.verdict == "disagree" else None,
                # The page shows it after "disagree" alone.
                visible=judges and len(others) > 1,
                interactive=is_open,
            ),
            self.comment: gr.update(
                value=verdict_input.comment, visible=judges, interactive=is_open
            ),
            self.reveal: gr.update(visible=waits and is_open),
            self.save: gr.update(visible=judges and is_open),
            self.message: "",
        }

    @answering
    def revealed(self, code: str, token: str, case: str, first: str | None, *_: Any) -> Updates:
        """Keep the reviewer's own label, and show the model's answer."""
        participant = self.service.participant(code, token)
        if not first:
            return {self.message: error_html("Choose a label of your own first.")}
        self.service.judge(participant, case_number(case), VerdictInput(blind_label=first))
        return self.shown(
            participant, token, self.service.case_view(participant, case_number(case))
        )

    @answering
    def saved(
        self,
        code: str,
        token: str,
        case: str,
        _: Any,
        verdict: str | None,
        right: str | None,
        comment: str,
    ) -> Updates:
        """Keep the verdict, and show the next case."""
        participant = self.service.participant(code, token)
        if not verdict:
            return {self.message: error_html("Say whether the model is right, or skip the case.")}
        label = right if verdict == "disagree" else None
        self.service.judge(
            participant,
            case_number(case),
            VerdictInput(verdict, label or None, None, comment or ""),
        )
        return self.shown(
            participant, token, self.service.next_view(participant, case_number(case))
        )

    def retried(self, *said: Any) -> Updates:
        """Send again what could not be saved."""
        verdict = said[4]
        return self.saved(*said) if verdict else self.revealed(*said)

    @answering
    def gone_back(self, code: str, token: str, case: str, *_: Any) -> Updates:
        """Show the case before this one."""
        participant = self.service.participant(code, token)
        case_view = self.service.view_before(participant, case_number(case) if case else None)
        return self.shown(participant, token, case_view) if case_view else {self.message: gr.skip()}

    @answering
    def skipped(self, code: str, token: str, case: str, *_: Any) -> Updates:
        """Show the next case that is not judged; this one comes again at the end."""
        participant = self.service.participant(code, token)
        return self.shown(
            participant, token, self.service.next_view(participant, case_number(case))
        )

    def added(self, code: str, token: str, case: str, *values: Any) -> Updates:
        """Make a case of an input of the reviewer's own, and show it."""
        try:
            participant = self.service.participant(code or "", token or "")
            pairs = zip(self.fields, values, strict=True)
            own = participant.model.spec.field_names
            made = self.service.try_case(
                participant, {name: value for name, value in pairs if name in own}
            )
            return self.shown(participant, token, self.service.case_view(participant, made.id))
        except UserError as error:
            return {self.floor_message: error_html(error.message)}
