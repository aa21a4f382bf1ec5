"""What a prediction looks like: pieces of HTML, everything that a user typed escaped."""

import json
from collections.abc import Sequence
from html import escape

from demo.render.links import write_query
from demo.render.words import percent_text
from demo.sessions.codes import standing_code
from models.explain.answers import Answer
from models.explain.explanation import (
    NO_WORD_FLIP,
    Contribution,
    Explanation,
    ValueFlips,
    WordFlip,
)
from models.explain.highlights import Highlight, highlights
from models.explain.trust import is_unsure, trust_sentence, unsure_sentence
from models.field import short_text
from models.registry import LoadedModel
from models.spec import ModelSpec, Prediction, Record


def bars(prediction: Prediction) -> str:
    """Return a bar for each class; the label's own stands out."""
    rows = []
    for label, probability in prediction.probabilities.items():
        chosen = ' class="chosen"' if label == prediction.label else ""
        rows.append(
            f'<tr{chosen}><th scope="row">{escape(label)}</th>'
            f'<td class="bar"><span style="width:{100 * probability:.1f}%"></span></td>'
            f'<td class="number">{percent_text(probability)}</td></tr>'
        )
    return f'<table class="bars"><tbody>{"".join(rows)}</tbody></table>'


def query_attribute(spec: ModelSpec, record: Record) -> str:
    """Return the attribute that tells the browser which link leads here."""
    query = write_query(spec, record)
    return f'data-query="{escape(query)}"' if query else 'data-query="" data-too-long'


def headline(answer: Answer) -> str:
    """Return the label in large letters, or between which two the model is unsure."""
    prediction = answer.prediction
    if is_unsure(prediction, answer.model.metadata):
        return f'<p class="label unsure">{escape(unsure_sentence(prediction))}</p>'
    return f'<p class="label">{escape(prediction.label)}</p>'


def trust_html(answer: Answer) -> str:
    """Return how often the model was right when it was this sure."""
    probability = answer.prediction.probabilities[answer.prediction.label]
    sentence = trust_sentence(probability, answer.model.metadata, answer.model.spec.cases)
    return f'<p class="trust">{escape(sentence)}</p>' if sentence else ""


def summary_html(answer: Answer, *, with_context: bool = True) -> str:
    """Return label, context, probabilities and trust."""
    field = answer.model.spec.context
    context = answer.record[field.name] if field and with_context else ""
    about = f'<p class="about">about <cite>{escape(context)}</cite></p>' if context else ""
    return headline(answer) + about + bars(answer.prediction) + trust_html(answer)


def notes_html(answer: Answer) -> str:
    """Return what is unusual about the input, each notice once."""
    return "".join(f'<p class="notice">{escape(text)}</p>' for text in answer.notices)


def answer_html(answer: Answer, seconds: float) -> str:
    """Return the answer: summary, notices, why, what if, and how long it took."""
    spec = answer.model.spec
    return (
        f'<section class="answer" aria-live="polite" data-model="{escape(spec.name)}" '
        f"{query_attribute(spec, answer.record)}>"
        f"{summary_html(answer)}{notes_html(answer)}"
        f"{feedback_html(answer)}{explanation_html(answer)}"
        f'<p class="foot"><span>Answered in {1000 * seconds:.1f} ms</span>'
        '<button type="button" class="copy-link">Copy link</button></p></section>'
    )


def feedback_html(answer: Answer) -> str:
    """Return what takes a visitor's verdict on an answer, for the open feedback on the model.

    Of two classes "disagree" says which is right; of more, the others can be chosen.
    """
    spec, record = answer.model.spec, answer.record
    others = [label for label in spec.classes if label != answer.prediction.label]
    one = escape(others[0]) if len(others) == 1 else ""
    choice = "".join(
        f'<button type="button" data-verdict="disagree" data-label="{escape(label)}">{escape(label)}'
        "</button>"
        for label in others
    )
    sent = json.dumps({name: record[name] for name in spec.field_names})
    return (
        f'<div class="feedback" data-session="{escape(standing_code(spec.name))}" '
        f'data-record="{escape(sent)}"><p><span>Is it right?</span>'
        '<button type="button" data-verdict="agree">Agree</button>'
        f'<button type="button" data-verdict="disagree" data-label="{one}">Disagree</button></p>'
        f'<p class="others" hidden><span>What is right?</span>{choice}</p>'
        '<p class="said" aria-live="polite"></p></div>'
    )


def comparison_html(answers: Sequence[Answer]) -> str:
    """Return the answers of several models to one text, side by side."""
    first = answers[0]
    cards = "".join(
        f'<div class="compared"><h3>{escape(each.model.spec.choice)}</h3>{summary_html(each)}</div>'
        for each in answers
    )
    return (
        f'<section class="answer" aria-live="polite" {query_attribute(first.model.spec, first.record)}>'
        f'<div class="comparison">{cards}</div></section>'
    )


def empty_html(spec: ModelSpec) -> str:
    """Return what stands in the answer's place while there is none."""
    hint = (
        "No answer for these values. Correct them, or click an example."
        if spec.starts_filled
        else "The answer appears here. Write something and press Analyse, or click an example."
    )
    return (
        f'<section class="answer empty" aria-live="polite" {query_attribute(spec, {})}>'
        f"<p>{hint}</p></section>"
    )


def error_html(message: str) -> str:
    """Return a message for the place beside a field; nothing for no message."""
    return f'<p class="field-error" role="alert">{escape(message)}</p>' if message else ""


def notices_html(notices: tuple[str, ...]) -> str:
    """Return what was wrong with a link, and the mark that the page has been opened."""
    paragraphs = "".join(f'<p class="notice">{escape(text)}</p>' for text in notices)
    return f'<div data-opened role="status">{paragraphs}</div>'


N_SHOWN = 10
# Below this part of the strongest word a colour would only be noise.
FAINTEST = 0.06
LONGEST_NAME = 60


def signed(value: float) -> str:
    """Return a number with its sign, as people write it."""
    return f"{'+' if value >= 0 else '−'}{abs(value):.2f}"


def why_text(text: str, explanation: Explanation) -> str:
    """Return the text with each word coloured for or against the answer; words can be clicked."""
    pieces = highlights(text, explanation)
    strongest = max((abs(piece.value or 0.0) for piece in pieces), default=0.0) or 1.0
    marked = "".join(piece_html(text, piece, strongest) for piece in pieces)
    return (
        f"<h3>Why</h3><p class='text' dir='auto'>{marked}</p>"
        f"<p class='key'><span class='for'>+ speaks for {escape(explanation.toward)}</span>"
        f"<span class='against'>− speaks for {escape(explanation.against)}</span>"
        "<span class='unknown'>never seen</span></p>"
        "<p class='without' aria-live='polite'>Click words to leave them out.</p>"
    )


def piece_html(text: str, piece: Highlight, strongest: float) -> str:
    """Return one piece of the text: a word to click, or what stands between words."""
    content = escape(text[piece.start : piece.end])
    if piece.unknown:
        return f'<span class="unknown" title="never seen in training">{content}</span>'
    if piece.value is None:
        return content
    strength = abs(piece.value) / strongest
    side = "" if strength < FAINTEST else (" for" if piece.value > 0 else " against")
    return (
        f'<span class="word{side}" role="button" tabindex="0" aria-pressed="false" '
        f'style="--strength:{strength:.2f}" title="{signed(piece.value)}">{content}</span>'
    )


def contribution_bars(explanation: Explanation) -> str:
    """Return the strongest contributions as bars to the right (for) and to the left (against)."""
    shown = explanation.contributions[:N_SHOWN]
    strongest = max((abs(item.value) for item in shown), default=1.0)
    rows = "".join(bar_row(item, strongest) for item in shown)
    kind = "" if explanation.kind == "exact" else "<p class='key'>An approximation.</p>"
    rest = explanation.margin - explanation.intercept - sum(item.value for item in shown)
    foot = (
        f"Starting point {signed(explanation.intercept)}, all else {signed(rest)}; "
        f"together {signed(explanation.margin)} for {explanation.toward} "
        f"over {explanation.against} (log-odds)."
    )
    return (
        f"{kind}<table class='contributions'><tbody>{rows}</tbody></table>"
        f"<p class='key'>{escape(foot)}</p>"
    )


def shorten(feature: str) -> str:
    """Return the name of a feature, cut where one without spaces would fill the page."""
    return feature if len(feature) <= LONGEST_NAME else feature[:LONGEST_NAME] + "…"


def bar_row(item: Contribution, strongest: float) -> str:
    """Return the bar of one word, phrase or measurement."""
    side = "for" if item.value > 0 else "against"
    width = 50 * abs(item.value) / strongest
    return (
        f'<tr><th scope="row">{escape(shorten(item.feature))}</th><td class="bar {side}">'
        f'<span style="width:{width:.1f}%"></span></td><td class="number">{signed(item.value)}</td></tr>'
    )


def what_if_text(text: str, explanation: Explanation) -> str:
    """Return the smallest removal that turns the label, struck out in the text."""
    flip = explanation.flip
    if not isinstance(flip, WordFlip):
        return f"<h3>What would change it</h3><p>{escape(NO_WORD_FLIP)}</p>"
    parts, at = [], 0
    for start, end in flip.spans:
        parts += [escape(text[at:start]), f"<del>{escape(text[start:end])}</del>"]
        at = end
    struck = "".join([*parts, escape(text[at:])])
    count = len(flip.spans)
    words = "this word" if count == 1 else f"these {count} words"
    return (
        f"<h3>What would change it</h3><p>Without {words} it would be "
        f"<strong>{escape(flip.label)}</strong> ({percent_text(flip.probability)}):</p>"
        f"<p class='text' dir='auto'>{struck}</p>"
    )


def what_if_values(model: LoadedModel, record: Record, flips: ValueFlips) -> str:
    """Return for each feature alone the nearest value that turns the label, if there is one."""
    rows = []
    for feature in model.spec.features:
        flip = flips.changes[feature.name]
        text = "no other value does"
        if flip:
            change = (
                f"{feature.value_text(flip.value)} instead of {short_text(record[feature.name])}"
            )
            text = f"{escape(change)}: <strong>{escape(flip.label)}</strong>"
        rows.append(f"<tr><th scope='row'>{escape(feature.title)}</th><td>{text}</td></tr>")
    return (
        "<h3>What would change it</h3><p>Each value alone, the nearest one that does:</p>"
        f"<table class='facts'><tbody>{''.join(rows)}</tbody></table>"
    )


def explanation_html(answer: Answer) -> str:
    """Return the whole explanation of an answer."""
    model, record, explanation = answer.model, answer.record, answer.explanation
    if model.spec.text_name:
        text = record[model.spec.text_name]
        return (
            why_text(text, explanation)
            + contribution_bars(explanation)
            + what_if_text(text, explanation)
        )
    bars = "<h3>Why</h3><p>Each value, against the average case:</p>"
    flips = explanation.flip
    what_if = what_if_values(model, record, flips) if isinstance(flips, ValueFlips) else ""
    return bars + contribution_bars(explanation) + what_if
