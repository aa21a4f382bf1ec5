"""The spec of a model that was brought along, made of what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.formats.opened import Artefact, SourceError
from models.own.description import Brought
from models.own.naming import plain_name, title_of
from models.spec import CardText, Example, Feature, ModelSpec

# Before those of the app itself.
ORDER = 0
NOBODY_SAID = "Nobody has said; the file model.yaml is the place for it."
LONGEST_LIST = 6


def build_spec(
    brought: Brought,
    artefact: Artefact,
    fields: Sequence[Feature],
    classes: tuple[str, ...],
    examples: tuple[Example, ...],
    taken: Sequence[str],
) -> ModelSpec:
    """Return the spec; its name is none of those that are `taken`."""
    words = brought.words
    base = plain_name(artefact.name) or "model"
    name = next(
        each for each in (base, *(f"{base}_{n}" for n in range(2, 999))) if each not in taken
    )
    title = words.get("title") or title_of(name if name != base else artefact.name)
    subject = f"{title} model" if title.casefold() in ("models", "sessions") else title
    return ModelSpec(
        name=name,
        title=title,
        subject=subject,
        choice=title,
        summary=words.get("summary") or summary_of(fields, classes),
        classes=classes,
        features=tuple(fields),
        examples=examples,
        card=card_text(brought),
        main_metric="accuracy",
        order=ORDER,
        cases=words.get("cases", "cases"),
        unseen="among the examples that came with it",
        known_by="came with it as examples",
    )


def summary_of(fields: Sequence[Feature], classes: Sequence[str]) -> str:
    """Return what a model reads and answers, as far as its own parts say."""
    shown = [short(label) for label in classes[:LONGEST_LIST]]
    if len(classes) > LONGEST_LIST:
        shown.append(f"{len(classes) - LONGEST_LIST} more")
    listed = f"{', '.join(shown[:-1])} or {shown[-1]}"
    what = "a text" if fields[0].value_type is str else "one value"
    return f"Answers {listed}, from {what if len(fields) == 1 else f'{len(fields)} values'}."


def short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"


def card_text(brought: Brought) -> CardText:
    words = brought.words
    return CardText(
        purpose=words.get("purpose", NOBODY_SAID),
        not_for=words.get("not_for", NOBODY_SAID),
        data=words.get("data", "What it was trained on is not in its file."),
        limits=words.get(
            "limits",
            "It was made elsewhere. What it was trained on, and for whom, is not known here.",
        ),
        licence=words.get("licence", "unknown"),
    )


def name_classes(estimator: Any, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the classes, in the model's order; raise SourceError for another number of them."""
    own = tuple(str(each) for each in estimator.classes_)
    if given and (len(given) != len(own) or len(set(given)) != len(given)):
        raise SourceError(
            f"model.yaml names {len(given)} classes, but the model has {len(own)}: {', '.join(own)[:200]}; "
            "name each once, in this order."
        )
    return given or own
