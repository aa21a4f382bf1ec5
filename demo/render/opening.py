"""What stands around the tabs: a card for each model, what was wrong with a link, whose an answer is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from demo.render.environment import render
from demo.render.links import query_values, slug, write_query
from demo.render.model_words import out_of_hundred
from models.registry import LoadedModel
from models.spec import Example, ModelSpec


@dataclass(frozen=True)
class Card:
    """A model in short: its name, how often it is right, and the way to it."""

    title: str
    figure: str
    query: str | None


def cards_html(models: Iterable[LoadedModel]) -> Markup:
    """Return a card for each model, which leads to its tab with an example."""
    return render("page.cards", cards=[card_of(model) for model in models])


def card_of(model: LoadedModel) -> Card:
    """Return the card of a model; its example is the one that the page opens with, or else the first."""
    spec = model.spec
    record = {} if spec.starts_filled else (opening_example(spec) or spec.examples[0]).record
    accuracy = model.metadata["evaluation"]["metrics"].get("accuracy")
    return Card(spec.title, figure_words(accuracy, spec), write_query(spec, record))


def figure_words(accuracy: float | None, spec: ModelSpec) -> str:
    """Return how often a model is right as people count, rounded to whole cases."""
    if accuracy is None:
        return spec.summary
    return f"Right in {out_of_hundred(accuracy)} of 100 {spec.cases} {spec.unseen}"


def opening_example(spec: ModelSpec) -> Example | None:
    """Return the example that the page opens with, if it is one of this model's."""
    return next((example for example in spec.examples if example.opens_page), None)


def opening_query(specs: Iterable[ModelSpec]) -> dict[str, str]:
    """Return the query that the page opens with if its address names nothing."""
    for spec in specs:
        if example := opening_example(spec):
            own = query_values(spec, example.record)
            return {"tab": slug(spec.subject), "model": spec.name, **own}
    return {}


def opened_html(notices: tuple[str, ...], number: str) -> Markup:
    """Return what was wrong with a link, and the mark that the page has opened its query of this number."""
    return render("page.opened", notices=notices, number=number)


def answered_html(
    answer: str, model: str, inputs: Mapping[str, object] | None, line: str
) -> Markup:
    """Return an answer with the values of the fields that it belongs to; `line` shows once they differ."""
    text = json.dumps(inputs) if inputs is not None else ""
    return render("page.answered", answer=answer, model=model, inputs=text, line=line)
