"""The whole page: a tab for each subject, one for the models, and what a link opens."""

from pathlib import Path

import gradio as gr

from demo.access.upload_folder import KEPT_S
from demo.render.figures import CSS as FIGURES_CSS
from demo.render.links import MODELS_TAB, SESSIONS_TAB, group_by_subject
from demo.render.opening import cards_html
from demo.sessions.service import SessionService
from demo.ui.endpoints import add_endpoint
from demo.ui.events import DIRECT
from demo.ui.models_tab import ModelsTab
from demo.ui.navigation import Navigation
from demo.ui.page_head import TITLE
from demo.ui.predict_tab import PredictTab
from demo.ui.sessions.tab import SessionsTab
from demo.ui.subject_panel import Panel, build_panel
from models.registry import ModelCatalogue

# How often Gradio deletes uploads that are older than they may be.
CLEARED_EVERY_S = 600
MOST_QUEUED, AT_ONCE = 100, 4
# Two circles, one laid over the other: a second look at the same thing.
MARK = """<svg viewBox="0 0 28 20" width="28" height="20" aria-hidden="true">
<circle cx="10" cy="10" r="8.75"/><circle cx="18" cy="10" r="8.75"/></svg>"""
HEADER = f"""
<header class="page-header"><h1>{MARK}{TITLE}</h1>
<p>Type, see the answer and why, and judge whether to rely on it.</p></header>
"""
# Routes are described where programs find them; the link is relative, as the app may be below a path.
FOOTER = '<p class="page-footer"><a href="docs">Use it from a program</a></p>'


def build_blocks(catalogue: ModelCatalogue, service: SessionService) -> gr.Blocks:
    """Return the page for the sound models of a catalogue; the others are listed with their reasons."""
    specs = [model.spec for model in catalogue.loaded.values()]
    tabs = {
        name: PredictTab([catalogue[spec.name] for spec in group], service.answers)
        for name, group in group_by_subject(specs).items()
    }
    cleared = (CLEARED_EVERY_S, KEPT_S)
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=cleared) as blocks:
        gr.HTML(HEADER)
        gr.HTML(cards_html(catalogue.loaded.values()))
        notice = gr.HTML(elem_id="opened")
        panels: list[Panel] = []
        with gr.Tabs(elem_id="tabs") as tab_bar:
            for name, tab in tabs.items():
                with gr.Tab(tab.first.subject, id=name):
                    panels.append(build_panel(tab))
            with gr.Tab("Review sessions", id=SESSIONS_TAB):
                sessions_tab = SessionsTab(service)
            with gr.Tab("Models", id=MODELS_TAB):
                models_tab = ModelsTab(catalogue)
        gr.HTML(FOOTER)
        for tab in tabs.values():
            add_endpoint(tab)
        Navigation(catalogue, tabs, models_tab).connect(blocks, tab_bar, notice, panels)
        blocks.load(sessions_tab.open_link, None, sessions_tab.outputs, **DIRECT)
    # The page goes past the queue; this is for programs that do not.
    blocks.queue(max_size=MOST_QUEUED, default_concurrency_limit=AT_ONCE)
    return blocks  # type: ignore[no-any-return]


STATIC = Path(__file__).parent / "static"
STYLES = ("base", "predict", "answer", "map", "models", "sessions", "form")
CSS_FILES = (FIGURES_CSS, *(STATIC / "css" / f"{name}.css" for name in STYLES))
CSS = "".join(path.read_text("utf-8") for path in CSS_FILES)
SCRIPTS = (
    "fields.js",
    "address.js",
    "words.js",
    "answer.js",
    "map.js",
    "session.js",
    "form.js",
    "feedback.js",
    "access.js",
)
HEAD = "".join(f"<script>{(STATIC / name).read_text('utf-8')}</script>" for name in SCRIPTS)
