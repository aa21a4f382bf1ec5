"""What a prediction looks like: pieces of HTML, everything that a user typed escaped."""

from html import escape

from demo.links import write_query
from models.registry import LoadedModel
from models.spec import ModelSpec, Prediction, Record


def percent_text(probability: float) -> str:
    """Return a probability in whole percent, with a decimal near 0 and 1 where it would mislead."""
    if probability < 0.0005:
        return "< 0.1 %"
    if probability >= 0.9995:
        return "> 99.9 %"
    decimals = 0 if 0.01 <= probability <= 0.99 else 1
    return f"{100 * probability:.{decimals}f} %"


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


def answer_html(model: LoadedModel, record: Record, prediction: Prediction, seconds: float) -> str:
    """Return the answer: label, context, probabilities, notices, and how long it took."""
    context = record.get(model.spec.context.name) if model.spec.context else None
    about = f'<p class="about">about <cite>{escape(str(context))}</cite></p>' if context else ""
    notices = "".join(f'<p class="notice">{escape(text)}</p>' for text in prediction.notices)
    return (
        f'<section class="answer" aria-live="polite" {query_attribute(model.spec, record)}>'
        f'<p class="label">{escape(prediction.label)}</p>{about}{bars(prediction)}{notices}'
        f'<p class="foot"><span>Answered in {1000 * seconds:.1f} ms</span>'
        '<button type="button" class="copy-link">Copy link</button></p></section>'
    )


def empty_html(spec: ModelSpec) -> str:
    """Return what stands in the answer's place while there is none."""
    hint = (
        "The answer appears here. Write something and press Analyse, or click an example."
        if spec.takes_text
        else "No answer for these values. Correct them, or click an example."
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
