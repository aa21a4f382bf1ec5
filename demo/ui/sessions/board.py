"""The facilitator's board: who is there, what was said, and the end of the session."""

from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.render.figures import board_html, session_head_html
from demo.render.session import waiting_html
from demo.sessions.board import board
from demo.sessions.errors import InvalidSession, StoreUnavailable
from demo.sessions.model import Session, check_signature
from demo.sessions.service import SessionService
from demo.ui.events import ONCE, Updates, Values
from demo.ui.sessions.page_address import base_of
from models.errors import UserError

LIVE_S = 1.5
CHOICES = [
    ("Approve", "approve"),
    ("Approve with conditions", "approve_with_conditions"),
    ("Reject", "reject"),
]


class BoardPanel:
    """The components of the board, and what each event changes in it; it follows the verdicts as they come in."""

    def __init__(self, service: SessionService) -> None:
        self.service = service
        with gr.Column(visible=False, elem_classes="session-board") as self.column:
            # What the page holds: which session, whose token, and what the shown figures are of.
            self.code, self.token, self.stamp = (gr.Textbox(visible=False) for _ in range(3))
            self.head = gr.HTML()
            self.message = gr.HTML(elem_classes="message")
            self.figures = gr.HTML(elem_id="session-figures")
            with gr.Accordion("Close the session", open=False) as self.closing:
                self.build_closing()
        self.timer = gr.Timer(LIVE_S, active=False)
        self.timer.tick(self.refresh, [self.code, self.token, self.stamp], self.outputs, **ONCE)
        signed: set[Any] = {self.code, self.token, self.decision, self.reasons, self.signers}
        self.close_button.click(self.close_session, signed, self.outputs, **ONCE)

    def build_closing(self) -> None:
        gr.HTML("<p>No verdict is taken any more after this, and the report is made.</p>")
        self.decision = gr.Radio(CHOICES, label="Decision", elem_id="session-decision")
        self.reasons = gr.Textbox(
            label="Reasons, and conditions if there are any", lines=3, elem_id="session-reasons"
        )
        self.signers = gr.Textbox(
            label="Signed by (names, separated by commas)", elem_id="session-signers"
        )
        self.close_message = gr.HTML(elem_classes="message", elem_id="session-close-message")
        self.close_button = gr.Button("Close and sign", variant="primary", elem_id="session-close")

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.column, self.code, self.token, self.stamp, self.head, self.message]
        return [*parts, self.figures, self.closing, self.close_message, self.timer]

    def open_board(self, code: str, token: str, base: str) -> Updates:
        """Return the board of a session to its facilitator; raise NotAllowed for anybody else."""
        return self.show(self.service.session_for_facilitator(code, token), token, base)

    def show(self, session: Session, token: str, base: str) -> Updates:
        ends = not (session.closed_at or session.standing)
        return {
            self.column: gr.update(visible=True),
            self.code: session.code,
            self.token: token,
            self.stamp: self.stamp_of(session),
            self.head: session_head_html(session, token, base),
            self.message: "",
            self.figures: board_html(board(self.service, session).describe()),
            self.closing: gr.update(visible=ends),
            self.timer: gr.update(active=not session.closed_at),
        }

    def stamp_of(self, session: Session) -> str:
        """Return what changes with everything that the board shows."""
        return f"{self.service.queries.counts(session)} {session.closed_at}"

    def refresh(self, code: str, token: str, stamp: str, request: gr.Request) -> Updates:
        """Return the board anew if something was said, or that the database does not answer."""
        try:
            session = self.service.session_for_facilitator(code or "", token)
            if self.stamp_of(session) == stamp:
                return {self.message: ""}
            return self.show(session, token, base_of(request, self.service.address))
        except StoreUnavailable as error:
            return {self.message: waiting_html(error.message)}
        except UserError as error:
            return {self.message: error_html(error.message), self.timer: gr.update(active=False)}

    def close_session(self, values: Values, request: gr.Request) -> Updates:
        """Close the session under a signature, and show how it ended."""
        code, token, decision = (values[part] for part in (self.code, self.token, self.decision))
        names = (values[self.signers] or "").replace("\n", ",").split(",")
        try:
            if not decision:
                raise InvalidSession(
                    f"Choose a decision: {', '.join(title for title, _ in CHOICES)}."
                )
            signature = check_signature(decision, values[self.reasons] or "", names)
            session = self.service.close(
                self.service.session_for_facilitator(code or "", token), signature
            )
            return self.show(session, token, base_of(request, self.service.address))
        except UserError as error:
            return {self.close_message: error_html(error.message)}
