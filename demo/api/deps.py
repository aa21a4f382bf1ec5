"""How a route reads a request: its JSON, its path, and the token that came along."""

import json
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import Annotated, Any, ParamSpec, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Depends, Path, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic import BeforeValidator
from starlette.requests import HTTPConnection

from demo.api.errors import NoToken, RequestError
from demo.sessions.service import SessionService
from demo.sessions.text import case_number
from models.errors import shown

P = ParamSpec("P")
T = TypeVar("T")
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]
# To read a larger one would hold up everybody else for too long.
LARGE_BODY = 100_000
# What computes has threads of its own: while a file is locked, 40 reviewers wait in all those of FastAPI,
# and a prediction took as long as they.
COMPUTING = CapacityLimiter(16)


def in_thread(work: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Return a function that does the work in a thread, as those of FastAPI's `def` endpoints."""

    @wraps(work)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await anyio.to_thread.run_sync(partial(work, *args, **kwargs))

    return run


async def read_json(request: Request) -> Any:
    """Return the JSON of a request's body; raise RequestError for what is none."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json" and not (
        content_type.startswith("application/") and content_type.endswith("+json")
    ):
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


class JsonRequest(Request):
    """A request as FastAPI reads it: what is no JSON stays bytes, which fit no model."""

    async def body(self) -> bytes:
        """Return the body, never empty: FastAPI would not look at it."""
        return await super().body() or b" "

    async def json(self) -> Any:
        try:
            return await read_json(self)
        except RequestError:
            return await self.body()


class TypedRoute(APIRoute):
    """A route of FastAPI's whose body is read by `read_json`, and whose work is done in a thread."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        # FastAPI would hop to a second thread to check the answer of a `def` endpoint.
        work = endpoint if iscoroutinefunction(endpoint) else in_thread(endpoint)
        super().__init__(path, work, **options)

    def get_route_handler(self) -> Endpoint:
        """Return FastAPI's handler with our own reading of the body."""
        handle = super().get_route_handler()
        if not self.body_field:
            return handle

        async def handle_json(request: Request) -> Response:
            asked = JsonRequest(request.scope, request.receive)
            try:
                return await handle(asked)
            except RequestValidationError:
                # Only now: who has no token is told nothing else.
                await read_json(asked)
                raise

        return handle_json


class PlainRoute(APIRoute):
    """A route whose endpoint takes the request and returns the answer, with nothing in between."""

    def get_route_handler(self) -> Endpoint:
        """Return the endpoint itself: there is nothing to parse or to fill in for it."""
        return self.endpoint


class Bearer(HTTPBearer):
    """The token of a reviewer or of the facilitator."""

    def __init__(self, name: str, given: str) -> None:
        description = f"The token that was given {given}."
        super().__init__(scheme_name=name, description=description, auto_error=False)

    async def __call__(self, request: HTTPConnection) -> str:  # type: ignore[override]
        """Return the token that came along; raise NoToken if none did."""
        credentials = await super().__call__(request)
        if credentials is None or not credentials.credentials.strip():
            raise NoToken(
                "No token came along; send the header `Authorization: Bearer` with the one that was "
                "given to the reviewer or the facilitator."
            )
        return credentials.credentials.strip()


class LinkBearer(Bearer):
    """A token that a link may carry: a browser that follows one sends no header."""

    async def __call__(self, request: HTTPConnection) -> str:  # type: ignore[override]
        """Return the token of the address or of the header."""
        return request.query_params.get("token") or await super().__call__(request)


async def find_service(request: Request) -> SessionService:
    service: SessionService = request.app.state.service
    return service


Service = Annotated[SessionService, Depends(find_service)]


async def find_base(request: Request, service: Service) -> str:
    """Return where whoever sends the request reaches the app."""
    return service.address.base(f"{request.url.scheme}://{request.url.netloc}")


FACILITATOR = ("facilitator", "when the session was opened")
Code = Annotated[str, Path(description="The code of the session.")]
CaseNumber = Annotated[int, BeforeValidator(case_number)]
Case = Annotated[CaseNumber, Path(description="The `id` of the case.")]
ReviewerToken = Annotated[str, Security(Bearer("reviewer", "when a reviewer joined"))]
FacilitatorToken = Annotated[str, Security(Bearer(*FACILITATOR))]
ReportToken = Annotated[str, Security(LinkBearer(*FACILITATOR))]
Base = Annotated[str, Depends(find_base)]
