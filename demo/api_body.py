"""Reading a request's body: JSON of a bounded size, with the fields that are wanted."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request

from models.errors import InvalidRecord, UserError, shown

LARGEST_BODY = 1_000_000


class RequestError(UserError):
    """A request that cannot be read as one; `status` is its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


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
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise RequestError(
                413, "too_large", "The body is over 1 MB; send fewer records at a time."
            )
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        reason = error if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise RequestError(
            400, "not_json", f"The body is not JSON ({reason}); send a JSON object."
        ) from error


def read_fields(body: Any, name: str, *optional: str) -> Mapping[str, Any]:
    """Return a body that holds the field `name` and none but the optional ones; else InvalidRecord."""
    if not isinstance(body, Mapping) or name not in body:
        raise InvalidRecord(f'The body must be an object with "{name}".', name)
    for other in body:
        if other not in (name, *optional):
            wanted = " and ".join(f'"{field}"' for field in (name, *optional))
            raise InvalidRecord(
                f"There is no field {shown(other)}; send only {wanted}.", shown(other)
            )
    return body
