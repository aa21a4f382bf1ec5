"""How the routes of review sessions are described: errors, tokens, parts of the path."""

from typing import Any

from fastapi import Security
from fastapi.security import HTTPBearer

from demo.api.prediction_schema import ERROR, TEXT, Schema, json_content

ERRORS = {
    400: "The body is not JSON.",
    401: "No token came along.",
    403: "The token is not the one that is needed, or the session does not allow this.",
    404: "No session has this code, or it has no such case, or no model has this name.",
    405: "The path does not take this method.",
    409: "The session is closed, not closed yet, full, or about another version of the model.",
    413: "The body is too large.",
    415: "The content type is not JSON.",
    422: "A field does not hold what it must; `field` names it.",
    429: "So many came within the last hour that no more may: send it again after `Retry-After`.",
    503: "The database does not answer, or many texts are being explained: nothing is lost, send it again "
    "after `Retry-After`. Or the model is unavailable.",
    507: "The disk of the database is full: what was saved before is safe.",
}
READING, WRITING = (404, 405, 503), (400, 404, 405, 413, 415, 422, 503, 507)
TOKENS = {"reviewer": "when a reviewer joined", "facilitator": "when the session was opened"}
BEARERS = {
    name: HTTPBearer(
        scheme_name=name, description=f"The token that was given {when}.", auto_error=False
    )
    for name, when in TOKENS.items()
}
WHOLE: Schema = {"type": "integer"}
MAYBE: Schema = {"type": ["string", "null"]}
OBJECT: Schema = {"type": "object"}


def documented(
    summary: str,
    description: str,
    answer: Schema,
    errors: tuple[int, ...],
    *,
    status: int = 200,
    parameters: tuple[Schema, ...] = (),
    request: Schema | None = None,
    bearer: str = "",
) -> dict[str, Any]:
    """Return the arguments of a route that FastAPI writes into the OpenAPI document.

    `answer` is the content of the answer, `bearer` whose token is needed.
    """
    responses: dict[int, Schema] = {status: {"description": "OK", "content": answer}}
    for number in sorted({*errors, *((401, 403) if bearer else ())}):
        responses[number] = {"description": ERRORS[number], "content": json_content(ERROR)}
    return {
        "summary": summary,
        "description": description,
        "responses": responses,
        "dependencies": [Security(BEARERS[bearer])] if bearer else [],
        "openapi_extra": {"parameters": list(parameters)} | (request or {}),
        "tags": ["review sessions"],
    }


def parameter(name: str, place: str, description: str, schema: Schema) -> Schema:
    """Return the OpenAPI of a part of the path, or of the query."""
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": description,
        "schema": schema,
    }


CODE = parameter("code", "path", "The code of the session.", TEXT)
CASE = parameter("case", "path", "The `id` of the case.", WHOLE)
AFTER = parameter(
    "after", "query", "The case to go on from; what was skipped comes again at the end.", WHOLE
)


def optional(required: Schema, **properties: Schema) -> Schema:
    """Return the schema of an object with properties that may be left out."""
    return required | {"properties": required["properties"] | properties}


def option(description: str, *, default: bool) -> Schema:
    """Return the schema of something that is so or not."""
    return {"type": "boolean", "default": default, "description": description}
