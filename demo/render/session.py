"""What a reviewer sees of a case: pieces of HTML, everything that a person typed escaped."""

from html import escape
from urllib.parse import urlencode

from demo.render.answer import explanation_html, notes_html, summary_html
from demo.render.links import session_query
from demo.render.words import counted, label_text
from demo.sessions.case_list import CaseChoice
from demo.sessions.case_view import CaseView, Participant, Progress
from models.registry import LoadedModel
from models.spec import Record


def input_html(model: LoadedModel, record: Record) -> str:
    """Return the input of a case: its text, or its measurements."""
    spec = model.spec
    context = record.get(spec.context.name) if spec.context else None
    about = f'<p class="about">about <cite>{escape(str(context))}</cite></p>' if context else ""
    if spec.text_name:
        text = escape(str(record[spec.text_name]))
        return f'<blockquote class="input" dir="auto">{text}</blockquote>{about}'
    rows = "".join(
        f'<tr><th scope="row">{escape(feature.title)}</th>'
        f"<td>{escape(feature.value_text(record[feature.name]))}</td></tr>"
        for feature in spec.features
    )
    return f'<table class="facts"><tbody>{rows}</tbody></table>{about}'


def head_html(
    participant: Participant, token: str, case_view: CaseView | None, progress: Progress | CaseView
) -> str:
    """Return title, question and progress, and the mark by which the browser keeps the personal link."""
    plan = participant.session.plan
    done, total = progress.done, progress.total
    where = (
        f"Case {case_view.place} of {total}"
        if case_view
        else ("All judged" if total else "No cases yet")
    )
    question = (
        f"<p>{escape(plan.question or plan.purpose)}</p>" if plan.question or plan.purpose else ""
    )
    share = 100 * done / total if total else 0
    query = escape(session_query(participant.session.code, reviewer=token))
    code = escape(participant.session.code)
    return (
        f'<header class="session-head" data-query="{query}" data-code="{code}" '
        f'data-seat="{escape(token)}" data-name="{escape(participant.reviewer.name)}">'
        f"<h2>{escape(plan.title)}</h2>{question}{ending_html(participant, token)}"
        f'<p class="progress"><span>{where} · {done} judged · you are {escape(participant.reviewer.name)}</span>'
        f'<a class="leave" href="{escape(session_query(participant.session.code))}&amp;as=">not you?</a></p>'
        f'<div class="meter" role="progressbar" aria-label="judged" aria-valuenow="{done}" '
        f'aria-valuemin="0" aria-valuemax="{total}"><span style="width:{share:.1f}%"></span></div></header>'
    )


def ending_html(participant: Participant, token: str) -> str:
    """Return that the session is closed, with its report; nothing while it is open."""
    closed_at = participant.session.closed_at
    if not closed_at:
        return ""
    address = f"api/sessions/{participant.session.code}/report?{urlencode({'token': token})}"
    return (
        f'<p class="notice" role="status">This session was closed on {closed_at[:10]}; it takes no verdict '
        f'any more. <a target="_blank" href="{escape(address)}">Read its report</a></p>'
    )


def case_html(participant: Participant, case_view: CaseView) -> str:
    """Return what is to be judged."""
    first = case_view.verdict.verdict_input.blind_label if case_view.verdict else None
    own = f"<p>You said: <strong>{escape(label_text(first))}</strong></p>" if first else ""
    return (
        f'<section class="case" data-case="{case_view.case.id}">{input_html(participant.model, case_view.case.record)}'
        f"{own}</section>"
    )


def case_answer_html(participant: Participant, case_view: CaseView) -> str:
    """Return what the model says, or that it is not shown yet."""
    if case_view.answer is None:
        return (
            '<section class="answer empty"><p>The model\'s answer is shown once you have given '
            "your own label.</p></section>"
        )
    return (
        f'<section class="answer" aria-live="polite" data-model="{escape(participant.model.spec.name)}">'
        f"{summary_html(case_view.answer, with_context=False)}{notes_html(case_view.answer)}</section>"
    )


def case_reasons_html(participant: Participant, case_view: CaseView) -> str:
    """Return why the model says so, or nothing while that is hidden."""
    if case_view.answer is None:
        return ""
    reasons = explanation_html(case_view.answer)
    return f'<section class="answer reasons" data-model="{escape(participant.model.spec.name)}">{reasons}</section>'


def all_judged_html(participant: Participant, total: int) -> str:
    """Return what stands in the place of a case when none is left."""
    floor = participant.session.plan.open_floor
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


def found_html(choice: CaseChoice) -> str:
    """Return how many cases were found and chosen, and the first rows that were left out."""
    text = f"{len(choice.cases):,} of {counted(choice.n_listed, 'case')} chosen."
    if not choice.rejected:
        return f"<p>{text}</p>"
    reasons = "".join(
        f"<li>line {row.line}: {escape(row.reason)}</li>" for row in choice.rejected[:5]
    )
    left_out = counted(len(choice.rejected), "row")
    return f"<p>{text} {left_out} left out:</p><ul>{reasons}</ul>"
