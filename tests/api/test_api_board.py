"""The routes of a session's board, its end and its report, asked rightly."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reviewing import RECORDS, TEXTS, checked, join, open_session, service_of

from demo.sessions.errors import StoreUnavailable
from demo.sessions.model import Session
from demo.sessions.service import SessionService
from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]


def test_the_board_tells_the_facilitator_how_far_everyone_is(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS[:2])
    anna, ben = join(session), join(session, "<i>Ben</i>")
    case = anna.next_id()
    anna.judge(case, verdict="agree")
    ben.judge(case, verdict="disagree", comment="<script>alert(1)</script>")

    board = checked(session.ask("get"))

    assert (board["code"], board["title"]) == (session.code, "Do we trust it?")
    assert (board["n_cases"], board["n_verdicts"], board["closed_at"]) == (2, 2, None)
    told = [(each["name"], each["done"], each["total"]) for each in board["reviewers"]]
    assert told == [("Anna", 1, 2), ("<i>Ben</i>", 1, 2)]
    assert (board["figures"]["overall"]["right"], board["figures"]["overall"]["total"]) == (1, 2)
    assert board["disputed"][0]["record"]["text"] == TEXTS[0]
    (comment,) = board["comments"]
    assert (comment["number"], comment["text"]) == (1, "<script>alert(1)</script>")
    assert session.token not in str(board)
    assert "hash" not in str(board)


def test_closing_freezes_a_session(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS)
    anna = join(session)
    case = anna.next_id()
    anna.judge(case, verdict="agree")

    closed = checked(session.close(decision="approve_with_conditions"))

    assert closed["signature"] == {
        "decision": "approve_with_conditions",
        "reasons": "It is right.",
        "signed_by": ["Anna", "Ben"],
    }
    assert closed["closed_at"] == service_of(client).session(session.code).closed_at
    late: list[Any] = [
        anna.judge(case, verdict="disagree"),
        anna.ask("post", "/cases", {"record": {"text": "One more"}}),
        client.post(f"/api/sessions/{session.code}/reviewers", json={"name": "Late"}),
        session.close(),
    ]
    for response in late:
        assert response.status_code == 409
        assert response.json()["error"]["code"] == "session_closed"
    assert [row.verdict_input.verdict for row in anna.rows()] == ["agree"]
    assert anna.next()["case"]["id"] != case


@pytest.mark.parametrize(
    ("kind", "media_type", "start"),
    [
        ("html", "text/html; charset=utf-8", "<!"),
        ("json", "application/json", "{"),
        ("csv", "text/csv; charset=utf-8", "session,"),
    ],
)
def test_a_closed_session_has_a_report_for_those_who_took_part(
    client: "TestClient", kind: str, media_type: str, start: str
) -> None:
    session = open_session(client, cases=RECORDS)
    anna = join(session)
    anna.judge(anna.next_id(), verdict="disagree", comment="<script>alert(1)</script>")
    assert session.ask("get", f"/report?format={kind}").json()["error"]["code"] == "session_open"
    checked(session.close())

    mine, theirs = (each.ask("get", f"/report?format={kind}") for each in (session, anna))

    assert mine.status_code == 200
    assert mine.content == theirs.content
    assert mine.text.lstrip().startswith(start)
    assert mine.headers["content-type"] == media_type
    assert mine.headers.get_list("content-security-policy") == [
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        "frame-ancestors 'self' https://huggingface.co",
    ]
    assert mine.headers["x-content-type-options"] == "nosniff"
    assert f'filename="session-{session.code}.{kind}"' in mine.headers["content-disposition"]
    if kind == "html":
        assert "<script" not in mine.text


def test_closing_stores_the_report_at_once(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS)

    checked(session.close())

    service = service_of(client)
    stored = service.store.sessions.report(service.session(session.code), "html")
    assert stored
    assert session.ask("get", "/report").text == stored


def test_a_report_that_could_not_be_stored_at_closing_is_made_later(client: "TestClient") -> None:
    def fail(service: SessionService, closed: Session) -> None:
        raise StoreUnavailable("Not saved yet: send it again.")

    session, service = open_session(client, cases=RECORDS), service_of(client)
    service.freeze, freeze = fail, service.freeze
    try:
        answer = session.close()
    finally:
        service.freeze = freeze

    error = checked(answer, 503)["error"]
    assert error["code"] == "not_saved"
    assert error["message"].startswith("The session is closed and its decision is saved, but")
    assert service.session(session.code).signature
    assert session.close().json()["error"]["code"] == "session_closed"
    assert checked(session.ask("get", "/report?format=json"))["unexplained"] == ""


def test_a_report_is_a_page_unless_another_format_is_asked_for(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS)
    checked(session.close())

    assert session.ask("get", "/report").text == session.ask("get", "/report?format=html").text


def retrained(catalogue: ModelCatalogue) -> ModelCatalogue:
    """Return a catalogue on which the model of reviews is another version."""
    other = replace(
        catalogue["reviews"], metadata=catalogue["reviews"].metadata | {"sha256": "0" * 64}
    )
    return ModelCatalogue(catalogue.specs, catalogue.loaded | {"reviews": other}, {})


def test_a_session_outlasts_the_version_of_its_model(
    asking: Asking, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/reviews.db"
    with asking(catalogue, url) as before:
        session = open_session(before, cases=RECORDS)
        anna = join(session)
        case = anna.next_id()
        anna.judge(case, verdict="agree")

    with asking(retrained(catalogue), url) as after:
        session, anna = replace(session, client=after), replace(anna, client=after)
        refused: list[Any] = [
            anna.ask("get", "/cases/next"),
            anna.judge(case, verdict="disagree"),
            after.post(f"/api/sessions/{session.code}/reviewers", json={"name": "Ben"}),
        ]
        for response in refused:
            assert response.status_code == 409
            assert response.json()["error"]["code"] == "other_model"
        assert checked(session.ask("get"))["n_verdicts"] == 1
        assert checked(session.close())["closed_at"]
        assert anna.ask("get", "/report?format=csv").status_code == 200
