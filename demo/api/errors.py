"""What no REST route takes: unknown models, unknown paths, wrong methods."""

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

from demo.api.deps import RequestError
from demo.api.predictions import answer_error
from models.errors import UnknownModel, UserError
from models.registry import ModelCatalogue

# Where nothing is but the routes of REST.
PREFIX, SINGLE_PATHS = "/api", ("/api", "/predict", "/health")
MODELS = "/api/models/"


class NoRoute:
    """An ASGI app that says why a request meets no route, whatever its method."""

    def __init__(self, routes: Sequence[BaseRoute], catalogue: ModelCatalogue) -> None:
        self.routes, self.catalogue = routes, catalogue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the error."""
        error, allowed = self.error_for(scope)
        response = answer_error(Request(scope), error)
        if allowed:
            response.headers["Allow"] = ", ".join(allowed)
        await response(scope, receive, send)

    def error_for(self, scope: Scope) -> tuple[UserError, list[str]]:
        """Return what is wrong with a request, and the methods that its path takes."""
        path = scope["path"]
        # A mount leaves its own part of the path out of what its routes are to match.
        whole = dict(scope) | {"root_path": scope.get("app_root_path", "")}
        matching = [route for route in self.routes if route.matches(whole)[0] != Match.NONE]
        allowed = sorted({method for route in matching for method in route.methods or ()})  # type: ignore[attr-defined]
        if allowed:
            message = f"{scope['method']} is not possible here; send {' or '.join(allowed)}."
            return RequestError(405, "wrong_method", message), allowed
        name = path.removeprefix(MODELS).partition("/")[0]
        if path.startswith(MODELS) and name and name not in self.catalogue.specs:
            return UnknownModel(name, self.catalogue.specs), []
        message = f"There is nothing at {path[:80]}; /docs lists what there is."
        return RequestError(404, "unknown_path", message), []


def add_error_routes(app: FastAPI, catalogue: ModelCatalogue) -> None:
    """Answer what no route takes; add this after every other route under the same paths."""
    no_route = NoRoute([route for route in app.routes if isinstance(route, APIRoute)], catalogue)
    app.router.routes += [Route(path, no_route) for path in SINGLE_PATHS]
    app.router.routes.append(Mount(PREFIX, no_route))
