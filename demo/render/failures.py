"""Inputs that a model gets wrong, to be tried by a click."""

from dataclasses import dataclass
from typing import Any

from demo.render.links import write_query
from demo.render.words import percent_text, record_text
from models.errors import InvalidRecord
from models.predict import predict_many
from models.registry import LoadedModel
from models.spec import Record, Value

MOST_SHOWN = 5
# What goes wrong where a check of models.evaluation.behaviour fails.
FAULTS = {
    "Plain words": "The plain word should decide; it does not.",
    "A negation turns the answer": "“not” should turn the answer; it stays as it is.",
    "Very makes it surer": "“very” should make it surer; it makes it less sure.",
    "Another name changes nothing": "The name should not matter; another one turns the answer.",
    "Another place changes nothing": "The place should not matter; another one turns the answer.",
    "A typing error changes nothing": "Two swapped letters should not matter; they turn the answer.",
    "Emoji": "The emoji should decide; it does not.",
    "Plain facts are neutral": "A plain fact should be neutral; it is not.",
}


@dataclass(frozen=True)
class Failure:
    """An input, the link that opens the page with it, and what the model says of it today."""

    text: str
    query: str | None
    said: str


@dataclass(frozen=True)
class FailureGroup:
    """What the model cannot do, how often that was found, and examples."""

    title: str
    about: str
    failures: list[Failure]


def find_failures(model: LoadedModel) -> list[FailureGroup]:
    """Return the inputs that fail, of the checks of a text model or of the known samples of another."""
    checks = model.metadata.get("behaviour", ()) if model.spec.text_name else ()
    groups = [
        FailureGroup(
            check["name"],
            f"Holds for {check['passed']:,} of {check['cases']:,} sentences of our own. "
            f"{FAULTS.get(check['name'], '')}",
            failures_of(model, [{str(model.spec.text_name): text} for text in check["failures"]]),
        )
        for check in checks
        if check["failures"]
    ]
    return groups or mistaken_samples(model)


def failures_of(model: LoadedModel, records: list[dict[str, Value]]) -> list[Failure]:
    """Return what the model says of records that it gets wrong."""
    shown = records[:MOST_SHOWN]
    return [
        Failure(
            record_text(record),
            write_query(model.spec, record),
            f"{answer.label}, {percent_text(answer.probabilities[answer.label])}",
        )
        for record, answer in zip(shown, predict_many(model, shown), strict=True)
    ]


def mistaken_samples(model: LoadedModel) -> list[FailureGroup]:
    """Return the known samples that the model gets wrong, by their true class."""
    known: dict[str, list[Any]] = model.metadata.get("known_samples", {"X": [], "y": []})
    names = [feature.name for feature in model.spec.features]
    records: list[Record] = [dict(zip(names, sample, strict=True)) for sample in known["X"]]
    try:
        answers = predict_many(model, records)
    except InvalidRecord:
        return []
    wrong: dict[str, list[dict[str, Value]]] = {}
    for record, label, answer in zip(records, known["y"], answers, strict=True):
        if answer.label != label:
            wrong.setdefault(label, []).append(dict(record))
    totals = {label: known["y"].count(label) for label in wrong}
    return [
        FailureGroup(
            f"Truly {label}",
            f"{len(found):,} of the {totals[label]:,} {model.spec.cases} that it learned from.",
            failures_of(model, found),
        )
        for label, found in wrong.items()
    ]
