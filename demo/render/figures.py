"""A session's board and its figures as HTML, made of how `Board.describe` describes them.

The report shows the same figures; they come from the document that was stored.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from demo.render.charts import Chart
from demo.render.environment import template
from demo.render.links import session_link, session_query
from demo.render.words import Facts
from demo.sessions.model import Session

# How figures look, on the page and in a report.
CSS = Path(__file__).parent / "static" / "figures.css"


def board_html(board: Facts) -> str:
    """Return everything that was counted; whatever a person typed is escaped."""
    said: dict[int, list[Facts]] = defaultdict(list)
    for comment in board["comments"]:
        said[comment["case"]].append(comment)
    shown = {case["case"] for case in board["disputed"]}
    return template("board").render(
        board,
        figures=name_reviewers(board["figures"], board["reviewers"]),
        calibration=calibration_chart(board["figures"]),
        said=said,
        others=[comment for case, own in said.items() if case not in shown for comment in own],
    )


def name_reviewers(figures: Facts, reviewers: Iterable[Facts]) -> dict[str, Any]:
    """Return described figures with the names of the reviewers in the place of their ids."""
    names = {reviewer["id"]: reviewer["name"] for reviewer in reviewers}
    named = [group | {"key": names[group["key"]]} for group in figures["by_reviewer"]]
    return {**figures, "by_reviewer": named}


def session_head_html(session: Session, token: str, base: str) -> str:
    """Return what the facilitator needs to let reviewers in and to come back, or how a session ended."""
    link = session_link(base, session.code)
    return template("session_head").render(
        session.describe(),
        token=token,
        link=link,
        own_query=session_query(session.code, facilitator=token),
        query=session_query(session.code),
        qr_code="" if session.closed_at else qr_code(link),
    )


@lru_cache(maxsize=64)
def qr_code(link: str) -> Markup:
    """Return a QR code of a link as SVG."""
    import segno

    code = segno.make(link, error="m").svg_inline(scale=4, border=2, dark="#1e1b4b", light="#fff")
    return Markup(code)  # noqa: S704 - made of squares alone


def calibration_chart(figures: Facts) -> str:
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
        x_word="sure",
        y_word="agreed",
        unit="verdicts",
    )
    return chart.html()
