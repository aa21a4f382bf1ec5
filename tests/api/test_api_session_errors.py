"""Sessions, names and decisions that break a rule: refused in words, and not stored."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from refusing import refused
from reviewing import RECORDS, SIGNATURE, Caller, open_session, service_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TITLED = {"title": "A title", "model": "reviews"}

Refusal = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def session(client: "TestClient") -> Caller:
    return open_session(client, cases=RECORDS)


@pytest.fixture(scope="module")
def refusal(client: "TestClient") -> Refusal:
    return partial(refused, client)


BAD_PLAN: dict[str, list[Any]] = {
    "title": ["", "  ", "\x00", None, 5, [], "x" * 201],
    "model": [None, 5, [], {}, True],
    "blind": [None, "yes", 1, []],
    "open_floor": [None, "no", 0],
    "anonymous": [None, "no", 0],
    "order": [None, "random", 5, ["shared"], {}],
    "verdicts_per_case": [0, -1, 1.5, "3", True, 1_001, []],
    "purpose": [5, False, [], {}, "x" * 4_001],
    "question": [0, ["x"]],
    "cases": [5, "text", {}, True, [{"text": "x"}] * 5_001],
}
BAD_SIGNATURE: dict[str, list[Any]] = {
    "decision": [None, "maybe", "", 5, ["approve"]],
    "reasons": [None, "", "  ", 5, [], "x" * 4_001],
    "signed_by": [None, "Anna", [], [""], [5], [f"x{n}" for n in range(51)], {"a": 1}, ["x" * 81]],
}


def changes(bad: dict[str, list[Any]]) -> list[tuple[dict[str, Any], str]]:
    return [({field: value}, field) for field, values in bad.items() for value in values]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        *changes(BAD_PLAN),
        ({"open_floor": False}, "cases"),
        ({"open_floor": False, "cases": []}, "cases"),
        ({"tilte": "x"}, "'tilte'"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_session_that_breaks_a_rule_is_refused(
    refusal: Refusal, change: dict[str, Any], field: str
) -> None:
    error = refusal(422, "post", "", TITLED | change)

    assert (error["code"], error["field"]) == ("invalid_session", field)


@pytest.mark.parametrize("body", [None, 7, "text", [], [TITLED], {}, {"model": "iris"}])
def test_a_session_without_a_title_is_refused(refusal: Refusal, body: Any) -> None:
    assert refusal(422, "post", "", body)["field"] == "title"


def test_a_session_on_an_unknown_model_is_refused(refusal: Refusal) -> None:
    for name in ("plums", "", "\ud800", "../iris"):
        assert refusal(404, "post", "", TITLED | {"model": name})["code"] == "unknown_model"


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (None, "cases[2]"),
        ("text", "cases[2]"),
        ({}, "cases[2].text"),
        ({"text": ""}, "cases[2].text"),
        ({"text": "a\x00b"}, "cases[2].text"),
        ({"text": 5}, "cases[2].text"),
        ({"text": "x" * 20_001}, "cases[2].text"),
        ({"text": "x", "movie": 5}, "cases[2].movie"),
        ({"text": "x", "txet": 5}, "cases[2].txet"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_case_is_named_by_its_place(refusal: Refusal, bad: Any, field: str) -> None:
    error = refusal(422, "post", "", TITLED | {"cases": [*RECORDS[:2], bad]})

    assert (error["code"], error["field"]) == ("invalid_record", field)


def test_a_list_over_twenty_megabytes_is_refused(refusal: Refusal) -> None:
    error = refusal(413, "post", "", b" " * 20_000_001)

    assert "20 MB" in error["message"]


@pytest.mark.parametrize("name", [None, 5, [], {}, "", " \n ", "\x00\u202e", "x" * 81])
def test_a_name_that_cannot_be_one_is_refused(refusal: Refusal, session: Caller, name: Any) -> None:
    error = refusal(422, "post", f"/{session.code}/reviewers", {"name": name})

    assert (error["code"], error["field"]) == ("invalid_session", "name")


@pytest.mark.parametrize(
    ("change", "field"),
    [*changes(BAD_SIGNATURE), ({"signed": ["Anna"]}, "'signed'")],
    ids=lambda value: str(value)[:40],
)
def test_a_decision_that_is_not_whole_closes_nothing(
    refusal: Refusal, session: Caller, change: dict[str, Any], field: str
) -> None:
    error = refusal(422, "post", f"/{session.code}/close", SIGNATURE | change, session.token)

    assert error["field"] == field
    assert session.ask("get").json()["closed_at"] is None


@pytest.mark.parametrize("kind", ["pdf", "", "HTML", "html,json", "../etc", "<b>"])
def test_a_report_in_another_format_is_refused(
    refusal: Refusal, session: Caller, kind: str
) -> None:
    error = refusal(422, "get", f"/{session.code}/report?format={kind}", b"", session.token)

    assert error["field"] == "format"


def test_open_feedback_is_never_closed(refusal: Refusal, client: "TestClient") -> None:
    service = service_of(client)
    token = service.new_facilitator(service.session("open-feedback-tweets"))

    error = refusal(403, "post", "/open-feedback-tweets/close", SIGNATURE, token)

    assert "never closed" in error["message"]
    assert refusal(409, "get", "/open-feedback-tweets/report", b"", token)["code"] == "session_open"
