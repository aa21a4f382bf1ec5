"""Blind sessions over REST: a reviewer says first what they think themselves."""

from typing import TYPE_CHECKING

from reviewing import RECORDS, checked, join, open_session

from models.predict import predict_one
from models.registry import LoadedModel

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_nothing_of_the_answer_is_shown_before_a_first_label(client: "TestClient") -> None:
    reviewer = join(open_session(client, blind=True, cases=RECORDS))
    case = reviewer.next()["case"]
    added = checked(reviewer.ask("post", "/cases", {"record": {"text": "Fine"}}), 201)["case"]

    for seen in (case, added, checked(reviewer.ask("get", f"/cases/{case['id']}"))["case"]):
        assert set(seen) == {"id", "record"}


def test_a_first_label_alone_reveals_the_answer(client: "TestClient", reviews: LoadedModel) -> None:
    reviewer = join(open_session(client, blind=True, cases=RECORDS))
    case = reviewer.next_id()

    answer = checked(reviewer.judge(case, blind_label="negative"))

    assert (answer["verdict"], answer["blind_label"]) == (None, "negative")
    assert answer["prediction"]["label"] == predict_one(reviews, RECORDS[0]).label
    assert answer["explanation"]["contributions"]
    assert reviewer.next()["case"]["prediction"] == answer["prediction"]
    assert (reviewer.next_id(), reviewer.next()["done"]) == (case, 0)
    (row,) = reviewer.rows()
    assert (row.verdict_input.verdict, row.verdict_input.blind_label) == (None, "negative")


def test_that_no_label_fits_is_an_answer_before_and_after(client: "TestClient") -> None:
    session = open_session(client, blind=True, cases=RECORDS)
    reviewer = join(session)
    case = reviewer.next_id()
    reviewer.judge(case, blind_label="none_of_these")

    answer = checked(reviewer.judge(case, verdict="disagree", label="none_of_these"))

    assert (answer["blind_label"], answer["label"]) == ("none_of_these", "none_of_these")
    figures = checked(session.ask("get", ""))["figures"]
    assert figures["classes"] == ["negative", "positive"]
    assert figures["labels"] == ["negative", "positive", "none_of_these"]
    assert figures["confusion"] == [[0, 0], [0, 0], [0, 1]]
    assert (figures["overall"]["right"], figures["overall"]["total"]) == (0, 1)


def test_a_verdict_follows_and_keeps_the_first_label(client: "TestClient") -> None:
    reviewer = join(open_session(client, blind=True, cases=RECORDS))
    case = reviewer.next_id()
    reviewer.judge(case, blind_label="cannot_tell")

    answer = checked(reviewer.judge(case, verdict="agree"))

    assert (answer["blind_label"], answer["label"]) == ("cannot_tell", "positive")
    assert "prediction" not in answer
    assert reviewer.next()["done"] == 1


def test_a_first_label_cannot_be_changed_once_the_answer_is_seen(client: "TestClient") -> None:
    reviewer = join(open_session(client, blind=True, cases=RECORDS))
    case = reviewer.next_id()
    before = checked(reviewer.judge(case, blind_label="negative"))

    assert reviewer.judge(case, blind_label="positive").status_code == 422
    assert reviewer.judge(case, verdict="agree", blind_label="positive").status_code == 422

    (row,) = reviewer.rows()
    assert (row.verdict_input.blind_label, row.changed_at) == ("negative", before["changed_at"])


def test_a_first_label_sent_again_changes_nothing(client: "TestClient") -> None:
    reviewer = join(open_session(client, blind=True, cases=RECORDS))
    case = reviewer.next_id()
    said = {"verdict": "disagree", "blind_label": "negative", "comment": "No."}
    answers = [checked(reviewer.judge(case, **said)) for _ in range(2)]

    again = checked(reviewer.judge(case, blind_label="negative"))

    assert answers[0] == answers[1] == again
    assert [row.verdict_input.verdict for row in reviewer.rows()] == ["disagree"]


def test_a_refused_verdict_does_not_tell_the_answer_before_the_first_label_is_in(
    client: "TestClient",
) -> None:
    reviewer = join(open_session(client, blind=True, cases=RECORDS))
    case = reviewer.next_id()

    alone = reviewer.judge(case, verdict="agree", label="negative")
    assert (alone.status_code, reviewer.rows()) == (422, [])
    assert alone.json()["error"]["field"] == "blind_label"

    both = reviewer.judge(case, verdict="agree", label="negative", blind_label="negative")
    assert both.status_code == 422
    (row,) = reviewer.rows()
    assert (row.verdict_input.blind_label, row.verdict_input.verdict) == ("negative", None)
