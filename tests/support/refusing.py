"""Requests to the routes of review sessions that are to be refused."""

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from reviewing import bearer

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON = {"content-type": "application/json"}
PLAIN = {"content-type": "text/plain"}


@cache
def described(client: "TestClient") -> dict[str, Any]:
    return dict(client.get("/openapi.json").json()["paths"])


def operations(client: "TestClient", method: str, path: str) -> Iterator[dict[str, Any]]:
    """Yield what is described of a request; nothing for a path or method that there is not."""
    parts = path.partition("?")[0].split("/")
    for template, methods in described(client).items():
        names = template.split("/")
        if len(names) == len(parts) and all(
            name == part or name.startswith("{") for name, part in zip(names, parts, strict=True)
        ):
            yield from (methods[known] for known in methods if known == method)


def refused(
    client: "TestClient",
    status: int,
    method: str,
    place: str,
    body: Any = b"",
    token: str = "",
    headers: dict[str, str] = JSON,
) -> dict[str, Any]:
    """Send a request below /api/sessions; return its error after checking shape and description."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = f"/api/sessions{place}"
    sent = headers | (bearer(token) if token else {})
    response = client.request(method, path, content=content, headers=sent)
    assert response.status_code == status, response.text
    assert list(response.json()) == ["error"]
    error: dict[str, Any] = response.json()["error"]
    assert list(error) == ["code", "message", "field"]
    assert error["message"].isprintable()
    assert len(error["message"]) < 500
    assert not token or token not in response.text
    found = next(operations(client, method, path), None)
    assert found is None or str(status) in found["responses"], (method, path)
    return error
