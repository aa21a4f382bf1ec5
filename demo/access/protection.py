"""All of the protection, in the order in which a request meets it."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Scope

from demo.access.bodies import MB, BodyLimit, Limit
from demo.access.call_status import CallStatus
from demo.access.calls import CallCheck, PageFunction
from demo.access.direct import DirectRoutes, Endpoint
from demo.access.errors import UPLOAD
from demo.access.headers import SecurityHeaders, uncached_headers
from demo.access.origins import OriginCheck
from demo.access.routes import RouteFilter
from demo.access.uploads import UploadLimit
from demo.settings import Settings

# What is smaller goes faster as it is.
COMPRESSED_FROM, COMPRESSION_LEVEL = 2_000, 5
# Room for as many cases as a session takes, of the length that texts commonly have.
CASE_LIST, LARGEST_CASE_LIST = "/api/sessions", 20 * MB


def add_protection(app: FastAPI, settings: Settings, endpoints: Mapping[str, Endpoint]) -> None:
    """Put in front of an app what every request passes; the last one added is met first.

    Plain requests to the paths of `endpoints` take a short way.
    """
    limit_of = body_limits(settings)
    app.add_middleware(BodyLimit, limit_of=limit_of)
    app.add_middleware(OriginCheck, allowed_origins=origins_of(settings))
    app.add_middleware(RouteFilter)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    app.add_middleware(
        DirectRoutes,
        endpoints=endpoints,
        limit_of=limit_of,
        headers=uncached_headers(settings.frame_ancestors),
    )


def origins_of(settings: Settings) -> tuple[str, ...]:
    """Return the origins whose pages may call the app: those allowed, and its own if that is known."""
    scheme, host, *_ = urlsplit(settings.public_url)
    own = (f"{scheme}://{host}".lower(),) if settings.public_url else ()
    return (*settings.allowed_origins, *own)


def protected_page(
    page: ASGIApp, settings: Settings, functions: Mapping[int, PageFunction], folder: Path
) -> ASGIApp:
    """Return Gradio's app with checks in front; `functions` are its page's, `folder` is for uploads.

    Its answers are compressed: no browser sends a secret by itself, in a cookie, that somebody could find
    out by having text of theirs compressed beside it.
    """
    most_bytes = settings.max_uploads_mb * MB
    uploads = UploadLimit(CallStatus(page), folder, most_bytes, largest_upload(settings))
    checked = CallCheck(uploads, functions, folder)
    return GZipMiddleware(checked, COMPRESSED_FROM, COMPRESSION_LEVEL)


def largest_upload(settings: Settings) -> int:
    """Return how many bytes a request with a file may have: there is some text around the file."""
    return settings.max_upload_mb * MB + MB // 10


def body_limits(settings: Settings) -> Limit:
    """Return what gives the greatest body of a request in bytes."""
    usual = settings.max_body_mb * MB
    larger = {UPLOAD: largest_upload(settings), CASE_LIST: max(usual, LARGEST_CASE_LIST)}

    def limit_of(scope: Scope) -> int:
        return larger.get(scope["path"].rstrip("/"), usual)

    return limit_of
