"""What a reviewer sees of a session: the way in, a case, and how far they are."""

from urllib.parse import urlencode

from markupsafe import Markup

from demo.render.answer import summarize
from demo.render.drawing import has_map, map_html
from demo.render.environment import render
from demo.render.explanation import explanation_html
from demo.render.links import session_query
from demo.render.words import label_text
from demo.sessions.board import Board
from demo.sessions.case_view import CaseView, Participant, Progress
from demo.sessions.model import Session, Signature
from demo.sessions.own_agreement import OwnAgreement
from models.registry import LoadedModel
from models.spec import Record


def invitation_html(session: Session) -> Markup:
    """Return what a session is about, for somebody who has not joined yet."""
    return render("case.invitation", session=session, query=session_query(session.code))


def head_html(
    participant: Participant,
    token: str,
    case_view: CaseView | None,
    progress: Progress | CaseView,
    said: str = "",
) -> Markup:
    """Return title, purpose and progress, and the mark by which the browser keeps the personal link.

    `said` is read out once by a screen reader.
    """
    session = participant.session
    return render(
        "case.head",
        session=session,
        name=participant.reviewer.name,
        token=token,
        own_query=session_query(session.code, reviewer=token),
        query=session_query(session.code),
        report=f"api/sessions/{session.code}/report?{urlencode({'token': token})}",
        number=case_view.number if case_view else None,
        progress=progress,
        said=said,
    )


def keys_html() -> Markup:
    """Return the list of keys, which the page opens."""
    return render("case.keys")


def case_html(participant: Participant, case_view: CaseView) -> Markup:
    first = case_view.verdict.verdict_input.blind_label if case_view.verdict else None
    return render(
        "case.case",
        id=case_view.case.id,
        number=case_view.number,
        total=case_view.total,
        stage="verdict" if case_view.answer else "label",
        input=input_html(participant.model, case_view.case.record),
        context=case_view.case.context,
        first_label=label_text(first) if first else "",
    )


def input_html(model: LoadedModel, record: Record) -> Markup:
    """Return the input of a case: its text, or its measurements."""
    spec = model.spec
    context = record.get(spec.context.name) if spec.context else None
    if spec.text_name:
        return render("case.input_text", text=record[spec.text_name], context=context)
    rows = [(feature.title, feature.value_text(record[feature.name])) for feature in spec.features]
    return render("case.input_values", rows=rows, context=context)


def case_answer_html(participant: Participant, case_view: CaseView) -> Markup:
    """Return what the model says, or that it is not shown yet."""
    answer = case_view.answer
    if answer is None:
        return render("case.hidden_answer", closed=participant.session.closed_at)
    return render(
        "case.answer",
        model=participant.model.spec.name,
        summary=summarize(answer, with_context=False),
        notices=answer.notices,
    )


def case_reasons_html(participant: Participant, case_view: CaseView) -> Markup:
    """Return why the model says so, and where the case lies; nothing while the answer is hidden."""
    if case_view.answer is None:
        return Markup()
    model, record = participant.model, case_view.case.record
    return render(
        "case.reasons",
        model=model.spec.name,
        explanation=explanation_html(case_view.answer),
        drawing=map_html(model, record) if has_map(model) else "",
    )


def finish_html(participant: Participant, progress: Progress, own: OwnAgreement | None) -> Markup:
    """Return what is shown when no case is left, or the session is closed."""
    return render("case.finish", session=participant.session, progress=progress, own=own)


def waiting_html(message: str) -> Markup:
    """Return that a verdict is not saved yet, and why."""
    return render("case.waiting", message=message)


def closed_html() -> Markup:
    """Return that a session was closed before somebody's answer came."""
    return render("case.closed")


def closing_html(signature: Signature, board: Board) -> Markup:
    """Return what closing means, to be read before it is done."""
    return render(
        "closing.question",
        **vars(signature),
        unfinished=sum(each.done < each.total for each in board.reviewers),
        n_verdicts=board.n_verdicts,
    )


def ended_html(session: Session, token: str) -> Markup:
    """Return how a session ended, and the way to its report."""
    return render("closing.ended", session=session, token=token)
