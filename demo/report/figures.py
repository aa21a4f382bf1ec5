"""The figures of a session as HTML, for the report and for the board."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demo.figures.agreement import Figures
from demo.report import words
from demo.review_text import UNPRINTABLE
from demo.reviews import Reviewer
from demo.ui.charts import Chart

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER = Path(__file__).parent


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
    return figures_template().render(figures=described, calibration=calibration_chart(described))


@cache
def figures_template() -> "Template":
    """Return the template of the figures alone."""
    return environment().get_template("figures.html.jinja")


def environment() -> "Environment":
    """Return what templates are made with; whatever is put into one is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "tint": tint}
    made.filters["percent"] = words.share_percent
    return made


def printable(value: Any) -> Any:
    """Return a value that is put into the page without marks that break or turn what follows."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return UNPRINTABLE.sub("", value)
    return value


def tint(count: int, largest: int) -> int:
    """Return how strongly a count is tinted beside the largest, in percent."""
    return round(60 * count / largest) if largest else 0


def calibration_chart(figures: Mapping[str, Any]) -> str:
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
