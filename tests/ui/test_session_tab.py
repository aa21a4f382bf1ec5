"""Who comes into a session without giving a name, and when a seat stops trying again."""

import asyncio
import gc
import warnings

import gradio as gr
from sessions import open_session
from storing import record_of, store_of

from demo.sessions.service import SessionService
from demo.settings import Settings
from demo.store.limits import limits_of
from demo.ui.sessions.tab import SessionsTab


def tab_of(service: SessionService) -> SessionsTab:
    with warnings.catch_warnings():
        # Gradio leaves the event loops open that it makes beside its locks, the last one in use.
        warnings.simplefilter("ignore", ResourceWarning)
        with gr.Blocks():
            tab = SessionsTab(service)
        asyncio.set_event_loop(None)
        gc.collect()
    return tab


def test_who_is_signed_in_goes_straight_in_and_comes_back_as_the_same(
    service: SessionService,
) -> None:
    session, _ = open_session(service, "iris", [], [])
    tab = tab_of(service)

    for _ in range(2):
        shown = tab.join.invite(session.code, "anna@example.org")
        assert shown[tab.seat.column]["visible"]

    assert [one.name for one in service.store.sessions.reviewers(session)] == ["anna@example.org"]


def test_who_comes_to_a_session_that_is_full_reads_so(service: SessionService) -> None:
    session, _ = open_session(service, "iris", [], ["Anna"])
    store_of(service).sessions.limits = limits_of(Settings(max_reviewers=1))
    tab = tab_of(service)
    shown = tab.join.join_session(session.code, "Ben")

    assert "This session has 1 reviewers and takes no more" in shown[tab.join.message]
    assert len(service.store.sessions.reviewers(session)) == 1


def test_a_seat_with_nothing_to_send_does_not_try_again(service: SessionService) -> None:
    session, _ = open_session(service, "iris", [], [])
    seat = tab_of(service).seat
    _, token = service.join(session.code, "Anna")
    held = {seat.code: session.code, seat.token: token, seat.case_id: ""}

    shown = seat.answer_to(seat.retry, held | dict.fromkeys(seat.controls.inputs))

    assert "Choose a label of your own first." in shown[seat.controls.message]
    assert shown[seat.retry_timer]["active"] is False


def test_an_input_of_ones_own_becomes_the_case_or_says_why_not(service: SessionService) -> None:
    session, _ = open_session(service, "iris", [], [])
    seat = tab_of(service).seat
    participant, token = service.join(session.code, "Anna")
    held = {seat.code: session.code, seat.token: token, seat.case_id: ""}
    flower = {seat.fields[name]: value for name, value in record_of(0).items()}
    rest = dict.fromkeys(seat.fields.values())

    shown = seat.try_own_input(held | rest | flower)
    refused = seat.try_own_input(held | rest)

    case = service.case_view(participant, int(shown[seat.case_id])).case
    assert case.record == record_of(0)
    assert list(refused) == [seat.own_message]
    assert "Sepal length" in refused[seat.own_message]
