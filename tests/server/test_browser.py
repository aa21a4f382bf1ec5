"""Whether and how the page is opened for whoever starts the app."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from demo import server
from demo.server import is_at_desktop

DESKTOP = {"DISPLAY": ":0"}


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    def set_terminal(is_one: bool) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: is_one)

    return set_terminal


@pytest.mark.parametrize(
    ("environ", "is_terminal", "expected"),
    [
        (DESKTOP, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        (DESKTOP, False, False),
        ({}, True, False),
        *((DESKTOP | {name: "1"}, True, False) for name in server.ELSEWHERE),
    ],
)
def test_a_browser_is_opened_on_a_desktop_alone(
    at_terminal: Callable[[bool], None],
    environ: dict[str, str],
    is_terminal: bool,
    expected: bool,
) -> None:
    at_terminal(is_terminal)

    assert is_at_desktop(environ) is expected


def test_the_browser_is_sent_to_the_page_once_it_is_served(
    launch: Callable[..., object], tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(
        f"#!/bin/sh\nprintf '%s ' \"$1\" > {seen}\n"
        f"{sys.executable} -c 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1] + "
        f'"/health").status)\' "$1" >> {seen}\n'
    )
    browser.chmod(0o700)
    asked = ["-m", "demo", "serve", "--browser"]

    running = launch(asked, BROWSER=f"{browser} %s", no_proxy="*")
    for _ in range(200):
        if seen.exists() and seen.read_text().strip().endswith("200"):
            break
        time.sleep(0.1)

    assert seen.read_text().split() == [running.url, "200"]  # type: ignore[attr-defined]
