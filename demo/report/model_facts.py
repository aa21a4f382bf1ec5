"""What a report says of the model that was judged."""

from collections.abc import Sequence
from typing import Any

from demo.desk import ReviewDesk
from demo.report.entries import Entry
from demo.report.reasons import running_version
from demo.reviews import Review
from models.card_figures import METRIC_TITLES, metric_text
from models.registry import LoadedModel
from models.spec import ContextField, Feature, NumberFeature

Field = Feature | ContextField


def model_facts(
    desk: ReviewDesk, review: Review, classes: Sequence[str], entries: Sequence[Entry]
) -> dict[str, Any]:
    """Return the model's name, version and, if the app runs that version, where it comes from.

    What another version was trained and measured on says nothing about the one that was judged.
    """
    name = review.plan.model
    spec = desk.shelf.specs.get(name)
    model = running_version(desk, review)
    return {
        "name": name,
        "title": spec.title if spec else name,
        "summary": spec.summary if spec else "",
        "cases": spec.cases if spec else "cases",
        "sha256": review.model_sha256,
        "classes": list(classes),
        "fields": [describe_field(field) for field in spec.fields]
        if spec
        else unknown_fields(entries),
        "text_field": spec.features[0].name if spec and spec.takes_text else None,
        "origin": origin(model) if model else None,
    }


def describe_field(field: Field) -> dict[str, str]:
    """Return how a field of a record is called, and its unit if it has one."""
    unit = field.unit if isinstance(field, NumberFeature) else ""
    return {"name": field.name, "title": field.title, "unit": unit}


def unknown_fields(entries: Sequence[Entry]) -> list[dict[str, str]]:
    """Return the fields of the records of a model that the app does not have any more."""
    names = dict.fromkeys(name for entry in entries for name in entry["record"])
    return [{"name": name, "title": name, "unit": ""} for name in names]


def origin(model: LoadedModel) -> dict[str, Any]:
    """Return what a model was trained and measured on, and its main figure."""
    metadata, metric = model.metadata, model.spec.main_metric
    evaluation = metadata["evaluation"]
    return {
        "trained": metadata.get("date", ""),
        "training_data": titles(metadata.get("training_data", [])),
        "measured_on": titles(evaluation.get("data", [])),
        "method": evaluation.get("method", ""),
        "versions": metadata["versions"],
        "figure": {
            "name": METRIC_TITLES.get(metric, metric),
            "value": evaluation["metrics"][metric],
            "text": metric_text(metric, evaluation["metrics"][metric]),
        },
    }


def titles(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the titles of data sets with their sizes."""
    return [{"title": source["title"], "rows": source["rows"]} for source in sources]
