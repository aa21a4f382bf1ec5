"""The app as a server: its socket, signals and share link, and the tasks beside the start."""

import gc
import os
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from demo.access.upload_folder import upload_folder
from demo.main import build_app
from demo.render.links import local_address
from demo.settings import Settings, read_settings
from models.errors import UserError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Config, Server

    from demo.sessions.service import SessionService
    from models.own.description import Brought
    from models.registry import ModelCatalogue

GRACE_S = 3
# Variables of a Space, of continuous integration, and of who works from another machine.
ELSEWHERE = ("SPACE_ID", "CI", "SSH_CONNECTION", "SSH_TTY")
HIGHEST_PORT = 65_535


class StartError(UserError):
    """The app cannot start."""

    code = "start"


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; raise StartError if that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # From here on the port is taken, and early requests wait until the models are loaded.
        listener.listen()
    except OSError as error:
        listener.close()
        other = port + 1 if port < HIGHEST_PORT else port - 1
        raise StartError(
            f"Cannot listen on {host}:{port} ({error.strerror or error}); "
            f"choose another port: `make demo PORT={other}` or `python -m demo serve --port {other}`."
        ) from error
    return listener


def open_share_link(port: int) -> str:
    """Return the public address of a tunnel to `port`; raise StartError if it cannot be made."""
    import secrets

    import httpx
    from gradio.exceptions import ChecksumMismatchError
    from gradio.networking import setup_tunnel

    try:
        return setup_tunnel("127.0.0.1", port, secrets.token_urlsafe(32), None, None)
    except (OSError, RuntimeError, ValueError, httpx.HTTPError, ChecksumMismatchError) as error:
        raise StartError(
            f"No share link: Gradio's tunnel could not be reached ({str(error).rstrip('.')}). "
            "The app goes on at its own address; check the network to get a link."
        ) from error


@contextmanager
def exit_quietly(server: "Server") -> Iterator[None]:
    """Let SIGINT and SIGTERM end the process with status 0 once the server has shut down."""

    def leave(*_: object) -> None:
        if server.should_exit:
            raise SystemExit(0)
        # The server does not listen to signals yet; what is being imported may swallow an exception.
        server.should_exit = True

    previous = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Pause the garbage collector during the start, and exempt what the start made from later rounds.

    A start makes 400,000 objects that stay; scanning them repeatedly takes a fifth of its time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def run(
    settings: Settings,
    share: bool = False,
    browser: bool = False,
    brought: "Sequence[Brought]" = (),
    only: bool = False,
) -> None:
    """Load the models and serve the app until it is told to stop; `browser` opens the page in one.

    Models that are `brought` come beside the app's own, or in their place if `only` they are wanted.
    Raises UserError if the address is taken, a model that is brought is refused, or none is sound.
    """
    listener = open_socket(settings.host, settings.port)
    with upload_folder(settings.host, settings.port) as uploads:
        with pause_collector():
            import uvicorn

            from models.own.catalogue import load_models

            catalogue = load_models(brought, only=only)
            app = build_app(catalogue, settings, uploads)
        for error in catalogue.unavailable.values():
            print(error.message, file=sys.stderr)
        server = uvicorn.Server(server_config(app, settings))
        with exit_quietly(server):
            print(f"Second Opinion is at {local_address(settings)} (Ctrl-C stops it)", flush=True)
            in_background(warm_up, catalogue, server)
            if settings.database_url:
                in_background(open_early, app.state.service, server)
            if browser:
                in_background(open_browser, local_address(settings), server)
            if share:
                in_background(announce_share_link, settings.port)
            try:
                server.run(sockets=[listener])
            finally:
                app.state.service.leave()


def server_config(app: "FastAPI", settings: Settings) -> "Config":
    import uvicorn

    from demo.access.connections import allow_open_files, limit_protocol

    allow_open_files(settings.max_connections)
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        loop="uvloop",
        http=limit_protocol(settings.max_connections, settings.request_timeout_s),
        ws="none",
        proxy_headers=True,
        forwarded_allow_ips="*" if settings.on_space else None,
        timeout_graceful_shutdown=GRACE_S,
    )


def in_background(task: Callable[..., None], *arguments: object) -> None:
    """Run a task that the start need not wait for."""
    Thread(target=task, args=arguments, daemon=True).start()


def warm_up(catalogue: "ModelCatalogue", server: "Server") -> None:
    """Ask each model once, so that what is imported and compiled for a first answer keeps nobody waiting."""
    from demo.render.answer import answer_html
    from models.explain.answers import predict_explained

    wait_for(server)
    for model in catalogue.loaded.values():
        answer_html(predict_explained(model, model.spec.examples[0].record), 0)


def open_early(service: "SessionService", server: "Server") -> None:
    """Open the configured database, and say at once if that fails; the app runs without it.

    The user's own file is opened when it is first needed: most visitors never need it.
    """
    wait_for(server)
    try:
        service.opening.open()
    except UserError as error:
        print(error.message, file=sys.stderr)


def wait_for(server: "Server") -> None:
    """Wait until the server accepts requests: imports in parallel would slow down the start."""
    while not server.started:
        time.sleep(0.05)


def open_browser(address: str, server: "Server") -> None:
    """Show the page to whoever has started the app at this machine."""
    wait_for(server)
    webbrowser.open(address)


def is_at_desktop(environ: Mapping[str, str]) -> bool:
    """Tell whether somebody sits before this machine's own screen and has started the app by hand."""
    if not sys.stdout.isatty() or any(name in environ for name in ELSEWHERE):
        return False
    has_display = bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return has_display or sys.platform in ("darwin", "win32")


def announce_share_link(port: int) -> None:
    """Print the public address, or why there is none; the app is served all the same."""
    try:
        print(f"Anyone can reach it at {open_share_link(port)}", flush=True)
    except StartError as error:
        print(error.message, file=sys.stderr)


def serve(
    host: str | None = None,
    port: int | None = None,
    share: bool = False,
    browser: bool | None = None,
    brought: "Sequence[Brought]" = (),
    only: bool = False,
) -> None:
    """Serve with the settings of the environment, overridden by these arguments; exit with 2 on an error.

    A browser is opened on a desktop unless `browser` says otherwise. Models that are `brought` come before
    those that the environment names.
    """
    try:
        settings = read_settings(os.environ)
        given = {"host": host or settings.host, "port": port or settings.port}
        settings = settings.model_copy(update=given)
        from models.own.description import Brought

        named = [*brought, *map(Brought, settings.models)]
        opens = is_at_desktop(os.environ) if browser is None else browser
        run(settings, share, opens, named, only)
    except UserError as error:
        print(error.message, file=sys.stderr)
        sys.exit(2)
