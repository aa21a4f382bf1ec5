"""The tab of review sessions: joining one or opening one, a reviewer's seat, the facilitator's board."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.render.links import SESSIONS_TAB
from demo.render.session import invitation_html
from demo.sessions.errors import NotAllowed, UnknownSession
from demo.sessions.service import SessionService
from demo.ui.events import ONCE, Updates
from demo.ui.sessions.board import BoardPanel
from demo.ui.sessions.form import FormPanel
from demo.ui.sessions.page_address import base_of
from demo.ui.sessions.seat import SeatPanel
from models.errors import UserError

INTRODUCTION = f"""
<div data-query="?tab={SESSIONS_TAB}"><p>A group judges a model together: everyone gets the same cases, says where it is right and
wrong, and at the end there is a signed report.</p></div>
"""


class SessionsTab:
    """The parts of the tab; a link decides which of them shows."""

    def __init__(self, service: SessionService) -> None:
        self.service = service
        self.seat = SeatPanel(service)
        self.board = BoardPanel(service)
        with gr.Column() as self.entry:
            self.introduction = gr.HTML(INTRODUCTION)
            self.join = JoinPanel(service, self.seat, self.entry)
            self.form = FormPanel(service, self.board, self.entry)

    @property
    def outputs(self) -> list[Any]:
        """Every component that a link may change."""
        parts = [self.introduction, self.form.column, self.join.button]
        return parts + self.join.outputs + self.board.outputs

    def open_link(self, request: gr.Request) -> Updates:
        """Return what the page shows for its address; nothing for one that names no session."""
        query: Mapping[str, str] = dict(request.query_params)
        code = query.get("session", "")
        if not code:
            return {self.introduction: gr.skip()}
        alone = {
            self.introduction: gr.update(visible=False),
            self.form.column: gr.update(visible=False),
        }
        inside = {self.entry: gr.update(visible=False)}
        try:
            if token := query.get("facilitator"):
                base = base_of(request, self.service.address)
                return inside | self.board.open_board(code, token, base)
            if token := query.get("as"):
                return inside | self.seat.open_seat(code, token)
            return alone | self.join.invite(code, request.username)
        except UserError as error:
            return alone | self.refuse(code, error)

    def refuse(self, code: str, error: UserError) -> Updates:
        """Return why a link does not lead in; who has lost a seat can still join."""
        message = {self.join.message: error_html(error.message)}
        if isinstance(error, UnknownSession):
            shown = gr.update(visible=True)
            return {self.introduction: shown, self.form.column: shown} | message
        return self.join.invite(code, None) | message if isinstance(error, NotAllowed) else message


class JoinPanel:
    """Where a reviewer joins a session; the seat is then shown in its place."""

    def __init__(self, service: SessionService, seat: SeatPanel, entry: gr.Column) -> None:
        self.service, self.seat, self.entry = service, seat, entry
        with gr.Column(elem_classes="join-form"):
            self.head = gr.HTML()
            with gr.Row(elem_classes="one-line"):
                self.code = gr.Textbox(
                    label="Code of the session",
                    placeholder="k7qm-3fhn-x2pd-9wts",
                    elem_id="session-code",
                )
                self.name = gr.Textbox(
                    label="Your name", placeholder="as the others know you", elem_id="session-name"
                )
                self.button = gr.Button("Join", variant="primary", elem_id="session-join")
            self.message = gr.HTML(elem_classes="message")
        for event in (self.button.click, self.name.submit, self.code.submit):
            event(self.join_session, [self.code, self.name], self.outputs, **ONCE)

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        return [self.entry, self.head, self.code, self.name, self.message, *self.seat.outputs]

    def invite(self, code: str, account: str | None) -> Updates:
        """Return what somebody sees who follows a session's link; who is signed in goes straight in."""
        session = self.service.session(code)
        if account and not session.closed_at:
            return self.let_in(session.code, account, account)
        closed = (
            f"This session was closed on {session.closed_at[:10]}." if session.closed_at else ""
        )
        optional = " (optional)" if session.plan.anonymous else ""
        return {
            self.head: invitation_html(session),
            self.code: gr.update(value=session.code, visible=False),
            self.name: gr.update(label=f"Your name{optional}", visible=not closed),
            self.button: gr.update(visible=not closed),
            self.message: error_html(closed),
        }

    def join_session(self, code: str, name: str) -> Updates:
        """Let a reviewer in under a name, or say why not."""
        if not code:
            return {self.message: error_html("Type the code of the session, or follow its link.")}
        try:
            return self.let_in(code, name or "", None)
        except UserError as error:
            return {self.message: error_html(error.message)}

    def let_in(self, code: str, name: str, account: str | None) -> Updates:
        """Give a reviewer a seat, and show it in the place of this panel."""
        participant, token = self.service.join(code, name, account)
        seat = self.seat.open_seat(participant.session.code, token)
        return seat | {self.entry: gr.update(visible=False)}
