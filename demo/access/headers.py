"""Headers that tell a browser what it may do with an answer."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Where the page's own files are, and Gradio's.
PAGE_FILES, ASSETS = "/page-files/", "/assets/"
# Their names change with their content.
LASTING = (PAGE_FILES, ASSETS)
# These never change while the app runs, and contain no personal data.
STATIC = ("/static/", "/svelte/", "/static-offline-docs/", "/theme.css", "/favicon.ico")
Headers = list[tuple[bytes, bytes]]


class SecurityHeaders:
    """Middleware that adds headers to every answer.

    `frame_ancestors` are the sites, beside its own, on whose pages the app may be shown in a frame.
    Answers that may contain a token or personal data are not cached.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: Sequence[str]) -> None:
        self.app = app
        self.headers = usual_headers(frame_ancestors)
        self.uncached = uncached_headers(frame_ancestors)
        lasting = b"public, max-age=31536000, immutable"
        self.lasting: Headers = [*self.headers, (b"cache-control", lasting)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        more = self.headers_for(scope["path"])

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = without_others(message.get("headers", ()), more)
            await send(message)

        await self.app(scope, receive, send_more)

    def headers_for(self, path: str) -> Headers:
        if path.startswith(LASTING):
            return self.lasting
        return self.headers if path.startswith(STATIC) else self.uncached


def usual_headers(frame_ancestors: Sequence[str]) -> Headers:
    """Return the headers of every answer."""
    policy = " ".join(["frame-ancestors 'self'", *frame_ancestors])
    return [
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"content-security-policy", policy.encode("ascii")),
    ]


def uncached_headers(frame_ancestors: Sequence[str]) -> Headers:
    """Return the headers of an answer that may contain personal data."""
    return [*usual_headers(frame_ancestors), (b"cache-control", b"no-store")]


def without_others(headers: Sequence[tuple[bytes, bytes]], more: Headers) -> Headers:
    """Return the headers of an answer with ours; policies add up, of any other ours holds."""
    ours = {name for name, _ in more} - {b"content-security-policy"}
    return [pair for pair in headers if pair[0].lower() not in ours] + more
