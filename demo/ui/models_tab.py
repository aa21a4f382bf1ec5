"""The tab that says what each model is worth: an overview, and a page for each."""

import gradio as gr
from markupsafe import Markup

from demo.render.model_page import overview_html, page_html
from models.registry import ModelCatalogue


class ModelsTab:
    """The overview of all models, or the page of the one that a link asks for.

    What a page says depends on its model alone: each is made when it is first asked for.
    """

    def __init__(self, catalogue: ModelCatalogue) -> None:
        self.catalogue = catalogue
        self.pages = {"": overview_html(catalogue)}
        self.content = gr.HTML(self.pages[""], elem_id="models")

    def open_page(self, name: str) -> Markup:
        """Return the page of a model, the overview for no name."""
        if name not in self.pages:
            self.pages[name] = page_html(self.catalogue, name)
        return self.pages[name]
