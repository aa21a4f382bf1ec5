"""Gradio answers every refused call with 500; what its caller did wrong is a 422."""

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CALLS = ("/gradio_api/run/", "/gradio_api/api/")


class CallStatus:
    """Middleware that gives a refusal of a direct call to the page's API the status 422.

    Only an answer that carries a message is one: Gradio leaves it out for errors of the program itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and hold back the start of a failed answer until its body is known."""
        if scope["type"] != "http" or not scope["path"].startswith(CALLS):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_corrected(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 500:
                held.append(message)
                return
            if held and message["type"] == "http.response.body":
                start = held.pop()
                start["status"] = 422 if has_message(message["body"]) else 500
                await send(start)
            await send(message)

        await self.app(scope, receive, send_corrected)


def has_message(body: bytes) -> bool:
    """Tell whether the body of a failed answer says what was wrong."""
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and bool(answer.get("error"))
