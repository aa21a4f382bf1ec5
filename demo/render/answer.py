"""What a prediction looks like, on the page and in a report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from demo.render.environment import render
from demo.render.explanation import explanation_html
from demo.render.links import write_query
from demo.sessions.codes import standing_code
from models.explain.answers import Answer
from models.explain.trust import is_unsure, trust_sentence, unsure_sentence
from models.spec import ModelSpec, Prediction


@dataclass(frozen=True)
class Summary:
    """An answer in short; `unsure`, `context` and `trust` are "" where there is nothing to say.

    `threshold` is the probability from which on an answer is called sure, None if there is none.
    """

    prediction: Prediction
    threshold: float | None
    unsure: str
    context: str
    trust: str


def summarize(answer: Answer, *, with_context: bool = True) -> Summary:
    """Return the label or between which two the model is unsure, and how far to trust that."""
    prediction, metadata, spec = answer.prediction, answer.model.metadata, answer.model.spec
    context = answer.record[spec.context.name] if spec.context and with_context else ""
    probability = prediction.probabilities[prediction.label]
    return Summary(
        prediction,
        metadata.get("threshold", {}).get("probability"),
        unsure_sentence(prediction) if is_unsure(prediction, metadata) else "",
        str(context),
        trust_sentence(probability, metadata, spec.cases, bool(answer.notices)) or "",
    )


def bars(prediction: Prediction) -> Markup:
    """Return a bar for each class; the label's own stands out."""
    return render("answer.bars", prediction=prediction)


def answer_html(answer: Answer, seconds: float) -> Markup:
    """Return the answer: summary, notices, why, what if, and how long it took."""
    spec = answer.model.spec
    return render(
        "answer.answer",
        model=spec.name,
        query=write_query(spec, answer.record),
        summary=summarize(answer),
        notices=answer.notices,
        feedback=feedback_html(answer),
        explanation=explanation_html(answer),
        milliseconds=1000 * seconds,
    )


def feedback_html(answer: Answer) -> Markup:
    """Return what takes a visitor's verdict on an answer, for the open feedback on the model.

    Of two classes "disagree" says which is right; of more, the others can be chosen.
    """
    spec = answer.model.spec
    return render(
        "answer.feedback",
        label=answer.prediction.label,
        session=standing_code(spec.name),
        record=inputs_json(answer),
        others=[label for label in spec.classes if label != answer.prediction.label],
    )


def inputs_json(answer: Answer) -> str:
    """Return the values of the fields that an answer belongs to."""
    names = answer.model.spec.field_names
    return json.dumps({name: answer.record[name] for name in names})


def comparison_html(answers: Sequence[Answer]) -> Markup:
    """Return the answers of several models to one text, side by side."""
    first = answers[0]
    return render(
        "answer.comparison",
        query=write_query(first.model.spec, first.record),
        cards=[(each.model.spec.choice, summarize(each)) for each in answers],
    )


def empty_html(spec: ModelSpec) -> Markup:
    """Return what stands there while there is no answer."""
    return render("answer.empty", query=write_query(spec, {}), starts_filled=spec.starts_filled)


def error_html(message: str) -> Markup:
    """Return a message to stand beside a field; nothing for no message."""
    return render("answer.error", message=message)
