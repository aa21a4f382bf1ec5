"""Why a model says what it says, and what would change it."""

from collections.abc import Iterator

from markupsafe import Markup

from demo.render.environment import render
from demo.render.words import signed_text
from models.explain.answers import Answer
from models.explain.explanation import NO_WORD_FLIP, Explanation, Span, ValueFlips, WordFlip
from models.explain.highlights import highlights
from models.field import short_text
from models.registry import LoadedModel
from models.spec import Record

N_SHOWN = 10
# Below this part of the strongest word a colour would only be noise.
FAINTEST = 0.06
LONGEST_NAME = 60


# A piece of a text, which side it speaks for or that it is "unknown", and a word's strength and value.
Piece = tuple[str, str, str, str]


def explanation_html(answer: Answer) -> Markup:
    model, explanation = answer.model, answer.explanation
    contributions = contribution_bars(explanation)
    if model.spec.text_name:
        text = answer.record[model.spec.text_name]
        return why_text(text, explanation) + contributions + what_if_text(text, explanation)
    flips = explanation.flip
    what_if = what_if_values(model, answer.record, flips) if isinstance(flips, ValueFlips) else ""
    return render("explanation.values_explained", contributions=contributions, what_if=what_if)


def why_text(text: str, explanation: Explanation) -> Markup:
    """Return the text with each word coloured for or against the answer; words can be clicked."""
    found = highlights(text, explanation)
    strongest = max((abs(piece.value) for piece in found if piece.value), default=1.0)
    pieces = [
        (text[start:end], "unknown" if unknown else "", "", "")
        if value is None
        else weigh_word(text[start:end], value, strongest)
        for start, end, value, unknown in found
    ]
    return render("explanation.why", pieces=pieces, explanation=explanation)


def weigh_word(word: str, value: float, strongest: float) -> Piece:
    """Return a word with the side that it speaks for, "" for a faint one, and how strongly it does."""
    strength = abs(value) / strongest
    side = "" if strength < FAINTEST else "for" if value > 0 else "against"
    return word, side, f"{strength:.2f}", signed_text(value)


def contribution_bars(explanation: Explanation) -> Markup:
    """Return the strongest contributions as bars to the right (for) and to the left (against)."""
    shown = explanation.contributions[:N_SHOWN]
    strongest = max((abs(item.value) for item in shown), default=1.0)
    return render(
        "explanation.contributions",
        explanation=explanation,
        bars=[
            (shorten(item.feature), item.value, 50 * abs(item.value) / strongest) for item in shown
        ],
        rest=explanation.margin - explanation.intercept - sum(item.value for item in shown),
    )


def shorten(feature: str) -> str:
    """Return the name of a feature, cut where one without spaces would fill the page."""
    return feature if len(feature) <= LONGEST_NAME else feature[:LONGEST_NAME] + "…"


def what_if_text(text: str, explanation: Explanation) -> Markup:
    """Return the smallest removal that turns the label, struck out in the text."""
    flip = explanation.flip
    if not isinstance(flip, WordFlip):
        return render("explanation.no_flip", sentence=NO_WORD_FLIP)
    return render("explanation.word_flip", flip=flip, pieces=cut_text(text, flip.spans))


def cut_text(text: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, str]]:
    """Yield what is kept of a text and what is struck after it, in turn."""
    at = 0
    for start, end in spans:
        yield text[at:start], text[start:end]
        at = end
    yield text[at:], ""


def what_if_values(model: LoadedModel, record: Record, flips: ValueFlips) -> Markup:
    """Return for each feature alone the nearest value that turns the label, if there is one."""
    rows = []
    for feature in model.spec.features:
        flip = flips.changes[feature.name]
        value = feature.value_text(flip.value) if flip else ""
        rows.append((feature.title, flip, value, short_text(record[feature.name])))
    return render("explanation.value_flips", rows=rows)
