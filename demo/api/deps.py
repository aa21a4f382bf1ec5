"""Reading a request: JSON of a bounded size with the fields that are wanted, and the bearer's token."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Request

from models.errors import InvalidRecord, UserError, shown

# To read a larger one would hold up everybody else for too long.
LARGE_BODY = 100_000
# What computes has threads of its own: while a file is locked, 40 reviewers wait in all those of FastAPI,
# and a prediction took as long as they.
COMPUTING = CapacityLimiter(16)


class RequestError(UserError):
    """A request that cannot be read as one; `status` is its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class NoToken(UserError):
    """A request does not say who sends it."""

    code = "no_token"


async def read_json(request: Request) -> Any:
    """Return the JSON of a request's body; raise RequestError for what is none."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json" and not content_type.endswith("+json"):
        raise RequestError(
            415,
            "wrong_content_type",
            f"The content type {shown(content_type)} came; send JSON with the header "
            "`Content-Type: application/json`.",
        )
    body = await request.body()
    if len(body) > LARGE_BODY:
        return await anyio.to_thread.run_sync(parse_json, body, limiter=COMPUTING)
    return parse_json(body)


def parse_json(body: bytes) -> Any:
    """Return what a body holds; raise RequestError if it is no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        reason = error if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise RequestError(
            400, "not_json", f"The body is not JSON ({reason}); send a JSON object."
        ) from error


def read_fields(
    body: Any, name: str, *optional: str, error: type[UserError] = InvalidRecord
) -> Mapping[str, Any]:
    """Return a body that holds the field `name` and none but the optional ones; else raise `error`."""
    if not isinstance(body, Mapping) or name not in body:
        raise error(f'The body must be an object with "{name}".', name)
    return check_fields(body, name, *optional, error=error)


def check_fields(body: Any, *allowed: str, error: type[UserError]) -> Mapping[str, Any]:
    """Return a body that is an object with these fields at most; else raise `error`."""
    if not isinstance(body, Mapping):
        raise error(f"The body must be an object, but {shown(body)} came.")
    for other in body:
        if other not in allowed:
            wanted = ", ".join(f'"{field}"' for field in allowed)
            raise error(f"There is no field {shown(other)}; send only {wanted}.", shown(other))
    return body


def read_token(request: Request) -> str:
    """Return the token that came along; raise NoToken if none did."""
    scheme, _, token = request.headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NoToken(
            "No token came along; send the header `Authorization: Bearer` with the one that was "
            "given to the reviewer or the facilitator."
        )
    return token.strip()


def code_of(request: Request) -> str:
    """Return the code of the session in a request's path."""
    return str(request.path_params["code"])


T = TypeVar("T")


async def in_thread(work: Callable[..., T], *arguments: object) -> T:
    """Return what `work` makes of the arguments, in a thread as those of FastAPI's `def` endpoints."""
    return await anyio.to_thread.run_sync(work, *arguments)
