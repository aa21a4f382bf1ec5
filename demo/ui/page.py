"""The whole page: a tab for each subject, one for the models, and what a link opens."""

from typing import Any

import gradio as gr

from demo.access.upload_folder import KEPT_S
from demo.render.answer import notices_html
from demo.render.figures import CSS as FIGURES_CSS
from demo.render.links import MODELS_TAB, SESSIONS_TAB, group_by_subject, read_query
from demo.sessions.service import SessionService
from demo.ui.assets import STATIC, TYPEFACE
from demo.ui.endpoints import add_endpoint
from demo.ui.events import DIRECT
from demo.ui.models_tab import build_models_tab
from demo.ui.predict_tab import PredictTab
from demo.ui.sessions.tab import SessionsTab
from demo.ui.subject_panel import Panel, build_panel
from models.registry import ModelCatalogue

TITLE = "Second Opinion"
# How often Gradio deletes uploads that are older than they may be.
CLEARED_EVERY_S = 600
MOST_QUEUED, AT_ONCE = 100, 4
# Two circles, one laid over the other: a second look at the same thing.
MARK = """<svg viewBox="0 0 28 20" width="28" height="20" aria-hidden="true">
<circle cx="10" cy="10" r="8.75"/><circle cx="18" cy="10" r="8.75"/></svg>"""
HEADER = f"""
<header class="page-header"><h1>{MARK}{TITLE}</h1>
<p>Try these models on your own examples, and judge whether you would rely on them.</p></header>
"""


def build_blocks(catalogue: ModelCatalogue, service: SessionService) -> gr.Blocks:
    """Return the page for the sound models of a catalogue; the others are listed with their reasons."""
    groups = group_by_subject(model.spec for model in catalogue.loaded.values())
    tabs = {
        name: PredictTab([catalogue[spec.name] for spec in specs], service.answers)
        for name, specs in groups.items()
    }
    cleared = (CLEARED_EVERY_S, KEPT_S)
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=cleared) as blocks:
        gr.HTML(HEADER)
        notice = gr.HTML(elem_id="opened")
        panels: list[Panel] = []
        with gr.Tabs(elem_id="tabs") as tab_bar:
            for name, tab in tabs.items():
                with gr.Tab(tab.first.subject, id=name):
                    panels.append(build_panel(tab))
            with gr.Tab("Review sessions", id=SESSIONS_TAB):
                sessions_tab = SessionsTab(service)
            with gr.Tab("Models", id=MODELS_TAB):
                build_models_tab(catalogue)
        for tab in tabs.values():
            add_endpoint(tab)

        def open_link(request: gr.Request) -> list[Any]:
            specs = [model.spec for model in catalogue.loaded.values()]
            query = dict(request.query_params)
            link = read_query(query | ({"tab": SESSIONS_TAB} if "session" in query else {}), specs)
            states = [state for tab in tabs.values() for state in tab.follow_link(link)]
            return [gr.Tabs(selected=link.tab), notices_html(link.notices), *states]

        states = [part for panel in panels for part in (panel.choice, *panel.states)]
        blocks.load(open_link, None, [tab_bar, notice, *states], **DIRECT)
        blocks.load(sessions_tab.open_link, None, sessions_tab.outputs, **DIRECT)
    # The page goes past the queue; this is for programs that do not.
    blocks.queue(max_size=MOST_QUEUED, default_concurrency_limit=AT_ONCE)
    return blocks  # type: ignore[no-any-return]


STYLES = ("base", "predict", "answer", "map", "models", "sessions", "form")
CSS_FILES = (FIGURES_CSS, *(STATIC / "css" / f"{name}.css" for name in STYLES))
CSS = "".join(path.read_text("utf-8") for path in CSS_FILES)
SCRIPTS = ("page.js", "session.js", "form.js", "feedback.js")
HEAD = TYPEFACE + "".join(
    f"<script>{(STATIC / name).read_text('utf-8')}</script>" for name in SCRIPTS
)
