"""Who comes into a session without giving a name."""

import gc
import warnings

import gradio as gr
from sessions import open_session

from demo.desk import ReviewDesk
from demo.ui.review_tab import ReviewTab


def test_who_is_signed_in_goes_straight_in_and_comes_back_as_the_same(desk: ReviewDesk) -> None:
    review, _ = open_session(desk, "iris", [], [])
    with warnings.catch_warnings():
        # Gradio leaves the event loops open that it makes beside its locks.
        warnings.simplefilter("ignore", ResourceWarning)
        with gr.Blocks():
            tab = ReviewTab(desk)
        gc.collect()

    for _ in range(2):
        shown = tab.door.opened(review.code, "anna@example.org")
        assert shown[tab.seat.column]["visible"]

    assert [one.name for one in desk.store.reviewers(review)] == ["anna@example.org"]
