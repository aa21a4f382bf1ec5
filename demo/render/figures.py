"""The figures of a session as HTML, for the report and for the board."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from demo.render.charts import Chart
from demo.render.environment import template
from demo.render.links import session_link, session_query
from demo.render.words import DECISIONS, counted, percent_text
from demo.sessions.board import Board, Comment
from demo.sessions.metrics.agreement import Figures
from demo.sessions.metrics.dispute import CaseFigures
from demo.sessions.model import Reviewer, Session
from models.field import short_text
from models.spec import Record

# How figures look, on the page and in a report.
CSS = Path(__file__).parent / "static" / "figures.css"


def describe_figures(found: Figures, reviewers: Iterable[Reviewer]) -> dict[str, Any]:
    """Return the figures of a session for JSON, reviewers by their names; those of each case not."""
    described = found.describe()
    del described["disputes"]
    names = {reviewer.id: reviewer.name for reviewer in reviewers}
    for group in described["by_reviewer"]:
        group["key"] = names[group["key"]]
    return described


def figures_html(described: Mapping[str, Any]) -> str:
    """Return described figures as HTML; whatever a person typed is escaped."""
    return template("figures").render(figures=described, calibration=calibration_chart(described))


def calibration_chart(figures: Mapping[str, Any]) -> str:
    """Return how many people agreed against how sure the model was, "" if nobody judged."""
    bins = figures["calibration"]
    if not bins:
        return ""
    chart = Chart(
        title="When the model was so sure, how often did people agree?",
        x_title="probability of the answer",
        y_title="people agreed",
        points=[(part["probability"], part["agreed"]["share"]) for part in bins],
        sizes=[part["agreed"]["total"] for part in bins],
        x_low=0.5 if len(figures["classes"]) == 2 else 0.25,
        diagonal=True,
    )
    return chart.html()


KINDS = {"html": "Report", "csv": "Verdicts as CSV", "json": "Everything as JSON"}


@lru_cache(maxsize=64)
def qr_html(link: str) -> str:
    """Return a QR code of a link as SVG."""
    import segno

    code: str = segno.make(link, error="m").svg_inline(
        scale=4, border=2, dark="#1e1b4b", light="#fff"
    )
    return f'<div class="qr" role="img" aria-label="QR code of the reviewers\' link">{code}</div>'


def office_html(session: Session, token: str, base: str) -> str:
    """Return what the facilitator needs to let reviewers in, and the way back to the board."""
    plan = session.plan
    texts = "".join(f"<p>{escape(text)}</p>" for text in (plan.purpose, plan.question) if text)
    mark = escape(session_query(session.code, facilitator=token))
    head = f'<header class="session-head" data-query="{mark}" data-code="{escape(session.code)}">'
    title = f"<h2>{escape(plan.title)}</h2>{texts}"
    if session.closed_at:
        return f"{head}{title}{closed_html(session, token)}</header>"
    query = escape(session_query(session.code))
    return (
        f'{head}{title}<div class="invite">{qr_html(session_link(base, session.code))}'
        f'<div data-query="{query}"><p>Reviewers join with this link, or with the code '
        f"<strong>{escape(session.code)}</strong>:</p>"
        f'<p class="link">{escape(session_link(base, session.code))}</p>'
        '<p><button type="button" class="copy-link">Copy link</button></p>'
        '<p class="subdued">This page\'s own address is yours alone: it is the only way back to this '
        "board. Keep it.</p></div></div></header>"
    )


def closed_html(session: Session, token: str) -> str:
    """Return how a session ended, with its report to open or to save."""
    signature = session.signature
    assert signature
    assert session.closed_at
    links = " ".join(
        f'<a class="report-link" target="_blank" href="api/sessions/{escape(session.code)}/report'
        f'?format={kind}&amp;token={escape(token)}">{title}</a>'
        for kind, title in KINDS.items()
    )
    return (
        f'<p class="label">{DECISIONS[signature.decision]}</p><p class="reasons">{escape(signature.reasons)}</p>'
        f"<p>Signed by {escape(', '.join(signature.signed_by))}; closed on {session.closed_at[:10]}.</p>"
        f'<p class="reports">{links}</p>'
    )


def board_html(board: Board) -> str:
    """Return everything that was counted."""
    people = [each.reviewer for each in board.progress]
    figures = figures_html(describe_figures(board.figures, people)) if board.n_verdicts else ""
    counts = ", ".join(
        (
            counted(len(board.numbers), "case"),
            counted(len(people), "reviewer"),
            counted(board.n_verdicts, "verdict"),
        )
    )
    return (
        f'<section class="board"><p class="subdued">{counts}</p>{progress_html(board)}{figures}'
        f"{disputes_html(board)}</section>"
    )


def progress_html(board: Board) -> str:
    """Return how far each reviewer is."""
    if not board.progress:
        return "<p>Nobody has joined yet. Who follows the link above appears here, with what they say.</p>"
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escape(each.reviewer.name)}</th><td class="wide">'
        f'<span class="meter"><span style="width:{100 * each.done / (each.total or 1):.1f}%"></span></span>'
        f"</td><td>{each.done} of {each.total} judged</td></tr>"
        for each in board.progress
    )
    return f'<table class="figures attendance"><tbody>{rows}</tbody></table>'


def disputes_html(board: Board) -> str:
    """Return the disputed cases with what was said of them, then the other comments."""
    by_case: dict[int, list[Comment]] = defaultdict(list)
    for comment in board.comments:
        by_case[comment.case].append(comment)
    cases = [case_html(board, case, by_case.pop(int(case.case), [])) for case in board.disputed]
    disputed = f"<h3>Cases by dispute</h3>{''.join(cases)}" if cases else ""
    others = [comment for comments in by_case.values() for comment in comments]
    if not others:
        return disputed
    lines = "".join(
        f"<li>Case {board.numbers[one.case]}: {comment_html(one)}</li>" for one in others
    )
    return f'{disputed}<h3>Other comments</h3><ul class="comments">{lines}</ul>'


def case_html(board: Board, case: CaseFigures, comments: list[Comment]) -> str:
    """Return one disputed case."""
    number = board.numbers[int(case.case)]
    said = ", ".join(f"{n} {label}" for label, n in case.labels.items())
    if case.cannot_tell:
        said += f", {case.cannot_tell} cannot tell"
    lines = "".join(f"<li>{comment_html(comment)}</li>" for comment in comments)
    said_of_it = f'<ul class="comments">{lines}</ul>' if lines else ""
    return (
        f'<article class="disputed"><p class="text">{number}. '
        f"{escape(record_text(board.records[int(case.case)]))}</p>"
        f"<p>Model: <strong>{escape(case.predicted)}</strong> ({percent_text(case.probability)}). "
        f"People: {escape(said)}.</p>{said_of_it}</article>"
    )


def comment_html(comment: Comment) -> str:
    """Return a comment with who made it."""
    return f"<b>{escape(comment.reviewer)}</b>: {escape(comment.text)}"


def record_text(record: Record) -> str:
    """Return an input on one line."""
    values = [value for value in record.values() if value != ""]
    if all(isinstance(value, str) for value in values):
        return " · ".join(values)
    return ", ".join(
        f"{name.replace('_', ' ')} {short_text(value)}" for name, value in record.items()
    )
