"""How many connections there may be, how long a request may take to come in, how large its headers may be."""

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from demo.access.errors import raw_response

# How often a connection is looked at.
CHECK_S = 2.0
# Browsers send 1 to 4 kB of them, and proxies seldom let more than 16 pass.
LARGEST_HEADERS = 32_768
# A request has more time the more of its body has come: this is a telephone on a bad line.
SLOWEST_BYTES_PER_S = 4_096
# Chunks of one byte each come with five more; more than this around a body is sent to do harm.
MOST_FRAMING = 8
# How long an answer may wait for a client that does not read it.
UNREAD_S = 60.0
# When the other end is asked whether it is still there, how often, and how many times.
PROBES = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}


class TooMuchHeader(Exception):
    """A request's headers are over the limit; the parser must stop."""


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol on httptools, with the limits that it lacks; `limit_protocol` sets them."""

    most_connections = 1_000
    timeout_s = 20.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or answer that there are too many."""
        super().connection_made(transport)
        # Since when a request is coming in, None while none is; and what of it has come.
        self.began_at: float | None = self.loop.time()
        self.blocked_at: float | None = None
        self.has_headers = False
        self.n_body = self.n_framing = 0
        self.timer: asyncio.TimerHandle | None = None
        if len(self.connections) > self.most_connections:
            message = "Too many connections are open; try again in a few seconds."
            self.refuse("503 Service Unavailable", "too_busy", message, {"retry-after": "5"})
            return
        probe_peer(transport.get_extra_info("socket"))
        self.timer = self.loop.call_later(CHECK_S, self.look)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.timer:
            self.timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, and stop at more header than there may be."""
        if self.transport.is_closing():
            return
        if self.began_at is None:
            self.began_at = self.loop.time()
        n_body = self.n_body
        super().data_received(data)
        self.n_framing += len(data) - max(0, self.n_body - n_body)
        most = LARGEST_HEADERS + (MOST_FRAMING * self.n_body if self.has_headers else 0)
        if self.began_at is not None and self.n_framing > most:
            self.refuse_headers()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.began_at = self.loop.time()
        self.has_headers = False
        self.n_body = self.n_framing = 0

    def on_headers_complete(self) -> None:
        """Hand the request to the app, unless its address or its headers are over the limit."""
        self.has_headers = True
        n_header = sum(len(name) + len(value) for name, value in self.headers)
        if n_header + len(self.url) > LARGEST_HEADERS:
            self.refuse_headers()
            raise TooMuchHeader
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count a piece of a body."""
        self.n_body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the clock of the request."""
        self.began_at = None
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Note since when the client does not read."""
        self.blocked_at = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Go on with an answer."""
        self.blocked_at = None
        super().resume_writing()

    def look(self) -> None:
        """Close a connection whose client takes too long to send or to read, or look again later."""
        now = self.loop.time()
        self.timer = self.loop.call_later(CHECK_S, self.look)
        if self.blocked_at is not None and now - self.blocked_at > UNREAD_S:
            self.transport.abort()
        # While the app does not read on, the client cannot send.
        elif self.began_at is not None and not self.flow.read_paused:
            allowed_s = self.timeout_s + self.n_body / SLOWEST_BYTES_PER_S
            if now - self.began_at > allowed_s:
                message = "The request came too slowly; send it again over a better connection."
                self.refuse("408 Request Timeout", "too_slow", message)

    def refuse_headers(self) -> None:
        """Answer that there is too much header."""
        most = f"{LARGEST_HEADERS // 1024} kB"
        message = f"The address and headers of the request are over {most}; send less of them."
        self.refuse("431 Request Header Fields Too Large", "headers_too_large", message)

    def refuse(
        self, status: str, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        """Answer with an error, unless an answer has begun, and close the connection."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(raw_response(status, code, message, headers or {}))
        self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer that the request is not valid, unless it was refused already."""
        message = "This is not a request in HTTP that can be read."
        self.refuse("400 Bad Request", "bad_request", message)


def limit_protocol(most_connections: int, timeout_s: float) -> type[HttpToolsProtocol]:
    """Return the protocol with these limits, as uvicorn takes it."""
    limits = {"most_connections": most_connections, "timeout_s": timeout_s}
    return type("GuardedProtocol", (GuardedProtocol,), limits)


def probe_peer(connection: socket.socket) -> None:
    """Let the system detect that the other end of a connection has vanished."""
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in PROBES.items():
        # Not every system has these.
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def allow_open_files(n_connections: int) -> None:
    """Raise the number of files that this process may open, as far as the system lets it."""
    try:
        import resource
    except ImportError:
        # Windows has no such limit.
        return
    wanted = n_connections + 256
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
