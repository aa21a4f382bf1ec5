"""The facilitator's board: who is there, what was said, and the end of the session."""

from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.render.figures import board_html, session_head_html
from demo.render.session import closing_html, ended_html, waiting_html
from demo.sessions.board import board
from demo.sessions.errors import InvalidSession, StoreUnavailable
from demo.sessions.model import Session, Signature, check_signature
from demo.sessions.service import SessionService
from demo.ui.events import ONCE, Updates, Values
from demo.ui.sessions.challenger import ChallengerPanel
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
            self.challenger = ChallengerPanel(service, self.code, self.token)
            with gr.Accordion("Close the session", open=False) as self.closing:
                self.build_closing()
            self.ended = gr.HTML()
        self.timer = gr.Timer(LIVE_S, active=False)
        self.connect()

    def build_closing(self) -> None:
        """Build what is signed, and the question that comes before the end."""
        with gr.Column() as self.signing:
            self.decision = gr.Radio(CHOICES, label="Decision", elem_id="session-decision")
            self.reasons = gr.Textbox(
                label="Reasons, and conditions if there are any",
                lines=3,
                elem_id="session-reasons",
            )
            self.signers = gr.Textbox(
                label="Signed by (names, separated by commas)", elem_id="session-signers"
            )
            self.close_button = gr.Button("Close and sign…", elem_id="session-close")
        with gr.Column(visible=False) as self.confirming:
            self.question = gr.HTML()
            with gr.Row(elem_classes="actions"):
                self.keep_button = gr.Button("Not yet", elem_id="session-not-yet")
                self.end_button = gr.Button(
                    "Close for good", variant="primary", elem_id="session-close-for-good"
                )
        self.close_message = gr.HTML(elem_classes="message", elem_id="session-close-message")

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.column, self.code, self.token, self.stamp, self.head, self.message]
        parts += [self.figures, self.closing, self.signing, self.confirming, self.question]
        parts += [self.close_message, self.ended, self.timer]
        return parts + self.challenger.outputs

    def connect(self) -> None:
        """Say which event calls what."""
        held: set[Any] = {self.code, self.token}
        signed = held | {self.decision, self.reasons, self.signers}
        self.timer.tick(self.refresh, held | {self.stamp}, self.outputs, **ONCE)
        self.close_button.click(self.ask_once_more, signed, self.outputs, **ONCE)
        self.end_button.click(self.close_session, signed, self.outputs, **ONCE)
        self.keep_button.click(
            lambda: [gr.update(visible=True), gr.update(visible=False)],
            None,
            [self.signing, self.confirming],
            **ONCE,
        )

    def open_board(self, code: str, token: str, base: str) -> Updates:
        """Return the board of a session to its facilitator; raise NotAllowed for anybody else."""
        return self.show(self.service.session_for_facilitator(code, token), token, base)

    def show(self, session: Session, token: str, base: str) -> Updates:
        ends = not (session.closed_at or session.standing)
        seen = board(self.service, session)
        return self.challenger.show(seen) | {
            self.column: gr.update(visible=True),
            self.code: session.code,
            self.token: token,
            self.stamp: self.stamp_of(session),
            self.head: session_head_html(session, token, base),
            self.message: "",
            self.figures: board_html(seen.describe()),
            self.closing: gr.update(visible=ends),
            self.timer: gr.update(active=not session.closed_at),
        }

    def stamp_of(self, session: Session) -> str:
        """Return what changes with everything that the board shows."""
        return f"{self.service.queries.counts(session)} {session.closed_at}"

    def session_of(self, values: Values) -> Session:
        """Return the session that the page holds; raise NotAllowed if it is not the facilitator's."""
        return self.service.session_for_facilitator(values[self.code] or "", values[self.token])

    def refresh(self, values: Values, request: gr.Request) -> Updates:
        """Return the board anew if something was said, or that the database does not answer."""
        try:
            session = self.session_of(values)
            if self.stamp_of(session) == values[self.stamp]:
                return {self.message: ""}
            return self.show(session, values[self.token], base_of(request, self.service.address))
        except StoreUnavailable as error:
            return {self.message: waiting_html(error.message)}
        except UserError as error:
            return {self.message: error_html(error.message), self.timer: gr.update(active=False)}

    def ask_once_more(self, values: Values) -> Updates:
        """Show what will happen, and ask; or say what is missing."""
        try:
            signature = self.read_signature(values)
            seen = board(self.service, self.session_of(values))
        except UserError as error:
            return {self.close_message: error_html(error.message)}
        return {
            self.signing: gr.update(visible=False),
            self.confirming: gr.update(visible=True),
            self.question: closing_html(signature, seen),
            self.close_message: "",
        }

    def close_session(self, values: Values, request: gr.Request) -> Updates:
        """Close the session under a signature, and show where that was asked for how it ended."""
        token = values[self.token]
        try:
            signature = self.read_signature(values)
            session = self.service.close(self.session_of(values), signature)
            shown = self.show(session, token, base_of(request, self.service.address))
        except UserError as error:
            return {self.close_message: error_html(error.message)}
        return shown | {self.ended: ended_html(session, token)}

    def read_signature(self, values: Values) -> Signature:
        """Return what is signed; raise InvalidSession if a part is missing."""
        decision = values[self.decision]
        if not decision:
            raise InvalidSession(f"Choose a decision: {', '.join(title for title, _ in CHOICES)}.")
        names = (values[self.signers] or "").replace("\n", ",").split(",")
        return check_signature(decision, values[self.reasons] or "", names)
