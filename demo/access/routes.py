"""Which of Gradio's routes are open: those that the page and Gradio's clients use."""

from starlette.types import ASGIApp, Receive, Scope, Send

from demo.access.errors import PAGE_API, error_response

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Below PAGE_API, by the first part of the path. Gradio brings others, which nobody here needs: they
# rewrite the app, write links with tokens to the disk, fetch from other hosts, or watch its visitors.
OPEN = frozenset(
    {
        *("run", "api", "call", "queue", "cancel", "reset", "heartbeat"),
        *("info", "openapi.json", "app_id", "theme.css", "upload", "upload_progress"),
    }
)
FILE = "file="
# A file of another host would be fetched by this one.
ADDRESSES = ("http:", "https:", "//")
CLOSED_PAGES = ("/monitoring", "/login", "/logout")


class RouteFilter:
    """Middleware that answers 404 for Gradio's routes that are not open, before they reach Gradio."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an open route on."""
        if scope["type"] == "http":
            path = scope["path"]
            if scope["method"] not in METHODS:
                response = error_response(
                    scope,
                    405,
                    "wrong_method",
                    f"{scope['method'][:20]} is not possible here; send one of: {', '.join(METHODS)}.",
                    {"Allow": ", ".join(METHODS)},
                )
                await response(scope, receive, send)
                return
            if is_closed(path):
                response = error_response(
                    scope, 404, "unknown_path", "There is nothing here; /docs lists what there is."
                )
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)


def is_closed(path: str) -> bool:
    """Tell whether a path leads to one of Gradio's routes that nobody needs."""
    if not path.startswith(PAGE_API):
        return path.startswith(CLOSED_PAGES)
    rest = path[len(PAGE_API) :]
    if rest.startswith(FILE):
        return rest[len(FILE) :].lower().startswith(ADDRESSES)
    return rest.partition("/")[0] not in OPEN
