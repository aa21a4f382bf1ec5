"""The door of a review session: a code to type, a name to give."""

from html import escape
from typing import Any

import gradio as gr

from demo.desk import ReviewDesk
from demo.links import review_query
from demo.reviews import Review
from demo.ui.answer import error_html
from demo.ui.review_seat import SeatPanel, Updates
from demo.ui.subject_panel import UNCHECKED
from models.errors import UserError


class DoorPanel:
    """Where a reviewer comes in; the seat is shown in the place of the lobby."""

    def __init__(self, desk: ReviewDesk, seat: SeatPanel, lobby: gr.Column) -> None:
        self.desk, self.seat, self.lobby = desk, seat, lobby
        with gr.Column(elem_classes="review-door"):
            self.head = gr.HTML()
            with gr.Row(elem_classes="one-line"):
                self.code = gr.Textbox(
                    label="Code of the session",
                    placeholder="k7qm-3fhn-x2pd-9wts",
                    elem_id="review-code",
                )
                self.name = gr.Textbox(
                    label="Your name", placeholder="as the others know you", elem_id="review-name"
                )
                self.enter = gr.Button("Join", variant="primary", elem_id="review-join")
            self.message = gr.HTML(elem_classes="message")
        typed = [self.code, self.name]
        for event in (self.enter.click, self.name.submit, self.code.submit):
            event(self.joined, typed, self.outputs, trigger_mode="once", **UNCHECKED)

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        return [self.lobby, self.head, self.code, self.name, self.message, *self.seat.outputs]

    def opened(self, code: str, account: str | None) -> Updates:
        """Return what somebody sees who follows a session's link; who is signed in goes straight in."""
        review = self.desk.review(code)
        if account and not review.closed_at:
            return self.let_in(review.code, account, account)
        closed = f"This session was closed on {review.closed_at[:10]}." if review.closed_at else ""
        optional = " (optional)" if review.plan.anonymous else ""
        return {
            self.head: invitation_html(review),
            self.code: gr.update(value=review.code, visible=False),
            self.name: gr.update(label=f"Your name{optional}", visible=not closed),
            self.enter: gr.update(visible=not closed),
            self.message: error_html(closed),
        }

    def joined(self, code: str, name: str) -> Updates:
        """Let a reviewer in under a name, or say why not."""
        if not code:
            return {self.message: error_html("Type the code of the session, or follow its link.")}
        try:
            return self.let_in(code, name or "", None)
        except UserError as error:
            return {self.message: error_html(error.message)}

    def let_in(self, code: str, name: str, account: str | None) -> Updates:
        """Give a reviewer a seat, and show it in the lobby's place."""
        seat, token = self.desk.join(code, name, account)
        return {self.lobby: gr.update(visible=False)} | self.seat.opened(seat.review.code, token)


def invitation_html(review: Review) -> str:
    """Return what a session is about, for somebody who has not joined yet."""
    plan = review.plan
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in (plan.purpose, plan.question) if text)
    how = (
        "You give your own label to each case before the model's answer is shown."
        if plan.blind
        else "You see each case with the model's answer, and say whether it is right."
    )
    return (
        f'<header class="review-head" data-query="{escape(review_query(review.code))}" '
        f'data-door="{escape(review.code)}">'
        f"<h2>{escape(plan.title)}</h2>{paragraphs}<p>{how}</p></header>"
    )
