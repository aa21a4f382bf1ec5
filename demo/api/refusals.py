"""What no REST route takes: unknown models, unknown paths, wrong methods."""

from fastapi import FastAPI, Request

from demo.api.body import RequestError
from models.errors import UnknownModel
from models.registry import Shelf

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# Where something is, for some method.
PATHS = (
    "/predict",
    "/health",
    "/api/models",
    "/api/reviews",
    "/api/reviews/{code}",
    "/api/reviews/{code}/reviewers",
    "/api/reviews/{code}/cases",
    "/api/reviews/{code}/cases/{case}",
    "/api/reviews/{code}/cases/{case}/verdict",
    "/api/reviews/{code}/close",
    "/api/reviews/{code}/report",
)


def add_refusals(app: FastAPI, shelf: Shelf) -> None:
    """Answer what no route takes; add this after every other route under the same paths."""
    router = app.router

    @router.api_route("/api/models/{name}", methods=METHODS, include_in_schema=False)
    @router.api_route("/api/models/{name}/predict", methods=METHODS, include_in_schema=False)
    async def unknown_model(request: Request) -> None:
        name = request.path_params["name"]
        if name not in shelf.specs:
            raise UnknownModel(name, shelf.specs)
        refuse_method(request)

    for path in PATHS:
        router.api_route(path, methods=METHODS, include_in_schema=False)(wrong_method)

    @router.api_route("/api", methods=METHODS, include_in_schema=False)
    @router.api_route("/api/{path:path}", methods=METHODS, include_in_schema=False)
    async def unknown_path(request: Request) -> None:
        path = request.path_params.get("path", "")
        raise RequestError(
            404, "unknown_path", f"There is nothing at /api/{path[:80]}; /docs lists what there is."
        )


async def wrong_method(request: Request) -> None:
    """Refuse a request to a path that takes others."""
    refuse_method(request)


def refuse_method(request: Request) -> None:
    """Raise for a method that a known path does not take."""
    raise RequestError(
        405, "wrong_method", f"{request.method} is not possible here; /docs says what is."
    )
