"""The tab that says what each model is, what it is worth, and which file it is."""

import gradio as gr
from markupsafe import Markup

from demo.render.charts import Chart
from demo.render.environment import render
from demo.render.links import MODELS_TAB
from models.metadata import Metadata
from models.registry import LoadedModel, ModelCatalogue
from models.spec import ModelSpec
from models.training.card_figures import METRIC_TITLES, metric_text


def build_models_tab(catalogue: ModelCatalogue) -> None:
    """Build an overview of all models, and the whole card of each that is sound, folded away."""
    gr.HTML(overview_html(catalogue))
    for model in catalogue.loaded.values():
        with gr.Accordion(f"Model card: {model.spec.title}", open=False, elem_classes="card"):
            gr.Markdown(card_text(model))


def overview_html(catalogue: ModelCatalogue) -> Markup:
    blocks = [
        model_html(catalogue.loaded[name])
        if name in catalogue.loaded
        else unavailable_html(spec, catalogue)
        for name, spec in catalogue.specs.items()
    ]
    return render("models.overview", query=f"?tab={MODELS_TAB}", blocks=blocks)


def model_html(model: LoadedModel) -> Markup:
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
    return render(
        "models.model",
        spec=spec,
        figure=metric_text(spec.main_metric, value),
        figure_name=METRIC_TITLES[spec.main_metric].lower(),
        facts=facts,
        charts=[calibration_chart(metadata), coverage_chart(metadata)],
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


def unavailable_html(spec: ModelSpec, catalogue: ModelCatalogue) -> Markup:
    """Return why a model cannot be used."""
    return render("models.unavailable", spec=spec, message=catalogue.unavailable[spec.name].message)


def card_text(model: LoadedModel) -> str:
    """Return the model card without its front matter and its title, which the page shows already."""
    body = model.card.split("\n---\n", 1)[-1]
    return body.split("\n", 3)[-1] if body.lstrip().startswith("# ") else body
