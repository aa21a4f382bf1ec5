"""The composition root: settings, models, store, routes and page become one ASGI app."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demo import __version__
from demo.access.upload_folder import FOLDER_VARIABLE
from demo.address import Address
from demo.challenger import ChallengerTrainer

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

    from demo.sessions.model import Session
    from demo.sessions.service import SessionService
    from demo.settings import Settings
    from demo.store.sessions import Store
    from models.registry import ModelCatalogue

# Gradio reads these when it is imported.
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1"}
DESCRIPTION = """\
Models to be tried and judged.
Every error has the shape `{"error": {"code", "message", "field"}}`.
"""


def build_app(catalogue: "ModelCatalogue", settings: "Settings", uploads: Path) -> "FastAPI":
    """Return the ASGI app: the REST routes, and the page on every other path.

    Its `state.service` is the session service; `uploads` is the folder of what people upload.
    """
    # Gradio reads the folder from here whenever it needs it.
    os.environ |= QUIET | {FOLDER_VARIABLE: str(uploads)}
    from fastapi_offline import FastAPIOffline

    from demo.access.protection import add_protection
    from demo.api.predictions import add_api
    from demo.api.sessions import add_session_api

    app = FastAPIOffline(
        title="Second Opinion",
        description=DESCRIPTION,
        version=__version__,
        redoc_url=None,
        redirect_slashes=False,
    )
    service = build_service(catalogue, settings)
    endpoints = add_api(app, catalogue, settings.max_explained_characters)
    add_session_api(app, service)
    add_protection(app, settings, endpoints)
    mount_page(app, service, settings, uploads)
    return app


def mount_page(
    app: "FastAPI", service: "SessionService", settings: "Settings", uploads: Path
) -> None:
    """Show the page of an app wherever it has no route."""
    from demo.ui.gradio_import import import_gradio

    import_gradio()
    from demo.access.protection import protected_page
    from demo.api.errors import RestOrPage
    from demo.ui.endpoints import describe_functions
    from demo.ui.page import build_blocks
    from demo.ui.page_files import PageFiles
    from demo.ui.page_head import add_head

    blocks = build_blocks(service.catalogue, service)
    blocks.state_session_capacity = settings.max_page_states
    # Gradio checks the paths of files only in an app that it has started itself.
    blocks.has_launched = True
    shown = (block for block in blocks.blocks.values() if getattr(block, "visible", True))
    files = PageFiles({block.get_block_name() for block in shown})
    files.add_routes(app)
    add_head(app, blocks, settings.public_url, files.head)
    page = take_page(app, blocks, settings)
    protected = protected_page(page, settings, describe_functions(blocks), uploads)
    # Not a route: it would take what another method of a route of REST's is sent to.
    app.router.default = RestOrPage(protected, service.catalogue)


def take_page(app: "FastAPI", blocks: "Blocks", settings: "Settings") -> Any:
    """Return the page as an ASGI app that shares the life of `app`, without a place among its routes."""
    import gradio as gr
    from gradio.route_utils import CustomCORSMiddleware
    from starlette.routing import Mount

    from demo.access.bodies import MB
    from demo.ui.page import CSS, HEAD
    from demo.ui.page_head import FAVICON
    from demo.ui.theme import build_theme

    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=settings.root_path or None,
        theme=build_theme(),
        css=CSS,
        head=HEAD,
        favicon_path=str(FAVICON),
        show_error=False,
        enable_monitoring=False,
        run_history=False,
        footer_links=[],
        ssr_mode=False,
        max_file_size=settings.max_upload_mb * MB,
    )
    mount = app.routes.pop()
    assert isinstance(mount, Mount)
    page: Any = mount.app
    # Under a public name Gradio's lets every origin read; which may is decided before it.
    page.user_middleware = [
        each for each in page.user_middleware if each.cls is not CustomCORSMiddleware
    ]
    return page


def build_service(
    catalogue: "ModelCatalogue", settings: "Settings", *, limited: bool = True
) -> "SessionService":
    """Return the session service on the database that the settings name, which is opened when needed.

    `limited` is for the public: the limits of the settings hold.
    """
    from demo.sessions.service import SessionService

    def open_store() -> "Store":
        from demo.store.limits import limits_of
        from demo.store.sessions import open_store

        limits = limits_of(settings) if limited else None
        return open_store(settings.database_url, settings.journal_mode, limits)

    def find_folder() -> Path:
        from demo.store.engines import data_folder

        return data_folder(settings.database_url) / "challengers"

    address = Address(settings.public_url, settings.root_path)
    trainer = ChallengerTrainer(find_folder)
    return SessionService(catalogue, open_store, address, freeze_report, trainer)


def freeze_report(service: "SessionService", session: "Session") -> None:
    """Make and store the report of a closed session, as a page and as JSON."""
    from demo.report.report import report

    report(service, session, "html")
