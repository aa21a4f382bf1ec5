"""The tab of review sessions: the door, a reviewer's seat, and the facilitator's board."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from demo.desk import ReviewDesk
from demo.links import REVIEWS_TAB
from demo.review_errors import NotAllowed, UnknownReview
from demo.ui.answer import error_html
from demo.ui.page_address import base_of
from demo.ui.review_board import BoardPanel
from demo.ui.review_door import DoorPanel
from demo.ui.review_form import FormPanel
from demo.ui.review_seat import SeatPanel, Updates
from models.errors import UserError

INTRODUCTION = f"""
<div data-query="?tab={REVIEWS_TAB}"><p>A group judges a model together: everyone gets the same cases, says where it is right and
wrong, and at the end there is a signed report.</p></div>
"""


class ReviewTab:
    """The parts of the tab; a link decides which of them shows."""

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        self.seat = SeatPanel(desk)
        self.board = BoardPanel(desk)
        with gr.Column() as self.lobby:
            self.introduction = gr.HTML(INTRODUCTION)
            self.door = DoorPanel(desk, self.seat, self.lobby)
            self.form = FormPanel(desk, self.board, self.lobby)

    @property
    def outputs(self) -> list[Any]:
        """Every component that a link may change."""
        parts = [self.introduction, self.form.column, self.door.enter]
        return [*parts, *self.door.outputs, *self.board.outputs]

    def opened(self, request: gr.Request) -> Updates:
        """Return what the page shows for its address; nothing for one that names no session."""
        query: Mapping[str, str] = dict(request.query_params)
        code = query.get("review", "")
        if not code:
            return {self.introduction: gr.skip()}
        alone = {
            self.introduction: gr.update(visible=False),
            self.form.column: gr.update(visible=False),
        }
        inside = {self.lobby: gr.update(visible=False)}
        try:
            if token := query.get("facilitator"):
                return inside | self.board.opened(code, token, base_of(request, self.desk.address))
            if token := query.get("as"):
                return inside | self.seat.opened(code, token)
            return alone | self.door.opened(code, request.username)
        except UserError as error:
            return alone | self.refused(code, error)

    def refused(self, code: str, error: UserError) -> Updates:
        """Return why a link does not lead in; who has a seat no more can still come in by the door."""
        message = {self.door.message: error_html(error.message)}
        if isinstance(error, UnknownReview):
            shown = gr.update(visible=True)
            return {self.introduction: shown, self.form.column: shown} | message
        return self.door.opened(code, None) | message if isinstance(error, NotAllowed) else message
