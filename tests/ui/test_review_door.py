"""Who comes into a session without giving a name."""

import asyncio
import gc
import warnings

import gradio as gr
from sessions import open_session
from storing import store_of

from demo.sessions.service import ReviewDesk
from demo.settings import Settings
from demo.store.limits import limits_of
from demo.ui.sessions.tab import ReviewTab


def tab_of(desk: ReviewDesk) -> ReviewTab:
    with warnings.catch_warnings():
        # Gradio leaves the event loops open that it makes beside its locks, the last one in use.
        warnings.simplefilter("ignore", ResourceWarning)
        with gr.Blocks():
            tab = ReviewTab(desk)
        asyncio.set_event_loop(None)
        gc.collect()
    return tab


def test_who_is_signed_in_goes_straight_in_and_comes_back_as_the_same(desk: ReviewDesk) -> None:
    review, _ = open_session(desk, "iris", [], [])
    tab = tab_of(desk)

    for _ in range(2):
        shown = tab.door.opened(review.code, "anna@example.org")
        assert shown[tab.seat.column]["visible"]

    assert [one.name for one in desk.store.reviewers(review)] == ["anna@example.org"]


def test_who_comes_to_a_session_that_is_full_reads_so(desk: ReviewDesk) -> None:
    review, _ = open_session(desk, "iris", [], ["Anna"])
    store_of(desk).limits = limits_of(Settings(max_reviewers=1))
    tab = tab_of(desk)
    shown = tab.door.joined(review.code, "Ben")

    assert "This session has 1 reviewers and takes no more" in shown[tab.door.message]
    assert len(desk.store.reviewers(review)) == 1
