"""The apps under measurement as processes of their own, on one core."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from benchmarks import cores

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
PATIENCE_S = 120.0
POLL_S = 0.002
STOP_S = 10.0


@dataclass(frozen=True)
class App:
    """How to start an app: arguments of Python, where "{port}" stands for the port.

    `path` is answered as soon as the app is up; `settings` are environment variables.
    """

    arguments: tuple[str, ...]
    path: str
    settings: dict[str, str] = field(default_factory=dict, hash=False)


OURS = App(("app.py",), "/health")
UNGUARDED = App(("-m", "benchmarks.baselines.unguarded_app"), "/health")
EMPTY = App(("-m", "benchmarks.baselines.empty_app"), "/")
INTERFACE = App(("-m", "benchmarks.baselines.interface_app"), "/")
FLASK = App(
    (
        *("-m", "gunicorn", "benchmarks.baselines.flask_app:app", "--bind", HOST + ":{port}"),
        *("--workers", "1", "--worker-class", "sync", "--log-level", "warning"),
    ),
    "/",
)
FASTAPI = App(
    (
        *("-m", "uvicorn", "benchmarks.baselines.fastapi_app:app", "--host", HOST),
        *("--port", "{port}", "--log-level", "warning", "--no-access-log"),
    ),
    "/",
)


@dataclass(frozen=True)
class Server:
    """A running app."""

    process: subprocess.Popen[bytes]
    port: int
    start_s: float
    """From the start of its process to the first answer, without what others took."""

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"http://{HOST}:{self.port}"

    def kept_waiting_s(self) -> float:
        """Return how long other processes have kept it, or its worker, from running when it could."""
        pid = self.process.pid
        workers = read(f"/proc/{pid}/task/{pid}/children").split()
        return kept_waiting_s(next(map(int, workers), pid))

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def read(path: str) -> str:
    """Return what the system says of a process; "" where it keeps no such file."""
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""


def kept_waiting_s(pid: int) -> float:
    """Return how long others have kept the main thread of a process from running when it could."""
    schedule = read(f"/proc/{pid}/schedstat").split()
    return int(schedule[1]) / 1e9 if schedule else 0.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def environment(port: int) -> dict[str, str]:
    """Return the environment of an app: its port, byte code cached as usual, and no telemetry."""
    environ = {name: value for name, value in os.environ.items() if name not in UNUSUAL}
    return environ | {
        "SECOND_OPINION_PORT": str(port),
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }


UNUSUAL = (
    "PYTHONDONTWRITEBYTECODE",
    "SPACE_ID",
    "SECOND_OPINION_HOST",
    "SECOND_OPINION_DATABASE_URL",
    "GRADIO_SERVER_NAME",
)


def answers(port: int, path: str) -> bool:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def wait_for(process: subprocess.Popen[bytes], port: int, path: str, log: IO[bytes]) -> None:
    """Return as soon as `path` is answered; raise RuntimeError, with the log, if that never happens."""
    deadline = time.perf_counter() + PATIENCE_S
    while not answers(port, path):
        if process.poll() is not None or time.perf_counter() > deadline:
            log.seek(0)
            said = log.read().decode("utf-8", "replace")
            raise RuntimeError(f"{process.args!r} did not answer {path}. It said:\n{said}")
        time.sleep(POLL_S)


@contextmanager
def served(app: App, on: Set[int] = frozenset(cores.MEASURED)) -> Iterator[Server]:
    """Start an app on cores of its own, wait for its first answer, and stop it in the end."""
    port = free_port()
    command = [sys.executable, *(argument.format(port=port) for argument in app.arguments)]
    start = time.perf_counter()
    with TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=environment(port) | app.settings,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=partial(cores.pin, on),
        )
        try:
            wait_for(process, port, app.path, log)
            wall_s = time.perf_counter() - start
            yield Server(process, port, wall_s - kept_waiting_s(process.pid))
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, gently at first."""
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
