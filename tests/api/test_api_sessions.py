"""The routes that open a review session and let people in, asked rightly."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from reviewing import RECORDS, bearer, checked, join, open_session, service_of

from demo.sessions.codes import token_hash
from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from conftest import Asking
    from starlette.testclient import TestClient


def test_a_session_is_opened_with_links_for_its_reviewers_and_its_facilitator(
    client: "TestClient",
) -> None:
    asked = {"title": " A  title ", "model": "iris", "purpose": "Sorting", "blind": True}

    answer = checked(client.post("/api/sessions", json=asked), 201)

    code, token = answer["code"], answer["facilitator_token"]
    assert answer["reviewer_url"] == f"http://testserver/?session={code}"
    assert answer["facilitator_url"] == f"http://testserver/?session={code}&facilitator={token}"
    session = service_of(client).session(code)
    assert (session.plan.title, session.plan.blind, session.plan.order) == (
        "A title",
        True,
        "shared",
    )
    assert session.facilitator_hash == token_hash(token)
    assert token not in repr(session)


def test_links_lead_to_where_a_proxy_serves_the_app(
    asking: "Asking", catalogue: ModelCatalogue
) -> None:
    headers = {"Host": "example.org", "X-Forwarded-Host": "evil.example"}

    with asking(catalogue, root_path="/models/") as client:
        asked = {"title": "A", "model": "iris"}
        opened = client.post("/api/sessions", json=asked, headers=headers).json()

    for link in ("reviewer_url", "facilitator_url"):
        assert opened[link].startswith("http://example.org/models/?session=")


def test_what_is_left_out_of_a_session_has_its_default(client: "TestClient") -> None:
    plan = service_of(client).session(open_session(client).code).plan

    assert (plan.blind, plan.order, plan.open_floor, plan.anonymous) == (
        False,
        "shared",
        True,
        False,
    )
    assert (plan.verdicts_per_case, plan.purpose, plan.question) == (None, "", "")


def test_five_thousand_cases_are_taken(client: "TestClient") -> None:
    records = [{"text": f"{'A fine film. ' * 100}{place}"} for place in range(5_000)]

    session = open_session(client, cases=records)

    assert join(session).next()["total"] == 5_000


def test_a_reviewer_joins_with_a_name_and_gets_a_link_back(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS)
    url = f"/api/sessions/{session.code}/reviewers"

    answer = checked(client.post(url, json={"name": "Anna"}), 201)

    (stored,) = service_of(client).store.sessions.reviewers(
        service_of(client).session(session.code)
    )
    assert answer["reviewer"] == {"id": stored.id, "name": "Anna"}
    query = parse_qs(urlsplit(answer["reviewer_url"]).query)
    assert query == {"session": [session.code], "as": [answer["reviewer_token"]]}


def test_two_people_with_one_name_are_told_apart(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS)
    first, second, third = join(session), join(session, "ANNA"), join(session, " Anna ")

    first.judge(first.next_id(), verdict="agree")

    assert [first.name, second.name, third.name] == ["Anna", "ANNA (2)", "Anna (3)"]
    assert (len(first.rows()), len(second.rows())) == (1, 0)
    assert second.next()["done"] == 0


def test_a_name_is_kept_as_text_without_what_cannot_be_shown(client: "TestClient") -> None:
    session = open_session(client)

    assert join(session, "<b>Anna</b>").name == "<b>Anna</b>"
    assert join(session, "An\x00na\x1b[31m \u202eBen\n").name == "Anna[31m Ben"


def test_a_name_may_be_left_out_only_where_the_session_says_so(client: "TestClient") -> None:
    named, nameless = open_session(client), open_session(client, anonymous=True)

    assert client.post(f"/api/sessions/{named.code}/reviewers", json={}).status_code == 422
    assert checked(client.post(f"/api/sessions/{nameless.code}/reviewers", json={}), 201)[
        "reviewer"
    ]["name"].startswith("Anonymous")


def test_a_code_may_be_typed_in_any_way(client: "TestClient") -> None:
    session = open_session(client, cases=RECORDS)
    typed = session.code.replace("-", "").upper()

    assert checked(client.post(f"/api/sessions/{typed}/reviewers", json={"name": "Anna"}), 201)


def test_open_feedback_is_a_session_that_stands_open(client: "TestClient") -> None:
    url = "/api/sessions/open-feedback-iris"
    answer = checked(client.post(f"{url}/reviewers", json={"name": ""}), 201)
    headers = bearer(answer["reviewer_token"])
    flower = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}

    added = client.post(f"{url}/cases", json={"record": flower}, headers=headers)
    case = checked(added, 201)["case"]
    verdict = client.put(
        f"{url}/cases/{case['id']}/verdict",
        json={"verdict": "disagree", "label": "virginica"},
        headers=headers,
    )

    assert checked(verdict)["label"] == "virginica"
    assert answer["reviewer"]["name"].startswith("Anonymous")
