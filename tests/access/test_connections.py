"""Clients that send nothing, too slowly, or too much header, against a real server."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from demo.access import connections
from demo.access.connections import LARGEST_HEADERS, limit_protocol

TIMEOUT_S = 1.0
MOST = 20
GET = b"GET / HTTP/1.1\r\nhost: a\r\n"


async def answer(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes, {len(request.headers)} headers")


async def large(_: Request) -> Response:
    return PlainTextResponse("x" * 50_000_000)


@pytest.fixture(scope="module")
def server() -> Iterator[uvicorn.Server]:
    """A server of our own in this process, with short limits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "CHECK_S", 0.1)
        patch.setattr(connections, "UNREAD_S", 0.5)
        patch.setattr(connections, "SLOWEST_BYTES_PER_S", 100_000)
        app = Starlette(
            routes=[Route("/", answer, methods=["GET", "POST"]), Route("/large", large)]
        )
        with serving(app) as found:
            yield found


@pytest.fixture(scope="module")
def port(server: uvicorn.Server) -> int:
    return int(server.servers[0].sockets[0].getsockname()[1])


@contextmanager
def serving(app: Starlette) -> Iterator[uvicorn.Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    protocol = limit_protocol(MOST, TIMEOUT_S)
    config = uvicorn.Config(
        app, http=protocol, ws="none", loop="uvloop", log_level="critical", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server
    server.should_exit = True
    thread.join(10)
    listener.close()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        yield connection


def rest_of(connection: socket.socket) -> str:
    """Return what comes until the server closes the connection."""
    received = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            received += piece
    return received.decode("latin-1")


def exchange(port: int, request: bytes) -> str:
    with connected(port) as connection:
        with suppress(ConnectionError):
            connection.sendall(request)
        return rest_of(connection)


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET",
        b"\r\n\r\n",
        GET,
        GET + b"content-length: 10\r\n\r\nabc",
        GET.replace(b"GET", b"POST") + b"transfer-encoding: chunked\r\n\r\n5\r\nabc",
    ],
)
def test_a_request_that_does_not_come_is_not_waited_for(port: int, start: bytes) -> None:
    began_at = time.monotonic()

    said = exchange(port, start)

    assert 0.5 < time.monotonic() - began_at < 6
    assert said.startswith("HTTP/1.1 408 ")
    assert said.endswith(
        '{"error": {"code": "too_slow", "message": "The request came too slowly; send it again over '
        'a better connection.", "field": null}}'
    )


def test_a_header_a_second_does_not_keep_a_connection(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(GET)
        stopped = threading.Event()

        def drip() -> None:
            while not stopped.wait(0.2):
                try:
                    connection.sendall(b"x: y\r\n")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        said = rest_of(connection)
        stopped.set()
        thread.join()

    assert said.startswith("HTTP/1.1 408 ")


def test_a_body_that_comes_fast_enough_may_take_its_time(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(GET.replace(b"GET", b"POST") + b"content-length: 800000\r\n\r\n")
        pause = threading.Event()
        for _ in range(8):
            connection.sendall(b"x" * 100_000)
            pause.wait(0.25)
        assert b"800000 bytes" in connection.recv(10_000)


@pytest.mark.parametrize(
    "headers",
    [
        b"x: " + b"y" * LARGEST_HEADERS,
        b"x: y\r\n" * LARGEST_HEADERS,
        b"".join(b"x%d: y\r\n" % number for number in range(10_000)),
    ],
)
@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"])
def test_more_header_than_there_may_be_is_refused(port: int, headers: bytes, end: bytes) -> None:
    said = exchange(port, GET + headers + end)

    # Whoever sends on may lose the answer, never get another.
    assert said == "" or said.startswith("HTTP/1.1 431 ")


def test_header_in_small_pieces_takes_no_longer_than_its_length(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(GET + b"x: ")
        sent = 0
        with suppress(OSError):
            while sent < 5_000_000:
                connection.sendall(b"y" * 1_000)
                sent += 1_000

    assert sent < 5_000_000
    assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200


def test_a_long_address_is_refused(port: int) -> None:
    said = exchange(port, b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nhost: a\r\n\r\n")

    assert said.startswith("HTTP/1.1 431 ")


def test_a_body_of_nothing_but_framing_is_refused(port: int) -> None:
    body = b"1;" + b"e" * 2_000_000 + b"\r\nx\r\n0\r\n\r\n"

    said = exchange(port, GET + b"transfer-encoding: chunked\r\n\r\n" + body)

    # Whoever sends on may lose the answer, never get another.
    assert said == "" or said.startswith("HTTP/1.1 431 ")


def test_what_is_no_request_is_told_so(port: int) -> None:
    said = exchange(port, b"\x16\x03\x01 not http\r\n\r\n")

    assert said.startswith("HTTP/1.1 400 ")
    assert '"code": "bad_request"' in said


def test_headers_that_browsers_send_are_taken(port: int) -> None:
    headers = {"cookie": "a" * 16_000, "x": "y" * 8_000}

    answer = httpx.get(f"http://127.0.0.1:{port}/", headers=headers)

    assert "0 bytes" in answer.text


def test_a_client_that_does_not_read_is_let_go(server: uvicorn.Server, port: int) -> None:
    with connected(port) as connection:
        connection.sendall(GET.replace(b"/ ", b"/large ") + b"\r\n")
        connection.recv(1_000)
        wait_until_alone(server)
        received = rest_of(connection)

    assert len(received) < 49_000_000


def wait_until_alone(server: uvicorn.Server) -> None:
    """Wait until the server has let every client go."""
    deadline = time.monotonic() + 10
    while server.server_state.connections:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_idle_connections_take_the_app_down_no_more(port: int) -> None:
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(MOST)]
    try:
        with connected(port) as one_more:
            said = rest_of(one_more)
        assert said.startswith("HTTP/1.1 503 ")
        assert "retry-after: 5" in said
        for connection in idle:
            connection.settimeout(10)
            assert "408" in rest_of(connection)
    finally:
        for connection in idle:
            connection.close()

    assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200


def test_many_requests_come_through_one_connection(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        answers = {client.post("/", content=b"x" * 1_000).text for _ in range(50)}

    assert len(answers) == 1


def test_a_system_that_is_asked_whether_the_peer_is_there(port: int) -> None:
    with connected(port) as connection:
        connections.probe_peer(connection)
        assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1


def test_files_may_be_opened_for_every_connection() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, before[1]))
    try:
        connections.allow_open_files(500)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(756, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
