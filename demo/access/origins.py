"""Which pages may send requests that change something: our own, and those of the origins allowed."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from demo.access.errors import error_response, header
from demo.access.routes import METHODS

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# What a browser says of a request from a page of the same origin, or typed by the user.
OWN_SITES = ("same-origin", "none")


class OriginCheck:
    """Middleware that refuses what a page of another site sends in the name of its visitor.

    Only browsers say where a request comes from; programs are not concerned. Pages of the
    `allowed_origins` may send and read, as CORS has it.
    """

    def __init__(self, app: ASGIApp, allowed_origins: Collection[str]) -> None:
        self.app, self.allowed_origins = app, frozenset(allowed_origins)
        self.shared = CORSMiddleware(
            app,
            allow_origins=tuple(allowed_origins),
            allow_methods=METHODS,
            allow_headers=("Authorization", "Content-Type"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what does not come from a page of another site."""
        origin = header(scope, b"origin") if scope["type"] == "http" else ""
        if not origin:
            await self.app(scope, receive, send)
        elif scope["method"] not in SAFE_METHODS and self.is_foreign(scope, origin.lower()):
            response = error_response(
                scope,
                403,
                "foreign_origin",
                "This request comes from a page of another site, which may send none; open the app's own "
                "page, or let whoever runs the app allow that site (SECOND_OPINION_ALLOWED_ORIGINS).",
            )
            await response(scope, receive, send)
        else:
            await self.shared(scope, receive, send)

    def is_foreign(self, scope: Scope, origin: str) -> bool:
        """Tell whether a request with an origin comes from a page of another site."""
        if header(scope, b"sec-fetch-site") in OWN_SITES or origin in self.allowed_origins:
            return False
        # No page can make a browser send the second one to another site without asking first.
        hosts = (header(scope, name) for name in (b"host", b"x-forwarded-host"))
        return host_of(origin) not in [host.partition(",")[0].strip().lower() for host in hosts]


def host_of(origin: str) -> str | None:
    """Return host and port of an origin, None for one without."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
