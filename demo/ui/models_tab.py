"""The tab that says what each model is, what it is worth, and which file it is."""

from html import escape

import gradio as gr

from demo.render.charts import Chart
from demo.render.links import MODELS_TAB
from models.metadata import Metadata
from models.registry import LoadedModel, ModelCatalogue
from models.spec import ModelSpec
from models.training.card_figures import METRIC_TITLES, metric_text


def build_models_tab(catalogue: ModelCatalogue) -> None:
    """Build an overview of all models, and the whole card of each that is sound, folded away."""
    gr.HTML(f'<div data-query="?tab={MODELS_TAB}">{overview_html(catalogue)}</div>')
    for model in catalogue.loaded.values():
        with gr.Accordion(f"Model card: {model.spec.title}", open=False, elem_classes="card"):
            gr.Markdown(card_text(model))


def overview_html(catalogue: ModelCatalogue) -> str:
    """Return one block for each model."""
    blocks = [
        model_html(catalogue.loaded[name])
        if name in catalogue.loaded
        else unavailable_html(spec, catalogue)
        for name, spec in catalogue.specs.items()
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
        f"{escape(METRIC_TITLES[spec.main_metric].lower())}</p><dl>{rows}</dl>"
        f'<div class="charts">{calibration_chart(metadata).html()}{coverage_chart(metadata).html()}'
        "</div></article>"
    )


def calibration_chart(metadata: Metadata) -> Chart:
    """Return how often the model was right against how sure it was."""
    bins = metadata["held_out"]["calibration"]
    lowest = 0.5 if len(metadata["classes"]) == 2 else 0.25
    return Chart(
        title="When it was so sure, how often was it right?",
        x_title="probability of the answer",
        y_title="right",
        points=[(row["probability"], row["right"] / row["samples"]) for row in bins],
        sizes=[row["samples"] for row in bins],
        x_low=lowest,
        y_low=lowest,
        diagonal=True,
    )


def coverage_chart(metadata: Metadata) -> Chart:
    """Return how the accuracy rises as the least sure answers are left out."""
    curve = metadata["held_out"]["coverage"]
    points = [(point["coverage"], point["accuracy"]) for point in curve]
    return Chart(
        title="If only the surest answers are kept, how often is it right?",
        x_title="answers kept",
        y_title="right",
        points=points,
        y_low=0.25 if min(accuracy for _, accuracy in points) < 0.75 else 0.75,
    )


def unavailable_html(spec: ModelSpec, catalogue: ModelCatalogue) -> str:
    """Return why a model cannot be used."""
    return (
        f'<article class="model unavailable"><h3>{escape(spec.title)}</h3>'
        f'<p class="notice">Unavailable. {escape(catalogue.unavailable[spec.name].message)}</p></article>'
    )


def card_text(model: LoadedModel) -> str:
    """Return the model card without its front matter and its title, which the page shows already."""
    body = model.card.split("\n---\n", 1)[-1]
    return body.split("\n", 3)[-1] if body.lstrip().startswith("# ") else body
