"""How large the body of a request may be, on every route."""

from collections.abc import Callable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demo.access.errors import error_response, header

MB = 1_000_000
# The longest number that can be a length: a longer one is no honest request.
MOST_DIGITS = 15
# Method and path to the greatest body in bytes.
Limit = Callable[[Scope], int]


class BodyLimit:
    """Middleware that refuses a body over a limit, whether its length is announced or it comes in chunks."""

    def __init__(self, app: ASGIApp, limit_of: Limit) -> None:
        self.app, self.limit_of = app, limit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request whose body is within its limit; answer others with 413."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        limit = self.limit_of(scope)
        length = header(scope, b"content-length")
        if not length:
            await CountedBody(limit).run(self.app, scope, receive, send)
        elif is_within(length, limit):
            # The server holds the client to the length.
            await self.app(scope, receive, send)
        else:
            await refuse(scope, receive, send, limit)


def is_within(length: str, limit: int) -> bool:
    """Tell whether a body whose length is announced is within its limit."""
    return length.isdecimal() and len(length) <= MOST_DIGITS and int(length) <= limit


async def refuse(scope: Scope, receive: Receive, send: Send, limit: int) -> None:
    """Answer that a body is too large."""
    message = f"The body is over {limit / MB:g} MB; send less at a time."
    await error_response(scope, 413, "too_large", message)(scope, receive, send)


class CountedBody:
    """One request whose body comes in chunks."""

    def __init__(self, limit: int) -> None:
        self.limit = self.left = limit
        self.has_started = False

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app until it has answered or the body is too large; then the answer is ours."""

        async def receive_counting() -> Message:
            message = await receive()
            self.left -= len(message.get("body", b""))
            # To the app it looks as if the client had left: it stops reading.
            return message if self.left >= 0 else {"type": "http.disconnect"}

        async def send_if_allowed(message: Message) -> None:
            if self.left >= 0 or self.has_started:
                self.has_started = True
                await send(message)

        try:
            await app(scope, receive_counting, send_if_allowed)
        except ClientDisconnect:
            if self.left >= 0:
                raise
        if self.left < 0 and not self.has_started:
            await refuse(scope, receive, send, self.limit)
