"""Which pages may send requests that change something: our own, and those of the origins allowed."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from demo.access.errors import error_response

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# What a browser says of a request from a page of the same origin, or typed by the user.
OWN_SITES = ("same-origin", "none")


class OriginCheck:
    """Middleware that refuses what a page of another site sends in the name of its visitor.

    Only browsers say where a request comes from; programs are not concerned. What other sites may read
    is for the CORS middleware.
    """

    def __init__(self, app: ASGIApp, allowed_origins: Collection[str]) -> None:
        self.app, self.allowed_origins = app, frozenset(allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what does not come from a page of another site."""
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE_METHODS
            and self.is_foreign(scope)
        ):
            response = error_response(
                scope,
                403,
                "foreign_origin",
                "This request comes from a page of another site, which may send none; open the app's own "
                "page, or let whoever runs the app allow that site (SECOND_OPINION_ALLOWED_ORIGINS).",
            )
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def is_foreign(self, scope: Scope) -> bool:
        """Tell whether a request comes from a page of another site."""
        origin = site = b""
        hosts = []
        for name, value in scope["headers"]:
            if name == b"origin":
                origin = value
            elif name == b"sec-fetch-site":
                site = value
            elif name in (b"host", b"x-forwarded-host"):
                # No page can make a browser send the second one to another site without asking first.
                hosts.append(value.decode("latin-1").partition(",")[0].strip().lower())
        if not origin or site.decode("latin-1") in OWN_SITES:
            return False
        text = origin.decode("latin-1").lower()
        return text not in self.allowed_origins and host_of(text) not in hosts


def host_of(origin: str) -> str | None:
    """Return host and port of an origin, None for one without."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
