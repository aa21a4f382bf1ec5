"""The routes that hand out cases and take verdicts: what they answer, and what is in the store then."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest
from anyio.to_thread import current_default_thread_limiter
from reviewing import RECORDS, TEXTS, checked, join, open_session

from models.explain.answers import predict_explained
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]


def test_a_case_comes_with_prediction_and_explanation(
    client: "TestClient", reviews: LoadedModel
) -> None:
    reviewer = join(open_session(client, cases=RECORDS))

    answer = reviewer.next()

    case = answer["case"]
    expected = predict_explained(reviews, case["record"], with_flip=True)
    prediction, explanation = expected.prediction, expected.explanation
    assert case["record"]["text"] == TEXTS[0]
    assert case["prediction"]["label"] == prediction.label
    assert case["prediction"]["probabilities"] == pytest.approx(prediction.probabilities)
    assert case["explanation"]["contributions"] == explanation.describe()["contributions"]
    assert "verdict" not in case
    assert (answer["done"], answer["total"]) == (0, len(RECORDS))


def test_what_is_skipped_comes_again_at_the_end(client: "TestClient") -> None:
    reviewer = join(open_session(client, cases=RECORDS[:3]))
    first = reviewer.next_id()

    second = reviewer.next(after=first)["case"]["id"]
    third = reviewer.next(after=second)["case"]["id"]

    assert len({first, second, third}) == 3
    assert reviewer.next(after=third)["case"]["id"] == first


def test_a_session_goes_from_its_first_case_to_none_left(
    client: "TestClient", reviews: LoadedModel
) -> None:
    reviewer = join(open_session(client, cases=RECORDS))

    for done, text in enumerate(TEXTS):
        answer = reviewer.next()
        assert (answer["done"], answer["case"]["record"]["text"]) == (done, text)
        row = checked(reviewer.judge(answer["case"]["id"], verdict="disagree", comment="No."))
        predicted = predict_one(reviews, {"text": text})
        others = {label for label in reviews.spec.classes if label != predicted.label}
        assert {row["label"]} == others

    assert reviewer.next() == {"case": None, "done": len(TEXTS), "total": len(TEXTS)}
    assert [row.verdict_input.verdict for row in reviewer.rows()] == ["disagree"] * len(TEXTS)


def test_the_answer_to_a_verdict_is_the_stored_row(
    client: "TestClient", reviews: LoadedModel
) -> None:
    reviewer = join(open_session(client, cases=RECORDS))
    case = reviewer.next_id()

    answer = checked(reviewer.judge(case, verdict="cannot_tell", comment=" It depends.\x00 "))

    (row,) = reviewer.rows()
    predicted = predict_one(reviews, RECORDS[0])
    assert answer == {
        "case": case,
        "reviewer": reviewer.id,
        "verdict": "cannot_tell",
        "label": None,
        "blind_label": None,
        "comment": "It depends.",
        "model_sha256": reviews.metadata["sha256"],
        "record": {"text": TEXTS[0], "movie": ""},
        "predicted": predicted.label,
        "probabilities": pytest.approx(predicted.probabilities),
        "latency_ms": row.answered.latency_ms,
        "created_at": row.created_at,
        "changed_at": row.created_at,
    }
    assert (row.case_id, row.verdict_input.verdict, row.verdict_input.comment) == (
        case,
        "cannot_tell",
        "It depends.",
    )
    assert row.answered.record == answer["record"]


def test_the_same_request_again_changes_nothing(client: "TestClient") -> None:
    reviewer = join(open_session(client, cases=RECORDS))
    case = reviewer.next_id()

    answers = [reviewer.judge(case, verdict="agree", comment="Yes.").json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    (row,) = reviewer.rows()
    assert (row.created_at, row.changed_at) == (answers[0]["created_at"], answers[0]["changed_at"])


def test_one_verdict_sent_many_times_at_once_makes_one_row(client: "TestClient") -> None:
    reviewer = join(open_session(client, cases=RECORDS))
    case = reviewer.next_id()

    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(reviewer.judge, case, verdict="agree") for _ in range(24)]
        answers = [checked(each.result()) for each in sent]

    assert len(reviewer.rows()) == 1
    assert all(answer == answers[0] for answer in answers)


def test_another_verdict_takes_the_place_of_the_first(client: "TestClient") -> None:
    reviewer = join(open_session(client, cases=RECORDS))
    case = reviewer.next_id()
    first = checked(reviewer.judge(case, verdict="agree", comment="Yes."))

    second = checked(reviewer.judge(case, verdict="disagree"))

    (row,) = reviewer.rows()
    assert (row.verdict_input.verdict, row.verdict_input.comment) == ("disagree", "")
    assert second["created_at"] == first["created_at"] == row.created_at
    assert second["changed_at"] == row.changed_at >= first["changed_at"]
    seen = checked(reviewer.ask("get", f"/cases/{case}"))["case"]
    assert seen["verdict"]["verdict"] == "disagree"


def test_null_is_as_good_as_left_out(client: "TestClient") -> None:
    reviewer = join(open_session(client, cases=RECORDS))
    said = {"verdict": "agree", "label": None, "blind_label": None, "comment": None}

    assert checked(reviewer.judge(reviewer.next_id(), **said))["comment"] == ""


def test_an_input_of_a_reviewers_own_is_a_case_for_them_alone(client: "TestClient") -> None:
    session = open_session(client)
    anna, ben = join(session), join(session, "Ben")

    case = anna.add("My own words")

    assert anna.next()["case"]["record"]["text"] == "My own words"
    assert anna.add("My own words") == case
    assert ben.next() == {"case": None, "done": 0, "total": 0}
    assert ben.ask("get", f"/cases/{case}").status_code == 404
    assert ben.judge(case, verdict="agree").status_code == 404
    assert checked(anna.judge(case, verdict="agree"))["case"] == case


def test_a_case_with_as_many_verdicts_as_it_needs_is_handed_out_no_more(
    client: "TestClient",
) -> None:
    session = open_session(client, verdicts_per_case=1, cases=RECORDS[:2])
    anna, ben = join(session), join(session, "Ben")

    case = anna.next_id()
    anna.judge(case, verdict="agree")

    assert ben.next()["total"] == 1
    assert ben.next_id() != case


def test_predictions_do_not_wait_for_the_database(
    asking: Asking, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    path, n_reviewers = tmp_path / "reviews.db", 45

    async def all_wait() -> None:
        with anyio.fail_after(30):
            while not current_default_thread_limiter().statistics().tasks_waiting:
                await anyio.sleep(0.01)

    with asking(catalogue, f"sqlite:///{path}") as client:
        session = open_session(client, cases=RECORDS)
        reviewers = [join(session) for _ in range(n_reviewers)]
        case = reviewers[0].next_id()
        with ThreadPoolExecutor(n_reviewers) as threads, closing(sqlite3.connect(path)) as other:
            other.isolation_level = None
            other.execute("BEGIN IMMEDIATE")
            judging = [threads.submit(each.judge, case, verdict="agree") for each in reviewers]
            assert client.portal
            client.portal.call(all_wait)
            asked = {"records": [{"text": "Fine"}] * 20}
            predicted = client.post("/api/models/reviews/predict", json=asked)
            assert not any(each.done() for each in judging)
            other.execute("ROLLBACK")
            for each in judging:
                checked(each.result())

        assert len(predicted.json()["predictions"]) == 20
        assert all(len(reviewer.rows()) == 1 for reviewer in reviewers)
