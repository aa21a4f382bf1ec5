"""Why a model says what it says, and what would change it."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from demo.render.environment import render
from demo.render.waterfall import draw_waterfall
from demo.render.words import signed_text
from models.explain.answers import Answer
from models.explain.explanation import (
    AVERAGE,
    MIDDLE,
    Explanation,
    Span,
    ValueFlips,
    WordFlip,
    no_flip_sentence,
)
from models.explain.highlights import Highlight
from models.explain.parts import Part, cut_phrases, text_parts, value_parts
from models.explain.sentence import why_sentence
from models.field import short_text
from models.registry import LoadedModel
from models.spec import ModelSpec, Record

N_SHOWN = 10
# Below this part of the strongest word a colour would only be noise.
FAINTEST = 0.06
LONGEST_NAME = 60


# A piece of a text, which side it speaks for or that it is "unknown", its strength, what to say of it, and
# what it adds up to.
Piece = tuple[str, str, str, str, str]


def explanation_html(answer: Answer) -> Markup:
    """Return the reasons in a sentence, in the text and as steps, then what would change the answer."""
    spec, explanation = answer.model.spec, answer.explanation
    if not spec.text_name:
        parts = value_parts(spec, answer.record, explanation)
        flips = explanation.flip
        what_if = (
            what_if_values(answer.model, answer.record, flips)
            if isinstance(flips, ValueFlips)
            else Markup("")
        )
        return why(answer, parts) + what_if + details(spec, explanation)
    text = answer.record[spec.text_name]
    pieces = cut_phrases(text, explanation)
    reasons = why(
        answer, text_parts(text, pieces, explanation), marked_text(text, pieces, explanation)
    )
    return reasons + what_if_text(text, explanation) + details(spec, explanation)


def why(answer: Answer, parts: Sequence[Part], marked: str = "") -> Markup:
    """Return the sentence, the marked text if there is one, and the steps to the answer."""
    explanation = answer.explanation
    return render(
        "explanation.why",
        sentence=why_sentence(parts, explanation),
        marked=marked,
        waterfall=draw_waterfall(parts, explanation, answer.prediction),
        explanation=explanation,
        is_of_two=len(answer.prediction.probabilities) == 2,
    )


def marked_text(text: str, pieces: Sequence[Highlight], explanation: Explanation) -> Markup:
    """Return the text with each word or phrase coloured for or against the answer; they can be clicked."""
    strongest = max((abs(piece.value) for piece in pieces if piece.value), default=1.0)
    weighed = [
        (text[start:end], "unknown" if unknown else "", "", "", "")
        if value is None
        else weigh_piece(text[start:end], value, strongest, explanation)
        for start, end, value, unknown in pieces
    ]
    sides = {side for _, side, *_ in weighed if side}
    return render("explanation.marked_text", pieces=weighed, sides=sides, explanation=explanation)


def weigh_piece(piece: str, value: float, strongest: float, explanation: Explanation) -> Piece:
    """Return a piece with its side, "" for a faint one, its strength, and both in words."""
    strength = abs(value) / strongest
    if strength < FAINTEST:
        # A comma that hardly counts is nothing to press.
        is_word = any(map(str.isalnum, piece))
        about = "hardly counts" if is_word else ""
        return piece, "", f"{strength:.2f}", about, ""
    side, label = ("for", explanation.toward) if value > 0 else ("against", explanation.against)
    about = f"speaks {side}" if side == "against" else f"speaks for {label}"
    return piece, side, f"{strength:.2f}", about, signed_text(value)


def details(spec: ModelSpec, explanation: Explanation) -> Markup:
    """Return the exact contributions, folded away, and what they are measured against."""
    return render(
        "explanation.details",
        contributions=contribution_bars(explanation),
        compared=compared_with(spec, explanation),
    )


def compared_with(spec: ModelSpec, explanation: Explanation) -> str:
    """Return what values are compared with, "" for a text."""
    if not explanation.baseline:
        return ""
    if explanation.baseline == AVERAGE:
        return (
            "Counted along the paths through the model's trees, from its average answer on; where values "
            "work together, the one that is asked about last gets most."
        )
    if explanation.baseline == MIDDLE:
        return (
            f"Each value is compared with the middle between {explanation.toward} and "
            f"{explanation.against}."
        )
    return f"Each value is compared with what is typical of the {spec.cases} that {spec.known_by}."


def contribution_bars(explanation: Explanation) -> Markup:
    """Return the strongest contributions as bars to the right (for) and to the left (against)."""
    shown = explanation.contributions[:N_SHOWN]
    strongest = max((abs(item.value) for item in shown), default=1.0)
    rest = explanation.margin - explanation.intercept - sum(item.value for item in shown)
    return render(
        "explanation.contributions",
        explanation=explanation,
        bars=[
            (shorten(item.feature), item.value, 50 * abs(item.value) / strongest) for item in shown
        ],
        # Without its sign a zero is no hint that something is missing.
        start=round(explanation.intercept, 2) + 0.0,
        rest=round(rest, 2) + 0.0,
    )


def shorten(feature: str) -> str:
    """Return the name of a feature, cut where one without spaces would fill the page."""
    return feature if len(feature) <= LONGEST_NAME else feature[:LONGEST_NAME] + "…"


def what_if_text(text: str, explanation: Explanation) -> Markup:
    """Return the smallest removal that turns the label, struck out in the text."""
    flip = explanation.flip
    if not isinstance(flip, WordFlip):
        return render("explanation.no_flip", sentence=no_flip_sentence(explanation))
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
