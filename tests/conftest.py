"""What the tests share: the models, one app, one server, one browser."""

import asyncio
import gc
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import settings
from running import Launch, clean_environment, launching

from demo.main import build_app
from demo.settings import Settings
from models.registry import LoadedModel, ModelCatalogue, discover_specs, load_catalogue
from models.spec import ModelSpec

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from starlette.testclient import TestClient

pytest_plugins = ("browsing", "databases", "sessions")

ROOT = Path(__file__).parent.parent
# The first that is there; a page costs the shell half of what it costs the others.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The same examples on every run, however slow the machine: more of them would find nothing new the next time.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def specs() -> dict[str, ModelSpec]:
    return discover_specs()


@pytest.fixture(scope="session")
def catalogue(specs: dict[str, ModelSpec]) -> ModelCatalogue:
    return load_catalogue(specs)


@pytest.fixture(scope="session")
def iris(catalogue: ModelCatalogue) -> LoadedModel:
    return catalogue["iris"]


@pytest.fixture(scope="session")
def reviews(catalogue: ModelCatalogue) -> LoadedModel:
    return catalogue["reviews"]


@contextmanager
def ask_app(
    uploads: Path, catalogue: ModelCatalogue, database_url: str = "", **changes: Any
) -> "Iterator[TestClient]":
    from starlette.testclient import TestClient

    with TemporaryDirectory() as folder:
        with warnings.catch_warnings():
            # Gradio leaves the event loops open that it makes beside its locks, the last one in use.
            warnings.simplefilter("ignore", ResourceWarning)
            url = database_url or f"sqlite:///{folder}/reviews.db"
            # One app takes the sessions of all tests.
            given: dict[str, Any] = {
                "database_url": url,
                "max_sessions_per_hour": 100_000,
            } | changes
            settings = Settings(**given)
            app = build_app(catalogue, settings, uploads)
            asyncio.set_event_loop(None)
            gc.collect()
        with TestClient(app) as client:
            yield client
        app.state.service.leave()


Asking = Callable[..., AbstractContextManager["TestClient"]]


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Asking:
    """Return what gives a client for the app with the models of a catalogue."""
    # One folder for every app of this process: Gradio reads its place anew for each file.
    return partial(ask_app, tmp_path_factory.mktemp("uploads"))


@pytest.fixture(scope="session")
def client(asking: Asking, catalogue: ModelCatalogue) -> "Iterator[TestClient]":
    with asking(catalogue) as client:
        yield client


@pytest.fixture(scope="module")
def launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launch]:
    """Start servers for the tests of one file: a start takes seconds, and a server 400 MB."""
    with launching(tmp_path_factory) as launch:
        yield launch


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served app."""
    with launching(tmp_path_factory) as launch:
        running = launch(["-m", "demo", "serve"])
        with httpx.Client(
            transport=httpx.HTTPTransport(retries=6), timeout=60, trust_env=False
        ) as patient:
            assert patient.get(f"{running.url}/health").status_code == 200
        yield running.url


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run_python() -> Run:
    """Run Python in a folder, with these settings alone, until it ends."""

    def run(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env=clean_environment() | settings,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not path:
        missing = "No Chromium was found on the PATH, and CHROMIUM names none"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"{missing}, but REQUIRE_BROWSER asks for the tests of the page.")
        pytest.skip(f"{missing}: the tests of the page did not run.")
    from playwright.sync_api import expect, sync_playwright

    # As long as Playwright waits for all else: on a busy machine five seconds are too few.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: "Browser", server: str) -> "BrowserContext":
    permissions = ["clipboard-read", "clipboard-write"]
    return browser.new_context(base_url=server, permissions=permissions)


@pytest.fixture
def page(context: "BrowserContext", server: str) -> "Iterator[Page]":
    """A new page that may not complain, open a dialog, or ask another host for anything."""
    complaints: list[str] = []

    def hear(message: Any) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    def watch(request: Any) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            complaints.append(f"foreign request: {request.url}")

    def refuse(dialog: Any) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    page.on("request", watch)
    page.on("dialog", refuse)
    yield page
    page.close()
    assert complaints == []


Visit = Callable[[str], "Page"]


@pytest.fixture
def visit(page: "Page") -> Visit:
    """Open an address of the app and wait until the page has read it."""

    def visit(address: str = "/") -> "Page":
        page.goto(address, wait_until="commit")
        page.locator("[data-opened]").wait_for(state="attached")
        return page

    return visit
