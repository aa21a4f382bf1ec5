"""Inputs that a model gets wrong, to be tried by a click."""

from dataclasses import dataclass
from typing import Any

from demo.render.links import write_query
from demo.render.words import percent_text, record_text
from models.errors import InvalidRecord
from models.evaluation.checks.lexicon import GROUPS
from models.predict import predict_many
from models.registry import LoadedModel
from models.spec import Record, Value
from models.training.card_figures import published_text

MOST_SHOWN = 5
# What goes wrong where a check of models.evaluation.behaviour fails.
FAULTS = {
    "Sentiment words in short sentences": "The plain word should decide; it does not.",
    "A negated negative is not negative": "“not” should turn the bad word; it does not.",
    "A negated positive is negative": "“not” should turn the good word; it does not.",
    "Neutral words in context are neutral": "Nothing is praised or blamed; it says otherwise.",
    "A negated neutral is neutral": "“not” before a neutral word should praise or blame nothing.",
    "Plain facts are neutral": "A plain fact should be neutral; it is not.",
    "Thought to be bad, but it was not": "What it turned out to be should decide.",
    "Thought to be good, but it was not": "What it turned out to be should decide.",
    "The author's opinion over others'": "What the author thinks should decide, not what others think.",
    "Now over then": "What is now should decide, not what was once.",
    "A question answered with yes": "The question and its “yes” should be read together.",
    "A question answered with no": "The “no” should turn the question; it does not.",
    "Two swapped letters change nothing": "Two swapped letters should not matter; they turn the answer.",
    "A handle or link changes nothing": "The handle or link should not matter; it turns the answer.",
    "Another name changes nothing": "The name should not matter; another one turns the answer.",
    "Another place changes nothing": "The place should not matter; another one turns the answer.",
    "Another number changes nothing": "The number should not matter; another one turns the answer.",
    **{
        f"Another {group} changes nothing": f"The {group} should not matter; another one turns the answer."
        for group in GROUPS
    },
    "A negative sentence added lowers it": "The sentence added should not make it more positive.",
    "A positive sentence added raises it": "The sentence added should not make it less positive.",
    "Very makes it surer": "“very” should make it surer; it makes it less sure.",
    "Emoji": "The emoji should decide; it does not.",
    "Sentences as visitors type them": "Most readers would answer otherwise.",
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
            " ".join((failing_text(check), FAULTS.get(check["name"], ""))).strip(),
            failures_of(model, [{str(model.spec.text_name): text} for text in check["failures"]]),
        )
        for check in checks
        if check["failures"]
    ]
    return groups or mistaken_samples(model)


def failing_text(check: dict[str, Any]) -> str:
    """Return how often a check fails, beside what was published for sentences of the same kind."""
    failed, cases = check["cases"] - check["passed"], check["cases"]
    share = "all" if failed == cases else percent_text(failed / cases)
    rate = f"Fails in {failed:,} of {cases:,} cases ({share})"
    if "published" not in check:
        return f"{rate}."
    paper = published_text(check)
    return f"{rate}; Microsoft, Google, Amazon and BERT in the CheckList paper: {paper} %."


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
    origin = "it learned from" if model.can_be_trained else model.spec.known_by
    return [
        FailureGroup(
            f"Truly {label}",
            f"{len(found):,} of the {totals[label]:,} {model.spec.cases} that {origin}.",
            failures_of(model, found),
        )
        for label, found in wrong.items()
    ]
