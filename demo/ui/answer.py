"""What a prediction looks like: pieces of HTML, everything that a user typed escaped."""

import json
from collections.abc import Sequence
from html import escape

from demo.codes import standing_code
from demo.links import write_query
from demo.ui.explanation import explanation_html
from demo.ui.numbers import percent_text
from models.explanation import Explanation
from models.registry import LoadedModel
from models.spec import ModelSpec, Prediction, Record
from models.trust import is_unsure, trust_sentence, unsure_sentence


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


def headline(model: LoadedModel, prediction: Prediction) -> str:
    """Return the label in large letters, or between which two the model is unsure."""
    if is_unsure(prediction, model.metadata):
        return f'<p class="label unsure">{escape(unsure_sentence(prediction))}</p>'
    return f'<p class="label">{escape(prediction.label)}</p>'


def trust_html(model: LoadedModel, prediction: Prediction) -> str:
    """Return how often the model was right when it was this sure."""
    probability = prediction.probabilities[prediction.label]
    sentence = trust_sentence(probability, model.metadata, model.spec.cases)
    return f'<p class="trust">{escape(sentence)}</p>' if sentence else ""


def summary_html(model: LoadedModel, record: Record, prediction: Prediction) -> str:
    """Return label, context, probabilities and trust."""
    context = record.get(model.spec.context.name) if model.spec.context else None
    about = f'<p class="about">about <cite>{escape(str(context))}</cite></p>' if context else ""
    return headline(model, prediction) + about + bars(prediction) + trust_html(model, prediction)


def answer_notes(prediction: Prediction, explanation: Explanation) -> str:
    """Return what is unusual about the input, each notice once."""
    notices = dict.fromkeys((*prediction.notices, *explanation.notices))
    return "".join(f'<p class="notice">{escape(text)}</p>' for text in notices)


def answer_html(
    model: LoadedModel,
    record: Record,
    prediction: Prediction,
    explanation: Explanation,
    seconds: float,
) -> str:
    """Return the answer: summary, notices, why, what if, and how long it took."""
    notes = answer_notes(prediction, explanation)
    return (
        f'<section class="answer" aria-live="polite" data-model="{escape(model.spec.name)}" '
        f"{query_attribute(model.spec, record)}>"
        f"{summary_html(model, record, prediction)}{notes}"
        f"{feedback_html(model, record, prediction)}"
        f"{explanation_html(model, record, explanation)}"
        f'<p class="foot"><span>Answered in {1000 * seconds:.1f} ms</span>'
        '<button type="button" class="copy-link">Copy link</button></p></section>'
    )


def feedback_html(model: LoadedModel, record: Record, prediction: Prediction) -> str:
    """Return what takes a visitor's verdict on an answer, for the open feedback on the model.

    Of two classes "disagree" says which is right; of more, the others can be chosen.
    """
    others = [label for label in model.spec.classes if label != prediction.label]
    one = escape(others[0]) if len(others) == 1 else ""
    choice = "".join(
        f'<button type="button" data-verdict="disagree" data-label="{escape(label)}">{escape(label)}'
        "</button>"
        for label in others
    )
    sent = json.dumps({name: record[name] for name in model.spec.field_names if name in record})
    return (
        f'<div class="feedback" data-session="{escape(standing_code(model.spec.name))}" '
        f'data-record="{escape(sent)}"><p><span>Is it right?</span>'
        '<button type="button" data-verdict="agree">Agree</button>'
        f'<button type="button" data-verdict="disagree" data-label="{one}">Disagree</button></p>'
        f'<p class="others" hidden><span>What is right?</span>{choice}</p>'
        '<p class="said" aria-live="polite"></p></div>'
    )


def comparison_html(answers: Sequence[tuple[LoadedModel, Record, Prediction]]) -> str:
    """Return the answers of several models to one text, side by side."""
    first, record, _ = answers[0]
    cards = "".join(
        f'<div class="compared"><h3>{escape(model.spec.choice)}</h3>{summary_html(model, own, answer)}</div>'
        for model, own, answer in answers
    )
    return (
        f'<section class="answer" aria-live="polite" {query_attribute(first.spec, record)}>'
        f'<div class="comparison">{cards}</div></section>'
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
