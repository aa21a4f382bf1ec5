"""What seat, board and entry of a session show, without a browser."""

import asyncio
import gc
import sys
import warnings
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from sessions import FLOWERS, SIGNATURE, open_session
from storing import record_of, store_of

from demo.challenger import ChallengerTrainer
from demo.sessions.board import board
from demo.sessions.case_view import Participant
from demo.sessions.model import Plan, Session, VerdictInput
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


Held = dict[Any, Any]


def held_by(
    service: SessionService, tab: SessionsTab, *, blind: bool
) -> tuple[Session, Held, Participant]:
    """Return an iris session of two cases, and what the page of its reviewer holds."""
    flowers = [(flower, None) for flower in FLOWERS[:2]]
    session, _ = open_session(service, "iris", flowers, [], blind=blind, open_floor=False)
    participant, token = service.join(session.code, "Anna")
    shown = tab.seat.open_seat(session.code, token)
    parts = (tab.seat.code, tab.seat.token, tab.seat.case_id, tab.seat.wanted)
    held = {part: shown[part] for part in parts}
    return session, held | dict.fromkeys(tab.seat.controls.inputs), participant


@pytest.mark.parametrize(
    ("first", "preset"), [("virginica", "virginica"), ("setosa", None), ("cannot_tell", None)]
)
def test_a_label_that_was_given_first_is_not_asked_for_again(
    service: SessionService, first: str, preset: str | None
) -> None:
    tab = tab_of(service)
    _, held, _ = held_by(service, tab, blind=True)
    controls = tab.seat.controls
    shown = tab.seat.answer_to(tab.seat.reveal_answer, held | {controls.first: first})

    # The model says setosa.
    assert shown[controls.right]["value"] == preset


def test_a_reviewer_learns_how_far_they_agreed_only_at_the_end(service: SessionService) -> None:
    tab = tab_of(service)
    seat = tab.seat
    _, held, _ = held_by(service, tab, blind=False)
    agree = {seat.controls.verdict: "agree"}
    first = seat.answer_to(seat.save_verdict, held | agree, said="Saved")
    held |= {seat.case_id: first[seat.case_id]}
    disagree = {seat.controls.verdict: "disagree", seat.controls.right: "setosa"}
    last = seat.answer_to(seat.save_verdict, held | disagree, said="Saved")

    assert "You agreed" not in first[seat.body]
    assert 'data-said="Saved"' in first[seat.head]
    assert "You agreed with the model in <strong>1 of 2 cases" in last[seat.body]
    assert "you can change a verdict" in last[seat.body]
    assert "other reviewers" not in last[seat.body]

    opened = seat.answer_to(seat.look, held | {seat.wanted: first[seat.case_id]})
    assert opened[seat.controls.verdict]["value"] == "disagree"
    assert opened[seat.controls.verdict]["interactive"]


def test_a_closed_session_offers_no_change_and_says_what_was_not_saved(
    service: SessionService,
) -> None:
    tab = tab_of(service)
    seat = tab.seat
    session, held, _ = held_by(service, tab, blind=True)
    service.close(session, SIGNATURE)
    late = seat.answer_to(seat.reveal_answer, held | {seat.controls.first: "setosa"})
    end = seat.open_seat(session.code, held[seat.token])

    assert "this last answer of yours was not saved" in late[seat.controls.message]
    assert "answer stays hidden here" in late[seat.answer]
    assert not late[seat.controls.reveal_button]["visible"]
    assert "The session is closed: you judged none of its cases." in end[seat.body]
    assert "change a verdict" not in end[seat.body]
    assert not end[seat.controls.skip_button]["visible"]


def test_closing_asks_once_more_with_what_will_happen(service: SessionService) -> None:
    tab = tab_of(service)
    panel = tab.board
    session, token = service.open_session(Plan("May it?", "iris"))
    service.join(session.code, "Anna")
    signed = {panel.code: session.code, panel.token: token, panel.decision: "reject"}
    signed |= {panel.reasons: "Too often wrong.", panel.signers: "Anna, Ben"}

    missing = panel.ask_once_more(signed | {panel.signers: ""})
    asked = panel.ask_once_more(signed)

    assert "Nobody has signed" in missing[panel.close_message]
    assert asked[panel.confirming]["visible"]
    question = asked[panel.question]
    assert "Rejected" in question
    assert "Signed by Anna, Ben." in question
    assert "made of 0 verdicts" in question
    assert service.session(session.code).closed_at is None


def test_a_challenger_is_trained_from_the_board_once_something_is_corrected(
    service: SessionService, tmp_path: Path
) -> None:
    marks = "import pathlib, sys; pathlib.Path(sys.argv[5], 'seen').write_text(sys.argv[1])"
    service.trainer = ChallengerTrainer(lambda: tmp_path, (sys.executable, "-c", marks))
    tab = tab_of(service)
    panel = tab.board.challenger
    session, token = service.open_session(Plan("May it?", "iris"), [(FLOWERS[0], None)])
    participant, _ = service.join(session.code, "Anna")
    held = {panel.code: session.code, panel.token: token}
    before = panel.show(board(service, session))
    refused = panel.answer_to(panel.start, held)

    service.judge(
        participant, service.queue(participant)[0][0], VerdictInput("disagree", "virginica")
    )
    after = panel.show(board(service, session))
    started = panel.answer_to(panel.start, held)
    process = service.trainer.process
    assert process is not None
    process.wait(30)

    assert (before[panel.panel]["visible"], after[panel.panel]["visible"]) == (False, True)
    assert "nothing to learn from yet" in refused[panel.message]
    assert started[panel.message] == ""
    assert (tmp_path / session.code / "seen").read_text() == "iris"
    assert "virginica,setosa,1" in (tmp_path / session.code / "corrections.csv").read_text()
    stranger = panel.answer_to(panel.start, held | {panel.token: "guessed"})
    assert "not the facilitator" in stranger[panel.message]
