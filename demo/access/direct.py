"""A short way for plain requests to the routes that programs ask most."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from demo.access.bodies import Limit, is_within
from demo.access.errors import header
from demo.access.headers import Headers, without_others

# Takes a POST request to one path; its errors are answers too.
Endpoint = Callable[[Request], Awaitable[Response]]


class DirectRoutes:
    """Middleware that answers some paths itself when no check has anything to look into.

    That is a POST whose body has a length within its limit and which no browser sends for another page.
    It gets the `headers` of every answer. All other requests go through the checks one by one, and meet
    the same endpoint among the routes of the app: so this only saves time.
    """

    def __init__(
        self, app: ASGIApp, endpoints: Mapping[str, Endpoint], limit_of: Limit, headers: Headers
    ) -> None:
        self.app, self.endpoints = app, endpoints
        self.limit_of, self.headers = limit_of, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a plain request, or pass it on."""
        endpoint = self.endpoints.get(scope["path"]) if scope["type"] == "http" else None
        if endpoint is None or scope["method"] != "POST" or not self.is_plain(scope):
            await self.app(scope, receive, send)
            return
        answer = await endpoint(Request(scope, receive))
        answer.raw_headers = without_others(answer.raw_headers, self.headers)
        await answer(scope, receive, send)

    def is_plain(self, scope: Scope) -> bool:
        """Tell whether every check would let a request pass as it is."""
        if scope["root_path"] or header(scope, b"origin"):
            return False
        return is_within(header(scope, b"content-length"), self.limit_of(scope))
