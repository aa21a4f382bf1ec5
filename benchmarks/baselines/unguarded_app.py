"""The app without what `demo.access` puts before it, to measure what that costs."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from demo.access import connections, protection
from demo.access.direct import DirectRoutes, Endpoint
from demo.server import serve
from demo.settings import Settings


class UncheckedRoutes(DirectRoutes):
    """The short way to the routes that predict, for whatever comes."""

    def is_plain(self, scope: Scope) -> bool:
        return True


def add_routes_alone(app: FastAPI, settings: Settings, endpoints: Mapping[str, Endpoint]) -> None:
    limit_of = protection.body_limits(settings)
    app.add_middleware(UncheckedRoutes, endpoints=endpoints, limit_of=limit_of, headers=[])


protection.add_protection = add_routes_alone
protection.protected_page = lambda page, *_: page
connections.limit_protocol = lambda *_: HttpToolsProtocol
serve()
