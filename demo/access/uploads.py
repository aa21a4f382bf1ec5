"""Uploads: how much all of them may hold, and how many files a request may bring."""

import errno
import logging
from pathlib import Path

import anyio.to_thread
from python_multipart.multipart import parse_options_header
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demo.access.errors import UPLOAD, error_response, header
from demo.access.upload_folder import KEPT_S, clear_out

LOG = logging.getLogger(__name__)
MOST_PARTS = 10


class UploadLimit:
    """Middleware that takes uploads as long as there is room for them, and answers bad ones in words."""

    def __init__(self, app: ASGIApp, folder: Path, most_bytes: int, largest_request: int) -> None:
        self.app, self.folder, self.most_bytes = app, folder, most_bytes
        self.largest_request = largest_request
        self.n_coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on if it is one and fits in."""
        if scope["type"] != "http" or scope["path"].rstrip("/") != UPLOAD:
            await self.app(scope, receive, send)
            return
        boundary = boundary_of(scope)
        if scope["method"] != "POST" or not boundary:
            await unreadable(scope)(scope, receive, send)
            return
        size = int(header(scope, b"content-length") or self.largest_request)
        there = await anyio.to_thread.run_sync(clear_out, self.folder)
        if there + self.n_coming + size > self.most_bytes:
            await no_room(scope)(scope, receive, send)
            return
        self.n_coming += size
        try:
            await Upload(boundary).run(self.app, scope, receive, send)
        finally:
            self.n_coming -= size


class Upload:
    """One upload: it counts its parts as they come, and passes no answer of 500 on."""

    def __init__(self, boundary: bytes) -> None:
        self.mark = b"--" + boundary
        self.rest = b""
        self.n_parts = 0
        self.has_answer = False

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app; answer for it if it fails."""
        full = False

        async def receive_counting() -> Message:
            message = await receive()
            self.count(message.get("body", b""))
            return message if self.n_parts <= MOST_PARTS else {"type": "http.disconnect"}

        async def send_if_allowed(message: Message) -> None:
            self.has_answer = self.has_answer or message.get("status", 500) < 500
            if self.has_answer:
                await send(message)

        try:
            await app(scope, receive_counting, send_if_allowed)
        except Exception as error:
            # Gradio fails in many ways at what is no upload; only a full disk is not the sender's doing.
            LOG.info("an upload failed: %r", error)
            full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        if not self.has_answer:
            await (no_room(scope) if full else unreadable(scope))(scope, receive, send)

    def count(self, body: bytes) -> None:
        """Count the beginnings of parts, also where two pieces of a body meet."""
        text = self.rest + body
        self.n_parts += text.count(self.mark)
        self.rest = text[-(len(self.mark) - 1) :]


def no_room(scope: Scope) -> Response:
    """Return the answer to an upload for which there is no room."""
    message = "The app has no room for more uploaded files; try again in an hour."
    return error_response(scope, 507, "uploads_full", message, {"Retry-After": str(KEPT_S)})


def unreadable(scope: Scope) -> Response:
    """Return the answer to an upload that cannot be read."""
    message = f"The upload cannot be read; send one to {MOST_PARTS - 1} files at a time."
    return error_response(scope, 400, "bad_upload", message)


def boundary_of(scope: Scope) -> bytes:
    """Return what stands between the parts of an upload, b"" if it is none."""
    kind, options = parse_options_header(header(scope, b"content-type"))
    return options.get(b"boundary", b"") if kind == b"multipart/form-data" else b""
