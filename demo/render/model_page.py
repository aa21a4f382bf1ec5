"""The pages of the models tab: an overview of all models, and one page for each."""

from typing import Any

from markupsafe import Markup

from demo.render import model_words
from demo.render.environment import render
from demo.render.failures import find_failures
from demo.render.links import page_query, write_query
from demo.render.model_card import card_html
from demo.render.model_charts import learning_chart, test_charts
from demo.render.words import day
from models.metadata import Figures, Metadata
from models.registry import ModelCatalogue
from models.training.card_figures import METRIC_TITLES, metric_text

KB, MB = 1_000, 1_000_000
# A part of the data that is nearly all of it says nothing more than the whole.
NEARLY_ALL = 0.99


def overview_html(catalogue: ModelCatalogue) -> Markup:
    """Return a card for each model, a link to its page."""
    cards = [
        (spec, page_query(name), headline_in(catalogue, name), reason_in(catalogue, name))
        for name, spec in catalogue.specs.items()
    ]
    return render("models.overview", query=page_query(), cards=cards)


def headline_in(catalogue: ModelCatalogue, name: str) -> str | None:
    """Return how often a model is right, None if it is unavailable."""
    if name not in catalogue.loaded:
        return None
    model = catalogue.loaded[name]
    return model_words.headline(model.spec, model.metadata["evaluation"])


def reason_in(catalogue: ModelCatalogue, name: str) -> str:
    """Return why a model is unavailable, "" if it is not."""
    error = catalogue.unavailable.get(name)
    return error.message if error else ""


def page_html(catalogue: ModelCatalogue, name: str) -> Markup:
    """Return the page of the model called `name`, or why it is unavailable."""
    places: dict[str, Any] = {"query": page_query(name), "overview": page_query()}
    if name in catalogue.unavailable:
        spec, message = catalogue.specs[name], catalogue.unavailable[name].message
        return render("models.unavailable", spec=spec, message=message, **places)
    model = catalogue[name]
    spec, metadata = model.spec, model.metadata
    figures = metadata["evaluation"]
    return render(
        "model.page",
        **places,
        spec=spec,
        words=model_words,
        metadata=metadata,
        figures=figures,
        try_it=write_query(spec, {}),
        classes=class_rows(figures),
        confusion=confusion_rows(figures),
        slices=slice_rows(figures),
        unit=model_words.unit_of(spec, figures),
        charts=test_charts(spec, metadata),
        learning=learning_chart(spec, metadata),
        failures=find_failures(model),
        methods=methods_of(metadata),
        measures=measure_rows(figures),
        card=card_html(model.card),
        size=size_text(metadata.get("size_bytes")),
        file_name=model.file_name,
        versions=version_facts(metadata),
    )


def class_rows(figures: Figures) -> list[tuple[str, str, str, str]]:
    """Return for each class how often the model is right to say it, how much of it it finds, and its number."""
    return [
        (
            label,
            model_words.out_of_hundred(row["precision"]),
            model_words.out_of_hundred(row["recall"]),
            f"{row['samples']:,}",
        )
        for label, row in figures.get("classes", {}).items()
    ]


def confusion_rows(figures: Figures) -> list[tuple[str, list[tuple[str, float, str, int]]]]:
    """Return each true class with a cell for each answer: number, share of the class, kind, tint."""
    rows = []
    labels, counts = list(figures.get("classes", ())), figures.get("confusion", [])
    for place, (label, row) in enumerate(zip(labels, counts, strict=True)):
        total = sum(row) or 1
        cells = [
            (
                f"{n:,}",
                n / total,
                "same" if column == place else "other",
                round(60 * n / total),
            )
            for column, n in enumerate(row)
        ]
        rows.append((label, cells))
    return rows


def slice_rows(figures: Figures) -> list[tuple[str, str, str]]:
    """Return each part of the data with how often the model is right on it, and its number."""
    n_answers = model_words.count_answers(figures)
    return [
        (row["name"], model_words.out_of_hundred(row["accuracy"]), f"{row['samples']:,}")
        for row in figures.get("slices", ())
        if not n_answers or row["samples"] < NEARLY_ALL * n_answers
    ]


def methods_of(metadata: Metadata) -> list[str]:
    """Return how the figures were measured: of the test, and of the second measurement if it is another."""
    method = metadata["evaluation"].get("method", "")
    other = metadata.get("held_out", {}).get("method", "")
    second = f"Second measurement: {other}" if other and other != method else ""
    return [text for text in (method, second) if text]


def measure_rows(figures: Figures) -> list[tuple[str, str, str]]:
    """Return each measure by its name, its value and what it means."""
    return [
        (
            METRIC_TITLES.get(name, name),
            metric_text(name, value),
            model_words.METRIC_MEANINGS.get(name, ""),
        )
        for name, value in figures.get("metrics", {}).items()
    ]


def version_facts(metadata: Metadata) -> dict[str, str]:
    """Return which file the model is, and what it was made with, as far as that is known."""
    versions = metadata["versions"].items()
    data = "; ".join(
        f"{source['title']} ({source['rows']:,} rows)"
        for source in metadata.get("training_data", ())
    )
    made = metadata.get("date")
    facts = {
        "SHA-256": metadata["sha256"],
        "Trained": day(made) if made else "",
        "Trained on": data,
        "Made with": ", ".join(f"{name} {number}" for name, number in versions),
    }
    return {title: text for title, text in facts.items() if text}


def size_text(n_bytes: int | None) -> str:
    """Return the size of a file as people say it, "" if it is not known."""
    if n_bytes is None:
        return ""
    return f"{n_bytes / MB:.1f} MB" if n_bytes >= MB else f"{max(1, round(n_bytes / KB))} kB"
