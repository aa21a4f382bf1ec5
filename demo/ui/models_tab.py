"""The tab that says what each model is, what it is worth, and which file it is."""

from html import escape

import gradio as gr

from demo.links import MODELS_TAB
from models.card import METRIC_TITLES, metric_text
from models.registry import LoadedModel, Shelf
from models.spec import ModelSpec


def build_models_tab(shelf: Shelf) -> None:
    """Build an overview of all models, and the whole card of each that is sound, folded away."""
    gr.HTML(f'<div data-query="?tab={MODELS_TAB}">{overview_html(shelf)}</div>')
    for model in shelf.loaded.values():
        with gr.Accordion(f"Model card: {model.spec.title}", open=False, elem_classes="card"):
            gr.Markdown(card_text(model))


def overview_html(shelf: Shelf) -> str:
    """Return one block for each model."""
    blocks = [
        model_html(shelf.loaded[name]) if name in shelf.loaded else unavailable_html(spec, shelf)
        for name, spec in shelf.specs.items()
    ]
    return f'<div class="models">{"".join(blocks)}</div>'


def model_html(model: LoadedModel) -> str:
    """Return the facts about a sound model."""
    spec, metadata = model.spec, model.metadata
    value = metadata["evaluation"]["metrics"][spec.main_metric]
    facts = {
        "Answers": ", ".join(spec.classes),
        "Measured": metadata["evaluation"]["method"],
        "Trained on": "; ".join(
            f"{source['title']} ({source['rows']:,} rows)" for source in metadata["training_data"]
        ),
        "Trained": metadata["date"],
        "Made with": ", ".join(f"{name} {number}" for name, number in metadata["versions"].items()),
        "SHA-256": metadata["sha256"],
    }
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(text))}</dd>" for name, text in facts.items()
    )
    return (
        f'<article class="model"><h3>{escape(spec.title)}</h3><p>{escape(spec.summary)}</p>'
        f'<p class="figure"><strong>{escape(metric_text(spec.main_metric, value))}</strong> '
        f"{escape(METRIC_TITLES[spec.main_metric].lower())}</p><dl>{rows}</dl></article>"
    )


def unavailable_html(spec: ModelSpec, shelf: Shelf) -> str:
    """Return why a model cannot be used."""
    return (
        f'<article class="model unavailable"><h3>{escape(spec.title)}</h3>'
        f'<p class="notice">Unavailable. {escape(shelf.unavailable[spec.name].message)}</p></article>'
    )


def card_text(model: LoadedModel) -> str:
    """Return the model card without its front matter and its title, which the page shows already."""
    body = model.card.split("\n---\n", 1)[-1]
    return body.split("\n", 3)[-1] if body.lstrip().startswith("# ") else body
