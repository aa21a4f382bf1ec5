"""The facilitator's board: who is there, what was said, and the end of the session."""

from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.render.figures import board_html, office_html
from demo.render.session import waiting_html
from demo.sessions.board import board
from demo.sessions.errors import InvalidSession, StoreUnavailable
from demo.sessions.model import Session, check_signature
from demo.sessions.service import SessionService
from demo.ui.sessions.page_address import base_of
from demo.ui.sessions.seat import Updates
from demo.ui.subject_panel import UNCHECKED
from models.errors import UserError

LIVE_S = 1.5
CHOICES = [
    ("Approve", "approve"),
    ("Approve with conditions", "approve_with_conditions"),
    ("Reject", "reject"),
]


class BoardPanel:
    """The components of the board; what it shows comes anew as verdicts come in."""

    def __init__(self, service: SessionService) -> None:
        self.service = service
        with gr.Column(visible=False, elem_classes="session-board") as self.column:
            # What the page holds: which session, whose token, and what the shown figures are of.
            self.code, self.token, self.stamp = (gr.Textbox(visible=False) for _ in range(3))
            self.office = gr.HTML()
            self.message = gr.HTML(elem_classes="message")
            self.figures = gr.HTML(elem_id="session-figures")
            with gr.Accordion("Close the session", open=False) as self.closing:
                self.build_closing()
        self.live = gr.Timer(LIVE_S, active=False)
        held = [self.code, self.token, self.stamp]
        self.live.tick(self.refreshed, held, self.outputs, trigger_mode="once", **UNCHECKED)
        signed = [*held, self.decision, self.reasons, self.signers]
        self.close.click(self.closed, signed, self.outputs, trigger_mode="once", **UNCHECKED)

    def build_closing(self) -> None:
        """Build what a session is closed with."""
        gr.HTML("<p>No verdict is taken any more after this, and the report is made.</p>")
        self.decision = gr.Radio(CHOICES, label="Decision", elem_id="session-decision")
        self.reasons = gr.Textbox(
            label="Reasons, and conditions if there are any", lines=3, elem_id="session-reasons"
        )
        self.signers = gr.Textbox(
            label="Signed by (names, separated by commas)", elem_id="session-signers"
        )
        self.close_message = gr.HTML(elem_classes="message", elem_id="session-close-message")
        self.close = gr.Button("Close and sign", variant="primary", elem_id="session-close")

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.column, self.code, self.token, self.stamp, self.office, self.message]
        return [*parts, self.figures, self.closing, self.close_message, self.live]

    def opened(self, code: str, token: str, base: str) -> Updates:
        """Return the board of a session to its facilitator; raise NotAllowed for anybody else."""
        return self.shown(self.service.facilitated(code, token), token, base)

    def shown(self, session: Session, token: str, base: str) -> Updates:
        """Return the board of a session as it is now."""
        ends = not (session.closed_at or session.standing)
        return self.counted(session) | {
            self.column: gr.update(visible=True),
            self.code: session.code,
            self.token: token,
            self.office: office_html(session, token, base),
            self.closing: gr.update(visible=ends),
            self.live: gr.update(active=not session.closed_at),
        }

    def counted(self, session: Session) -> Updates:
        """Return the figures as they are now."""
        stamp = self.stamp_of(session)
        return {
            self.stamp: stamp,
            self.figures: board_html(board(self.service, session)),
            self.message: "",
        }

    def stamp_of(self, session: Session) -> str:
        """Return what changes with everything that the board shows."""
        return f"{self.service.queries.counts(session)} {session.closed_at}"

    def refreshed(self, code: str, token: str, stamp: str, request: gr.Request) -> Updates:
        """Return the board anew if something was said, or that the database does not answer."""
        try:
            session = self.service.facilitated(code or "", token)
            if self.stamp_of(session) == stamp:
                return {self.message: ""}
            return self.shown(session, token, base_of(request, self.service.address))
        except StoreUnavailable as error:
            return {self.message: waiting_html(error.message)}
        except UserError as error:
            return {self.message: error_html(error.message), self.live: gr.update(active=False)}

    def closed(
        self,
        code: str,
        token: str,
        _: str,
        decision: str | None,
        reasons: str,
        signers: str,
        request: gr.Request,
    ) -> Updates:
        """Close the session under a signature, and show how it ended."""
        try:
            names = [name for name in (signers or "").replace("\n", ",").split(",") if name.strip()]
            if not decision:
                raise InvalidSession(
                    f"Choose a decision: {', '.join(title for title, _ in CHOICES)}."
                )
            signature = check_signature(decision, reasons or "", names)
            session = self.service.close(self.service.facilitated(code or "", token), signature)
            return self.shown(session, token, base_of(request, self.service.address))
        except UserError as error:
            return {self.close_message: error_html(error.message)}
