"""Error answers of the middlewares, in the shape that every error has."""

import json
from collections.abc import Mapping

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

PAGE_API = "/gradio_api/"
UPLOAD = "/gradio_api/upload"


def error_response(
    scope: Scope, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an error as the client of that path reads it.

    REST has `{"error": {"code", "message", "field"}}`; Gradio's clients show `error` as it is, and the
    plain text of a failed upload.
    """
    if scope["path"].rstrip("/") == UPLOAD:
        return PlainTextResponse(message, status, headers)
    if scope["path"].startswith(PAGE_API):
        return JSONResponse({"error": message, "detail": message}, status, headers)
    return JSONResponse(rest_error(code, message), status, headers)


def rest_error(code: str, message: str) -> dict[str, dict[str, str | None]]:
    """Return an error in REST's shape; none of these is about a field."""
    return {"error": {"code": code, "message": message, "field": None}}


def raw_response(status_line: str, code: str, message: str, headers: Mapping[str, str]) -> bytes:
    """Return an error as bytes, for a connection that has not sent a whole request."""
    body = json.dumps(rest_error(code, message)).encode()
    fields = {"content-type": "application/json", "content-length": str(len(body))} | dict(headers)
    lines = [f"HTTP/1.1 {status_line}", *(f"{name}: {text}" for name, text in fields.items())]
    return "\r\n".join([*lines, "connection: close", "", ""]).encode("latin-1") + body


def header(scope: Scope, name: bytes) -> str:
    """Return a header of a request, "" if it has none of that name (in small letters)."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""
