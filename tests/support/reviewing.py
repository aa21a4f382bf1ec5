"""Review sessions over REST, as a program holds them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from demo.sessions.model import Verdict
from demo.sessions.service import SessionService

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Json = dict[str, Any]
TEXTS = ("A great film, loved it", "A dull script", "Not bad at all", "Hm")
RECORDS = [{"text": text} for text in TEXTS]
SIGNATURE = {"decision": "approve", "reasons": "It is right.", "signed_by": ["Anna", "Ben"]}


def service_of(client: "TestClient") -> SessionService:
    return cast("SessionService", cast("Any", client.app).state.service)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def checked(response: Any, status: int = 200) -> Json:
    assert response.status_code == status, response.text
    return dict(response.json())


@dataclass(frozen=True)
class Caller:
    """Somebody with a token in one session: a reviewer, or the facilitator."""

    client: "TestClient"
    code: str
    token: str
    id: int = 0
    name: str = ""

    def ask(self, method: str, path: str = "", body: object = None) -> Any:
        more = {} if body is None else {"json": body}
        url = f"/api/sessions/{self.code}{path}"
        return self.client.request(method, url, headers=bearer(self.token), **cast("Any", more))

    def next(self, after: int | None = None) -> Json:
        return checked(self.ask("get", f"/cases/next{f'?after={after}' if after else ''}"))

    def next_id(self) -> int:
        return int(self.next()["case"]["id"])

    def judge(self, case: int, **said: object) -> Any:
        return self.ask("put", f"/cases/{case}/verdict", said)

    def add(self, text: str) -> int:
        return int(
            checked(self.ask("post", "/cases", {"record": {"text": text}}), 201)["case"]["id"]
        )

    def close(self, **changes: object) -> Any:
        return self.ask("post", "/close", SIGNATURE | changes)

    def rows(self) -> list[Verdict]:
        """Return what the store holds of this reviewer."""
        service = service_of(self.client)
        stored = service.store.verdicts.verdicts(service.session(self.code))
        return [row for row in stored if row.reviewer_id == self.id]


def open_session(client: "TestClient", **plan: object) -> Caller:
    """Open a session on the model of reviews, and return its facilitator."""
    asked = {"title": "Do we trust it?", "model": "reviews"} | plan
    answer = checked(client.post("/api/sessions", json=asked), 201)
    return Caller(client, answer["code"], answer["facilitator_token"])


def join(session: Caller, name: str = "Anna") -> Caller:
    """Let a reviewer into a session."""
    url = f"/api/sessions/{session.code}/reviewers"
    answer = checked(session.client.post(url, json={"name": name}), 201)
    reviewer = answer["reviewer"]
    token = answer["reviewer_token"]
    return Caller(session.client, session.code, token, reviewer["id"], reviewer["name"])
