"""The routes of review sessions, asked wrongly: always a 4xx of one shape, which tells no secret."""

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusing import JSON, PLAIN, refused
from reviewing import RECORDS, SIGNATURE, Caller, bearer, join, open_session

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NO_CODE = "2222-2222-2222-2222"
PLACES = ("", "/reviewers", "/cases", "/cases/next", "/cases/{case}", "/cases/{case}/verdict")

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


@pytest.mark.parametrize(
    "code", [NO_CODE, "2222", "plums", "%00", "%C3%BC", "x" * 500, "<b>", "%20"]
)
def test_a_code_that_no_session_has_is_refused(refusal: Refusal, code: str) -> None:
    token = "any"
    for method, place, body in (
        ("post", "/reviewers", {"name": "Anna"}),
        ("get", "/cases/next", b""),
        ("put", "/cases/1/verdict", {"verdict": "agree"}),
        ("get", "", b""),
        ("post", "/close", SIGNATURE),
        ("get", "/report", b""),
    ):
        error = refusal(404, method, f"/{code}{place}", body, token)
        assert error["code"] == "unknown_session"


def test_a_code_with_a_typing_error_opens_nothing(refusal: Refusal, session: Caller) -> None:
    code = session.code[:-1] + ("2" if session.code[-1] != "2" else "3")

    assert refusal(404, "post", f"/{code}/reviewers", {"name": "A"})["code"] == "unknown_session"


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": ""}, {"authorization": "Bearer "}, {"authorization": "Basic abc"}],
    ids=str,
)
def test_a_request_without_a_token_is_asked_for_one(
    client: "TestClient", session: Caller, case: int, headers: dict[str, str]
) -> None:
    for method, place in (
        ("get", ""),
        ("get", "/cases/next"),
        ("get", f"/cases/{case}"),
        ("put", f"/cases/{case}/verdict"),
        ("post", "/cases"),
        ("post", "/close"),
        ("get", "/report"),
    ):
        url = f"/api/sessions/{session.code}{place}"
        response = client.request(method, url, headers=headers)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.json()["error"]["code"] == "no_token"


def test_a_reviewers_token_is_not_the_facilitators(
    refusal: Refusal, session: Caller, anna: Caller
) -> None:
    swapped = "".join(reversed(anna.token))
    for token in (anna.token, swapped, anna.token[:-1], session.token[:-1], "x" * 5_000):
        assert refusal(403, "get", f"/{session.code}", b"", token)["code"] == "not_allowed"
        assert refusal(403, "post", f"/{session.code}/close", SIGNATURE, token)


def test_the_facilitators_token_is_no_reviewers(
    refusal: Refusal, session: Caller, case: int
) -> None:
    for method, place, body in (
        ("get", "/cases/next", b""),
        ("put", f"/cases/{case}/verdict", {"verdict": "agree"}),
        ("post", "/cases", {"record": {"text": "Fine"}}),
    ):
        error = refusal(403, method, f"/{session.code}{place}", body, session.token)
        assert error["code"] == "not_allowed"


def test_the_tokens_of_another_session_open_nothing(
    client: "TestClient", refusal: Refusal, session: Caller
) -> None:
    other = open_session(client, cases=RECORDS)
    stranger = join(other)

    for token in (other.token, stranger.token):
        refusal(403, "get", f"/{session.code}", b"", token)
        refusal(403, "get", f"/{session.code}/cases/next", b"", token)
        refusal(403, "get", f"/{session.code}/report", b"", token)


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff\xfe", b"[" * 200_000, b"9" * 5_000])
def test_what_is_no_json_is_refused(
    refusal: Refusal, session: Caller, anna: Caller, case: int, body: bytes
) -> None:
    for method, place, token in (
        ("post", "", ""),
        ("post", f"/{session.code}/reviewers", ""),
        ("post", f"/{session.code}/cases", anna.token),
        ("put", f"/{session.code}/cases/{case}/verdict", anna.token),
        ("post", f"/{session.code}/close", session.token),
    ):
        assert refusal(400, method, place, body, token)["code"] == "not_json"
        assert refusal(415, method, place, body, token, PLAIN)["code"] == "wrong_content_type"


@pytest.mark.parametrize("body", [None, 7, "text", [], [1], True])
def test_a_body_that_is_no_object_is_refused(
    refusal: Refusal, session: Caller, anna: Caller, case: int, body: Any
) -> None:
    for method, place, token in (
        ("post", f"/{session.code}/reviewers", ""),
        ("post", f"/{session.code}/cases", anna.token),
        ("put", f"/{session.code}/cases/{case}/verdict", anna.token),
        ("post", f"/{session.code}/close", session.token),
    ):
        refusal(422, method, place, body, token)


@pytest.mark.parametrize("place", ["", *(f"/code{place}" for place in PLACES), "/code/report"])
def test_a_wrong_method_is_refused(refusal: Refusal, place: str) -> None:
    for method in ("delete", "patch", "options"):
        assert refusal(405, method, place.replace("{case}", "1"))["code"] == "wrong_method"


@pytest.mark.parametrize("place", ["/", "/a/b", "/a/cases/1/verdict/x", "/a/report/x", "/a/"])
def test_an_unknown_path_is_refused(refusal: Refusal, place: str) -> None:
    assert refusal(404, "get", place)["code"] == "unknown_path"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
WORDS = st.sampled_from(["agree", "disagree", "cannot_tell", "negative", "positive", "approve"])


def bodies(*names: str) -> st.SearchStrategy[Any]:
    """Return bodies with any of these fields, and others."""
    values = JSON_VALUES | WORDS
    return st.dictionaries(st.sampled_from(names) | st.text(max_size=4), values) | JSON_VALUES


@pytest.fixture(scope="module")
def fuzzed(client: "TestClient") -> Caller:
    return open_session(client, blind=True, cases=RECORDS)


@pytest.fixture(scope="module")
def reviewer(fuzzed: Caller) -> Caller:
    return join(fuzzed)


@given(
    opening=bodies("title", "model", "blind", "order", "cases", "verdicts_per_case", "purpose"),
    joining=bodies("name"),
    adding=bodies("record"),
    judging=bodies("verdict", "label", "blind_label", "comment"),
    closing=bodies("decision", "reasons", "signed_by"),
)
def test_no_json_at_all_breaks_a_route(
    fuzzed: Caller,
    reviewer: Caller,
    opening: Any,
    joining: Any,
    adding: Any,
    judging: Any,
    closing: Any,
) -> None:
    url = f"/api/sessions/{fuzzed.code}"
    for method, path, body, token in (
        ("post", "/api/sessions", opening, ""),
        ("post", f"{url}/reviewers", joining, ""),
        ("post", f"{url}/cases", adding, reviewer.token),
        ("put", f"{url}/cases/{reviewer.next_id()}/verdict", judging, reviewer.token),
        ("post", f"{url}/close", closing, fuzzed.token),
    ):
        content, headers = json.dumps(body).encode(), JSON | bearer(token)
        response = fuzzed.client.request(method, path, content=content, headers=headers)
        assert response.status_code in (200, 201, 404, 422), response.text
        assert response.json()
