"""A server as a process of its own."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVER_PORTS = range(20_000, 32_000)
SETTING_PREFIXES = ("SECOND_OPINION_", "GRADIO_", "SPACE_")


def clean_environment() -> dict[str, str]:
    """Return the environment without any setting of the app."""
    return {
        name: text for name, text in os.environ.items() if not name.startswith(SETTING_PREFIXES)
    }


def free_port() -> int:
    """Return a port for a server that starts in some seconds.

    It is below those that a system gives to clients: one of these could take it until then.
    """
    for port in random.SystemRandom().sample(SERVER_PORTS, 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("None of a hundred ports is free.")


class Running:
    """A process that serves the app; its address is the one that it printed."""

    def __init__(self, command: list[str], folder: Path, log: Path, **settings: str) -> None:
        self.log = log
        # Never the database of whoever runs the tests.
        settings.setdefault("SECOND_OPINION_DATABASE_URL", f"sqlite:///{log.parent}/reviews.db")
        self.database_url = settings["SECOND_OPINION_DATABASE_URL"]
        with log.open("w") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=folder,
                env=clean_environment() | settings,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self.process.stdout
        self.announcement = self.process.stdout.readline()
        assert "http://" in self.announcement, self.stderr()
        self.url = "http://" + self.announcement.split("http://")[1].split()[0]
        self.answers_at_once = self.takes_connections()

    def takes_connections(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", int(self.url.rsplit(":", 1)[1]))) == 0

    def stderr(self) -> str:
        return self.log.read_text()

    def end(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        try:
            return self.process.wait(timeout=20)
        finally:
            self.close()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


Launch = Callable[..., Running]


@contextmanager
def launching(folders: pytest.TempPathFactory) -> Iterator[Launch]:
    """Give what starts a server and waits until it is up; whatever still runs at the end is killed."""
    started: list[Running] = []

    def launch(command: list[str], folder: Path = ROOT, **settings: str) -> Running:
        log = folders.mktemp("server") / "stderr"
        settings.setdefault("SECOND_OPINION_PORT", str(free_port()))
        started.append(Running(command, folder, log, **settings))
        return started[-1]

    try:
        yield launch
    finally:
        for running in started:
            running.close()
