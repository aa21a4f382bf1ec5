"""A session's board and its figures as HTML, made of how `Board.describe` describes them.

The report shows the same figures; they come from the document that was stored.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demo.render import words
from demo.render.charts import Chart
from demo.render.links import session_link, session_query
from demo.render.words import Facts
from demo.sessions.model import Session
from demo.sessions.text import UNPRINTABLE
from models.field import short_text
from models.spec import Record

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
# How figures look, on the page and in a report.
CSS = FOLDER / "static" / "figures.css"


def board_html(board: Facts) -> str:
    """Return everything that was counted; whatever a person typed is escaped."""
    said: dict[int, list[Facts]] = defaultdict(list)
    for comment in board["comments"]:
        said[comment["case"]].append(comment)
    shown = {case["case"] for case in board["disputed"]}
    return template("board.html.jinja").render(
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
    return template("session_head.html.jinja").render(
        session.describe(),
        token=token,
        link=link,
        own_query=session_query(session.code, facilitator=token),
        query=session_query(session.code),
        qr_code="" if session.closed_at else qr_code(link),
    )


@lru_cache(maxsize=64)
def qr_code(link: str) -> "Markup":
    """Return a QR code of a link as SVG."""
    import segno
    from markupsafe import Markup

    code = segno.make(link, error="m").svg_inline(scale=4, border=2, dark="#1e1b4b", light="#fff")
    return Markup(code)  # noqa: S704 - made of squares alone


def calibration_chart(figures: Facts) -> str:
    """Return how many people agreed against how sure the model was, "" if nobody judged."""
    from markupsafe import Markup

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
    return Markup(chart.html())  # noqa: S704 - escaped by Chart


@cache
def template(name: str) -> "Template":
    """Return a template of the page."""
    return environment().get_template(name)


def environment(*folders: Path) -> "Environment":
    """Return what makes templates of these folders and of our own; whatever is put into one is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        loader=FileSystemLoader([*folders, TEMPLATES]),
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "tint": tint}
    made.filters |= {
        "percent": words.share_percent,
        "probability": words.percent_text,
        "record": record_text,
    }
    return made


def printable(value: Any) -> Any:
    """Return a value that is put into the page without marks that break or turn what follows."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return UNPRINTABLE.sub("", value)
    return value


def tint(count: int, largest: int) -> int:
    """Return how strongly a count is tinted beside the largest, in percent."""
    return round(60 * count / largest) if largest else 0


def record_text(record: Record) -> str:
    """Return an input on one line."""
    values = [value for value in record.values() if value != ""]
    if all(isinstance(value, str) for value in values):
        return " · ".join(values)
    return ", ".join(
        f"{name.replace('_', ' ')} {short_text(value)}" for name, value in record.items()
    )
