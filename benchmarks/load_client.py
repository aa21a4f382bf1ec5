"""A process that asks `POST /predict` over and over, on several connections at once.

`python -m benchmarks.load_client <port> <connections> <seconds>` writes the time each answer took, in
seconds, to standard output as JSON. A connection is kept as long as the server keeps it.
"""

import asyncio
import json
import sys
from time import perf_counter

import uvloop

HOST = "127.0.0.1"
BODY = b'{"features": [5.1, 3.5, 1.4, 0.2]}'
REQUEST = (
    b"POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: " + str(len(BODY)).encode() + b"\r\n\r\n" + BODY
)
END_OF_HEAD = b"\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def ask(streams: Streams) -> bool:
    """Send one request and read its whole answer; tell whether the connection stays open."""
    reader, writer = streams
    writer.write(REQUEST)
    head = (await reader.readuntil(END_OF_HEAD)).lower()
    await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise RuntimeError(f"the server answered {head.decode('latin-1')}")
    return b"connection: close" not in head


async def keep_asking(port: int, deadline: float, seconds: list[float]) -> None:
    """Ask one request after the other until `deadline`, and note how long each took."""
    streams: Streams | None = None
    while (start := perf_counter()) < deadline:
        streams = streams or await asyncio.open_connection(HOST, port)
        stays_open = await ask(streams)
        seconds.append(perf_counter() - start)
        if not stays_open:
            streams[1].close()
            streams = None
    if streams:
        streams[1].close()


async def keep_asking_on(port: int, connections: int, duration_s: float) -> list[float]:
    """Ask on several connections at once; return how long each answer took."""
    seconds: list[float] = []
    deadline = perf_counter() + duration_s
    await asyncio.gather(*(keep_asking(port, deadline, seconds) for _ in range(connections)))
    return seconds


if __name__ == "__main__":
    port, connections, duration_s = sys.argv[1:]
    result = uvloop.run(keep_asking_on(int(port), int(connections), float(duration_s)))
    json.dump(result, sys.stdout)
