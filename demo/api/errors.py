"""Every error of REST in one shape, with its status and what /docs says of it."""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from demo.sessions.errors import (
    InvalidSession,
    InvalidVerdict,
    NotAllowed,
    OtherModel,
    SessionClosed,
    SessionFull,
    SessionOpen,
    StoreFull,
    StoreUnavailable,
    TooManyNow,
    UnknownCase,
    UnknownSession,
)
from demo.sessions.predictions import Busy
from models.errors import ArtefactError, InvalidRecord, UnknownModel, UserError, shown
from models.registry import ModelCatalogue

# Where nothing is but REST, and its models.
PREFIX, MODELS = "/api/", "/api/models/"
DESCRIPTIONS = {
    400: "The body is not JSON.",
    401: "No token came along.",
    403: "The token is not the one that is needed, or the session does not allow this.",
    404: "There is no such model, session or case.",
    405: "The path does not take this method.",
    409: "The session is closed, not closed yet, full, or about another version of the model.",
    413: "The body is too large.",
    415: "The content type is not JSON.",
    422: "A field does not hold what it must; `field` names the place.",
    429: "So many came within the last hour that no more may: send it again after `Retry-After`.",
    503: "The database does not answer, or many texts are being explained: nothing is lost, send it again "
    "after `Retry-After`. Or the model's files are missing, damaged or of other versions; the message "
    "says what to do.",
    507: "The disk of the database is full: what was saved before is safe.",
}


class RequestError(UserError):
    """A request that meets no route or cannot be read; `status` is its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class NoToken(UserError):
    """A request does not say who sends it."""

    code = "no_token"


class InvalidRequest(UserError):
    """A field of a request does not hold what it must."""

    code = "invalid_request"


STATUS: dict[type[UserError], int] = {
    NoToken: 401,
    NotAllowed: 403,
    UnknownModel: 404,
    UnknownSession: 404,
    UnknownCase: 404,
    SessionClosed: 409,
    SessionOpen: 409,
    OtherModel: 409,
    SessionFull: 409,
    InvalidRequest: 422,
    InvalidRecord: 422,
    InvalidSession: 422,
    InvalidVerdict: 422,
    TooManyNow: 429,
    ArtefactError: 503,
    StoreUnavailable: 503,
    Busy: 503,
    StoreFull: 507,
}
HEADERS: dict[type[UserError], dict[str, str]] = {
    NoToken: {"WWW-Authenticate": "Bearer"},
    StoreUnavailable: {"Retry-After": "1"},
    Busy: {"Retry-After": "5"},
}
# What pydantic's types of errors want, by their first word.
WANTED = {
    "string": "a text",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "list": "a list",
    "dict": "an object",
    "model": "an object",
}


class Error(BaseModel):
    """What is wrong with a request."""

    code: str = Field(description="For programs; stays the same.")
    message: str = Field(description="For people; what came, what is allowed, what to do.")
    field: str | None = Field(description="Where in the body it is.")


class ErrorAnswer(BaseModel):
    """The shape of every error."""

    error: Error


class JsonAnswer(Response):
    """An answer in JSON that is checked against no schema."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def describe_errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of a route's errors."""
    return {
        status: {"description": DESCRIPTIONS[status], "model": ErrorAnswer}
        for status in sorted(statuses)
    }


def answer_error(_: Request, error: Exception) -> JsonAnswer:
    """Return the one shape that every error has."""
    assert isinstance(error, UserError)
    status = error.status if isinstance(error, RequestError) else STATUS.get(type(error), 400)
    headers = HEADERS.get(type(error))
    if isinstance(error, TooManyNow):
        headers = {"Retry-After": str(error.wait_s)}
    body = {"code": error.code, "message": error.message, "field": error.field}
    return JsonAnswer({"error": body}, status, headers)


def answer_invalid(request: Request, error: Exception) -> JsonAnswer:
    """Return the first thing that is wrong with the fields of a request."""
    assert isinstance(error, RequestValidationError)
    body = request.scope["route"].body_field
    model = body.field_info.annotation if body else None
    fields: Mapping[str, FieldInfo] = getattr(model, "model_fields", {})
    invalid: type[UserError] = getattr(model, "error", InvalidRequest)
    return answer_error(request, invalid(*explain_invalid(error.errors()[0], fields)))


def explain_invalid(
    error: Mapping[str, Any], fields: Mapping[str, FieldInfo]
) -> tuple[str, str | None]:
    """Return a sentence on one of pydantic's errors, and the field; `fields` are those of the body."""
    kind, came = error["type"], shown(error["input"])
    place = ".".join(str(part) for part in error["loc"][1:])
    # Half a character is in no name of a field, and pydantic does not say in which.
    if kind == "extra_forbidden" or (kind, place) == ("string_unicode", ""):
        name = shown(error["input"] if kind == "string_unicode" else error["loc"][-1])
        wanted = ", ".join(f'"{field}"' for field in fields)
        return f"There is no field {name}; send only {wanted}.", name
    if kind == "missing" or not place:
        first = place or next((name for name in fields if fields[name].is_required()), None)
        if first:
            return f'The body must be an object with "{first}".', first
        return f"The body must be an object, but {came} came.", None
    if kind == "literal_error":
        return f"{place} is {came}; choose one of: {error['ctx']['expected']}.", place
    first, _, rest = kind.partition("_")
    if first in WANTED and rest in ("type", "parsing", "from_float"):
        return f"{place} must be {WANTED[first]}, but {came} came.", place
    return f"{place} is {came}: {error['msg']}.", place


def answer_unmet(request: Request, error: Exception) -> JsonAnswer:
    """Return why a request meets no route."""
    assert isinstance(error, HTTPException)
    method, allowed = request.method, (error.headers or {}).get("Allow", "")
    code, message = {
        404: (
            "unknown_path",
            f"There is nothing at {request.url.path[:80]}; /docs lists what there is.",
        ),
        405: (
            "wrong_method",
            f"{method} is not possible here; send {allowed.replace(', ', ' or ')}.",
        ),
    }.get(error.status_code, ("bad_request", str(error.detail)))
    answer = answer_error(request, RequestError(error.status_code, code, message))
    answer.headers.update(error.headers or {})
    return answer


class RestOrPage:
    """An ASGI app for what no route of REST takes: the page, but not below REST's own prefix."""

    def __init__(self, page: ASGIApp, catalogue: ModelCatalogue) -> None:
        self.app, self.catalogue = page, catalogue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show the page; raise UnknownModel, or HTTPException with 404."""
        path = scope["path"]
        if not f"{path}/".startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        name = path.removeprefix(MODELS).partition("/")[0]
        if path.startswith(MODELS) and name and name not in self.catalogue.specs:
            raise UnknownModel(name, self.catalogue.specs)
        raise HTTPException(404)


def add_error_answers(app: FastAPI) -> None:
    """Answer every error of an app's routes in the one shape."""
    app.add_exception_handler(UserError, answer_error)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(HTTPException, answer_unmet)
