"""The page's HTML as Gradio makes it, with a head of ours."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# After Gradio's own stylesheet: of rules that weigh the same the later one holds.
HEAD_END = b"</head>"


class Document:
    """Middleware that puts `head` into the page's HTML: Gradio adds its own `head` late, by a script."""

    def __init__(self, app: ASGIApp, head: str) -> None:
        self.app = app
        self.head = head.encode() + HEAD_END

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change its answer if that is the page, which comes in one piece."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start = held.pop()
                message["body"] = self.change(message["body"])
                MutableHeaders(scope=start)["content-length"] = str(len(message["body"]))
                await send(start)
            await send(message)

        await self.app(scope, receive, send_changed)

    def change(self, page: bytes) -> bytes:
        """Return the page with our head; what is not the page has no such place."""
        return page.replace(HEAD_END, self.head, 1)
