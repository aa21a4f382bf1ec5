"""Where the page goes: what each tab shows for a query, at the first load or when a link is followed."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr

from demo.render.links import MODELS_TAB, SESSIONS_TAB, Link, read_query
from demo.render.opening import opened_html, opening_query
from demo.ui.events import DIRECT
from demo.ui.models_tab import ModelsTab
from demo.ui.predict_tab import PredictTab
from demo.ui.subject_panel import Panel
from models.registry import ModelCatalogue

# The page tells which query it wants, and the how-manieth that is: address.js.
ASKED = "() => address.asked()"


class Navigation:
    """The one way to be somewhere on the page: a query, such as `?tab=iris&petal_width=1.7`."""

    def __init__(
        self, catalogue: ModelCatalogue, tabs: dict[str, PredictTab], models_tab: ModelsTab
    ) -> None:
        self.specs = specs = [model.spec for model in catalogue.loaded.values()]
        self.described, self.tabs, self.models_tab = catalogue.specs, tabs, models_tab
        self.opening = opening_query(specs)
        self.known = {
            "tab",
            "model",
            "session",
            *(name for spec in specs for name in spec.field_names),
        }

    def connect(
        self, blocks: gr.Blocks, tab_bar: gr.Tabs, notice: gr.HTML, panels: list[Panel]
    ) -> None:
        """Say which events open a query, on the page that is being built."""
        # The page presses it to follow a link without a reload.
        go, asked = gr.Button(elem_id="go", visible="hidden"), gr.Textbox(visible=False)
        self.parts = [[panel.choice, *panel.states] for panel in panels]
        outputs = [tab_bar, notice, self.models_tab.content, *chain(*self.parts)]
        blocks.load(self.open_page, None, outputs, **DIRECT)
        go.click(self.open_query, asked, outputs, js=ASKED, **DIRECT)

    def open_page(self, request: gr.Request) -> list[Any]:
        """Return what the page shows when it is loaded."""
        query = dict(request.query_params)
        link = self.read(query | ({"tab": SESSIONS_TAB} if "session" in query else {}))
        start = self.read({})
        states = [
            tab.follow_link(link if name == link.tab else start) for name, tab in self.tabs.items()
        ]
        return self.outputs(link, "0", states)

    def open_query(self, asked: str | None) -> list[Any]:
        """Return what the page shows for a link that is followed on it; other tabs stay as they are."""
        query, _, number = (asked or "").rpartition("#")
        link = self.read(dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)))
        states = [
            tab.follow_link(link) if name == link.tab else [gr.skip() for _ in parts]
            for (name, tab), parts in zip(self.tabs.items(), self.parts, strict=True)
        ]
        return self.outputs(link, number, states)

    def outputs(self, link: Link, number: str, states: Iterable[list[Any]]) -> list[Any]:
        """Return the outputs in their order: tab, notices, the models' page, and each tab's states."""
        models = self.models_tab.open_page(link.model) if link.tab == MODELS_TAB else gr.skip()
        opened = opened_html(link.notices, number)
        return [gr.Tabs(selected=link.tab), opened, models, *chain(*states)]

    def read(self, query: Mapping[str, str]) -> Link:
        """Return what a query asks for; one that says nothing of ours, what the page opens with."""
        known = query if self.known & query.keys() else self.opening
        return read_query(known, self.specs, self.described)
