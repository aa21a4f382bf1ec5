"""A process in which many reviewers judge at once, each one case after the other.

`python -m benchmarks.review_client <port> <code> <reviewers>` writes what they saw to standard output as
JSON. What gets no answer, or 503 because the database is gone, they send again.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any

import uvloop

HOST = "127.0.0.1"
END_OF_HEAD = b"\r\n\r\n"
PAUSE_S = 0.1
# A server that starts again takes some seconds.
PATIENCE_S = 60.0
NOT_NOW = 503
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Story:
    """How long answers took, in seconds; each verdict that was answered with 200; what came back."""

    joined: list[float] = field(default_factory=list)
    cases: list[float] = field(default_factory=list)
    verdicts: list[float] = field(default_factory=list)
    stored: list[dict[str, Any]] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        """Note that something has to be sent again."""
        self.refusals[reason] = self.refusals.get(reason, 0) + 1


class Caller:
    """A reviewer's connection to the app, which is made again when it breaks."""

    def __init__(self, port: int, story: Story) -> None:
        self.port = port
        self.story = story
        self.token = ""
        self.streams: Streams | None = None

    async def call(
        self, seconds: list[float], method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the answer to a request, sent until there is one, and note how long that one took."""
        deadline = perf_counter() + PATIENCE_S
        while perf_counter() < deadline:
            start = perf_counter()
            try:
                status, answer = await self.send(method, path, json.dumps(body or {}).encode())
            except (OSError, EOFError) as error:
                self.hang_up()
                self.story.refuse(type(error).__name__)
            else:
                if status < 300:
                    seconds.append(perf_counter() - start)
                    return answer
                if status != NOT_NOW:
                    raise RuntimeError(f"{method} {path} was answered with {status}: {answer}")
                self.story.refuse(answer["error"]["code"])
            await asyncio.sleep(PAUSE_S)
        raise TimeoutError(f"{method} {path} got no answer.")

    async def send(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Send one request and return the status and the body of its answer."""
        self.streams = self.streams or await asyncio.open_connection(HOST, self.port)
        reader, writer = self.streams
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answered = (await reader.readuntil(END_OF_HEAD)).lower()
        length = int(answered.partition(b"content-length:")[2].partition(b"\r\n")[0])
        content = await reader.readexactly(length)
        if b"connection: close" in answered:
            self.hang_up()
        return int(answered.split(maxsplit=2)[1]), json.loads(content)

    def hang_up(self) -> None:
        """Close the connection."""
        if self.streams:
            self.streams[1].close()
            self.streams = None


async def session(port: int, code: str, name: str, story: Story) -> None:
    """Join a session and judge every case."""
    caller, path = Caller(port, story), f"/api/sessions/{code}"
    joined = await caller.call(story.joined, "POST", f"{path}/reviewers", {"name": name})
    caller.token = joined["reviewer_token"]
    while True:
        case_view = await caller.call(story.cases, "GET", f"{path}/cases/next")
        if case_view["case"] is None:
            break
        number = case_view["case"]["id"]
        said = {"verdict": "agree", "comment": f"{name} on {number}"}
        verdict = f"{path}/cases/{number}/verdict"
        story.stored.append(await caller.call(story.verdicts, "PUT", verdict, said))
    caller.hang_up()


async def review_all(port: int, code: str, n_reviewers: int, story: Story) -> None:
    """Let reviewers judge at once, until each has judged every case."""
    names = [f"Reviewer {number}" for number in range(n_reviewers)]
    await asyncio.gather(*(session(port, code, name, story) for name in names))


if __name__ == "__main__":
    port, code, n_reviewers = sys.argv[1:]
    story, start = Story(), perf_counter()
    uvloop.run(review_all(int(port), code, int(n_reviewers), story))
    json.dump(asdict(story) | {"seconds": perf_counter() - start}, sys.stdout)
