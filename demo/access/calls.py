"""Calls of the page's functions, checked before they reach Gradio: it logs and answers 500 to bad ones."""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demo.access.errors import PAGE_API, error_response
from models.errors import UserError, shown

CALLS = tuple(PAGE_API + name for name in ("run/", "api/", "call/", "queue/join"))
NAMED_ARGUMENTS = PAGE_API + "call/v2/"
LONGEST_SESSION = 100
# Gradio looks through nested values by recursion.
DEEPEST = 20
Kind = Literal["text", "number", "flag", "index", "value", "file"]
TYPES: dict[Kind, tuple[type, ...]] = {
    "text": (str, type(None)),
    "number": (int, float, type(None)),
    "flag": (bool, type(None)),
    "index": (int,),
}
HIGHEST_NUMBER = 1e15


class BadCall(UserError):
    """A call does not match a function of the page."""

    def __init__(self, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class PageInput:
    """What an input of a function may be; a "value" without choices is checked by the function itself."""

    kind: Kind
    choices: Container[object] | None = None

    def accepts(self, value: object) -> bool:
        """Tell whether a value that is no file may go into this input."""
        if not isinstance(value, TYPES.get(self.kind, object)):
            return False
        if (
            self.kind == "number"
            and isinstance(value, (int, float))
            and not abs(value) < HIGHEST_NUMBER
        ):
            return False
        return self.choices is None or value in self.choices


@dataclass(frozen=True)
class PageFunction:
    """A function of the page: its name for clients ("" for one of the page alone), and its inputs."""

    name: str
    inputs: tuple[PageInput, ...]


class FileMeta(BaseModel):
    """The mark by which Gradio recognises a file."""

    kind: Literal["gradio.FileData"] = Field(alias="_type")


class UploadedFile(BaseModel):
    """A file as Gradio's clients name it after its upload."""

    model_config = ConfigDict(extra="allow", strict=True)
    path: str
    meta: FileMeta
    url: str | None = None
    size: int | None = None
    orig_name: str | None = None
    mime_type: str | None = None
    is_stream: Literal[False] = False


class CallCheck:
    """Middleware that refuses calls with unknown functions, wrong numbers of values, or false files.

    `functions` are those of the page by Gradio's number for them; `folder` is where uploads are.
    """

    def __init__(self, app: ASGIApp, functions: Mapping[int, PageFunction], folder: Path) -> None:
        self.app, self.functions, self.folder = app, functions, folder.resolve()
        self.numbers = {
            function.name: number for number, function in functions.items() if function.name
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body of a call, and pass it on with the request if it is sound."""
        if (
            scope["type"] != "http"
            or scope["method"] != "POST"
            or not scope["path"].startswith(CALLS)
        ):
            await self.app(scope, receive, send)
            return
        body = await read_body(receive)
        if body is None:
            return
        try:
            self.check(scope["path"].rstrip("/"), body)
        except BadCall as error:
            await error_response(scope, error.status, "bad_call", error.message)(
                scope, receive, send
            )
            return
        await self.app(scope, replay(body, receive), send)

    def check(self, path: str, body: bytes) -> None:
        """Raise BadCall unless the body is a valid call of a function of the page."""
        call = parse_call(body)
        if path.startswith(NAMED_ARGUMENTS):
            self.function_at(path)
            check_plain(call)
            return
        session = call.get("session_hash")
        if not (session is None or (isinstance(session, str) and len(session) <= LONGEST_SESSION)):
            raise BadCall(f"session_hash is {shown(session)}; send a short text, or leave it out.")
        inputs = self.function_of(path, call).inputs
        values = read_values(call.get("data"), len(inputs))
        for position, (each, value) in enumerate(zip(inputs, values, strict=True), 1):
            if each.kind == "file":
                self.check_upload(value)
                continue
            check_plain(value)
            if not each.accepts(value):
                raise BadCall(f"Value {position} is not one that the page sends; reload the page.")

    def function_of(self, path: str, call: Mapping[str, Any]) -> PageFunction:
        """Return the function that is called: by its number, as the page does, or by its public name."""
        number = call.get("fn_index")
        if number is None:
            return self.function_at(path)
        if isinstance(number, bool) or not isinstance(number, int) or number not in self.functions:
            raise BadCall(f"The page has no function {shown(number)}; reload the page.", 404)
        return self.functions[number]

    def function_at(self, path: str) -> PageFunction:
        """Return the function that a path names; raise BadCall for one that is not for clients."""
        name = path.rpartition("/")[2]
        if name not in self.numbers:
            raise BadCall(
                f"There is no function {shown(name)}; call one of: {', '.join(self.numbers)}.", 404
            )
        return self.functions[self.numbers[name]]

    def check_upload(self, value: Any) -> None:
        """Raise BadCall unless the value is nothing, or files that were uploaded here."""
        for item in value if isinstance(value, list) else [value]:
            if item is not None and not self.was_uploaded(item):
                raise BadCall("This file was not uploaded here; choose it again.")

    def was_uploaded(self, item: Any) -> bool:
        """Tell whether a value names a file in the folder of uploads."""
        try:
            found = Path(UploadedFile.model_validate(item).path).resolve()
            return found.is_relative_to(self.folder) and found.is_file()
        except (ValidationError, OSError, ValueError):
            return False


async def read_body(receive: Receive) -> bytes | None:
    """Return the whole body of a request, None if the client leaves before its end."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a receiver that gives a body that was already read, then what follows it."""
    messages: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def next_message() -> Message:
        return next(messages, None) or await receive()

    return next_message


def parse_call(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a call; raise BadCall for anything else."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        call = None
    if not isinstance(call, dict):
        raise BadCall('The body is not a JSON object; send one such as {"data": ["..."]}.', 400)
    return call


def read_values(values: Any, n_wanted: int) -> list[Any]:
    """Return the values of a call; raise BadCall unless there are so many. What they are is not repeated."""
    if not isinstance(values, list):
        raise BadCall('The body must hold a list of values as "data".')
    if len(values) != n_wanted:
        raise BadCall(f"This function takes {n_wanted} value(s), but {len(values)} came.")
    return values


def check_plain(value: Any, depth: int = 0) -> None:
    """Raise BadCall for a value that holds what Gradio would take for a file, or is nested too deep."""
    if depth > DEEPEST:
        raise BadCall(f"A value is nested more than {DEEPEST} deep; send a text or a number.")
    if isinstance(value, dict):
        if isinstance(value.get("path"), str):
            raise BadCall("A file came where none is taken; send a text or a number.")
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            check_plain(part, depth + 1)
