"""What a reviewer sees of a case: pieces of HTML, everything that a person typed escaped."""

from html import escape

from demo.desk import Progress, Seat, Turn
from demo.links import review_query
from demo.ui.answer import answer_notes, summary_html
from demo.ui.explanation import explanation_html
from models.registry import LoadedModel
from models.spec import NumberFeature, Record


def input_html(model: LoadedModel, record: Record) -> str:
    """Return the input of a case: its text, or its measurements."""
    spec = model.spec
    context = record.get(spec.context.name) if spec.context else None
    about = f'<p class="about">about <cite>{escape(str(context))}</cite></p>' if context else ""
    if spec.takes_text:
        text = escape(str(record[spec.features[0].name]))
        return f'<blockquote class="input" dir="auto">{text}</blockquote>{about}'
    rows = "".join(
        f'<tr><th scope="row">{escape(feature.title)}</th><td>{record[feature.name]:g} {feature.unit}</td></tr>'
        for feature in spec.features
        if isinstance(feature, NumberFeature)
    )
    return f'<table class="facts"><tbody>{rows}</tbody></table>{about}'


def head_html(seat: Seat, token: str, turn: Turn | None, progress: Progress) -> str:
    """Return title, question and progress, and the mark by which the browser keeps the personal link."""
    plan = seat.review.plan
    done, total = progress.done, progress.total
    where = f"Case {turn.place} of {total}" if turn else ("All judged" if total else "No cases yet")
    question = (
        f"<p>{escape(plan.question or plan.purpose)}</p>" if plan.question or plan.purpose else ""
    )
    share = 100 * done / total if total else 0
    query = escape(review_query(seat.review.code, reviewer=token))
    return (
        f'<header class="review-head" data-query="{query}" data-review="{escape(seat.review.code)}" '
        f'data-seat="{escape(token)}"><h2>{escape(plan.title)}</h2>{question}'
        f'<p class="progress"><span>{where} · {done} judged · you are {escape(seat.reviewer.name)}</span>'
        f'<a href="{escape(review_query(seat.review.code))}&amp;as=">not you?</a></p>'
        f'<div class="meter" role="progressbar" aria-label="judged" aria-valuenow="{done}" '
        f'aria-valuemin="0" aria-valuemax="{total}"><span style="width:{share:.1f}%"></span></div></header>'
    )


def case_html(seat: Seat, turn: Turn) -> str:
    """Return what is to be judged."""
    return (
        f'<section class="case" data-case="{turn.case.id}">{input_html(seat.model, turn.case.record)}'
        "</section>"
    )


def turn_answer_html(seat: Seat, turn: Turn) -> str:
    """Return what the model says, or that it is not shown yet."""
    if turn.answer is None:
        return (
            '<section class="answer empty"><p>The model\'s answer is shown once you have given '
            "your own label.</p></section>"
        )
    prediction, explanation = turn.answer
    return (
        f'<section class="answer" aria-live="polite" data-model="{escape(seat.model.spec.name)}">'
        f"{summary_html(seat.model, {}, prediction)}{answer_notes(prediction, explanation)}</section>"
    )


def turn_reasons_html(seat: Seat, turn: Turn) -> str:
    """Return why the model says so, or nothing while that is hidden."""
    if turn.answer is None:
        return ""
    reasons = explanation_html(seat.model, turn.case.record, turn.answer[1])
    return f'<section class="answer reasons" data-model="{escape(seat.model.spec.name)}">{reasons}</section>'


def all_judged_html(seat: Seat, total: int) -> str:
    """Return what stands in the place of a case when none is left."""
    floor = seat.review.plan.open_floor
    if not total:
        text = "Try an input of your own below, then say whether the model is right."
    elif floor:
        text = f"Thank you: you have judged all {total} cases. Go back to change a verdict, or try an input of your own."
    else:
        text = f"Thank you: you have judged all {total} cases. Go back to change a verdict while the session is open."
    return f'<section class="case empty"><p>{text}</p></section>'


def waiting_html(message: str) -> str:
    """Return that a verdict is not saved yet, and why."""
    return f'<p class="waiting" role="alert">{escape(message)} Retrying…</p>'


def closed_html(message: str) -> str:
    """Return that a session takes nothing any more."""
    return f'<p class="notice" role="status">{escape(message)}</p>'
