"""Cases and verdicts that break a rule: refused in words, and not stored."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from refusing import refused
from reviewing import RECORDS, Caller, join, open_session

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Refusal = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def session(client: "TestClient") -> Caller:
    return open_session(client, cases=RECORDS)


@pytest.fixture(scope="module")
def anna(session: Caller) -> Caller:
    return join(session)


@pytest.fixture(scope="module")
def case(anna: Caller) -> int:
    return anna.next_id()


@pytest.fixture(scope="module")
def refusal(client: "TestClient") -> Refusal:
    return partial(refused, client)


def test_a_case_of_another_session_is_refused(
    client: "TestClient", refusal: Refusal, anna: Caller
) -> None:
    other = join(open_session(client, cases=RECORDS))
    case = other.next_id()

    for method, place, body in (
        ("get", "", b""),
        ("put", "/verdict", {"verdict": "agree"}),
    ):
        error = refusal(404, method, f"/{anna.code}/cases/{case}{place}", body, anna.token)
        assert error["code"] == "unknown_case"
    assert other.rows() == []


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "2147483648", "9" * 5_000, "%00", "²"])
def test_what_is_no_case_is_refused(refusal: Refusal, anna: Caller, number: str) -> None:
    url = f"/{anna.code}/cases/{number}"
    assert refusal(404, "get", url, b"", anna.token)["code"] == "unknown_case"
    assert refusal(404, "put", f"{url}/verdict", {"verdict": "agree"}, anna.token)


def test_a_place_to_go_on_from_must_be_a_number(refusal: Refusal, anna: Caller) -> None:
    error = refusal(404, "get", f"/{anna.code}/cases/next?after=first", b"", anna.token)

    assert error["code"] == "unknown_case"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "verdict"),
        ({"verdict": None}, "verdict"),
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": "AGREE"}, "verdict"),
        ({"verdict": ["agree"]}, "verdict"),
        ({"verdict": {}}, "verdict"),
        ({"verdict": 1}, "verdict"),
        ({"verdict": True}, "verdict"),
        ({"verdict": "agree", "label": "plum"}, "label"),
        ({"verdict": "agree", "label": "negative"}, "label"),
        ({"verdict": "disagree", "label": "positive"}, "label"),
        ({"verdict": "disagree", "label": ["negative"]}, "label"),
        ({"verdict": "disagree", "label": "\ud800"}, "label"),
        ({"verdict": "cannot_tell", "label": "positive"}, "label"),
        ({"verdict": "agree", "blind_label": "positive"}, "blind_label"),
        ({"blind_label": "positive"}, "blind_label"),
        ({"verdict": "agree", "comment": 5}, "comment"),
        ({"verdict": "agree", "comment": ["x"]}, "comment"),
        ({"verdict": "agree", "comment": "x" * 4_001}, "comment"),
        ({"verdict": "agree", "coment": "x"}, "'coment'"),
    ],
    ids=str,
)
def test_a_verdict_that_breaks_a_rule_is_refused_and_not_stored(
    refusal: Refusal, anna: Caller, case: int, said: Any, field: str
) -> None:
    error = refusal(422, "put", f"/{anna.code}/cases/{case}/verdict", said, anna.token)

    assert error["field"] == field
    assert anna.rows() == []


@pytest.mark.parametrize("label", ["plum", "", 7, ["negative"], "cannot tell"])
def test_a_first_label_is_one_of_the_classes(
    client: "TestClient", refusal: Refusal, label: Any
) -> None:
    ben = join(open_session(client, blind=True, cases=RECORDS), "Ben")
    url = f"/{ben.code}/cases/{ben.next_id()}/verdict"

    error = refusal(422, "put", url, {"blind_label": label}, ben.token)

    assert error["field"] == "blind_label"
    assert "negative, positive, none_of_these, cannot_tell" in error["message"]
    assert ben.rows() == []


def test_a_comment_of_a_megabyte_is_refused(refusal: Refusal, anna: Caller, case: int) -> None:
    url = f"/{anna.code}/cases/{case}/verdict"
    body = {"verdict": "agree", "comment": "x" * 1_000_000}

    assert refusal(413, "put", url, body, anna.token)["code"] == "too_large"
    body["comment"] = "x" * 900_000
    assert "900,000" in refusal(422, "put", url, body, anna.token)["message"]
    assert anna.rows() == []


@pytest.mark.parametrize("record", [None, 5, "text", {}, {"text": ""}, {"text": "a\x1bb"}])
def test_an_input_that_cannot_be_read_is_refused(
    refusal: Refusal, anna: Caller, record: Any
) -> None:
    url = f"/{anna.code}/cases"

    assert refusal(422, "post", url, {"record": record}, anna.token)["code"] == "invalid_record"
    assert refusal(422, "post", url, {"text": "x"}, anna.token)["field"] == "record"


def test_a_fixed_list_takes_no_inputs_of_a_reviewers_own(
    client: "TestClient", refusal: Refusal
) -> None:
    ben = join(open_session(client, open_floor=False, cases=RECORDS))

    error = refusal(403, "post", f"/{ben.code}/cases", {"record": {"text": "x"}}, ben.token)

    assert error["code"] == "not_allowed"
