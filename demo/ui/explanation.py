"""Why an answer came out, what would change it, how far to trust it: pieces of HTML, all escaped."""

from html import escape

from demo.ui.numbers import percent_text
from models.explanation import NO_WORD_FLIP, Contribution, Explanation, NumberFlips, WordFlip
from models.highlights import Highlight, highlights
from models.registry import LoadedModel
from models.spec import NumberFeature, Record

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


def what_if_numbers(model: LoadedModel, record: Record, flips: NumberFlips) -> str:
    """Return for each measurement alone the nearest value that turns the label, if there is one."""
    rows = []
    for feature in model.spec.features:
        if not isinstance(feature, NumberFeature):
            continue
        flip = flips.changes[feature.name]
        now = float(record[feature.name])
        text = (
            f"{flip.value:g} {feature.unit} instead of {now:g}: <strong>{escape(flip.label)}</strong>"
            if flip
            else "none in its range"
        )
        rows.append(f"<tr><th scope='row'>{escape(feature.title)}</th><td>{text}</td></tr>")
    return (
        "<h3>What would change it</h3><p>Each measurement alone, the nearest value that does:</p>"
        f"<table class='facts'><tbody>{''.join(rows)}</tbody></table>"
    )


def explanation_html(model: LoadedModel, record: Record, explanation: Explanation) -> str:
    """Return the whole explanation of an answer."""
    if model.spec.takes_text:
        text = str(record[model.spec.features[0].name])
        return (
            why_text(text, explanation)
            + contribution_bars(explanation)
            + what_if_text(text, explanation)
        )
    bars = "<h3>Why</h3><p>Each measurement, against the average flower:</p>"
    flips = explanation.flip
    what_if = what_if_numbers(model, record, flips) if isinstance(flips, NumberFlips) else ""
    return bars + contribution_bars(explanation) + what_if
