"""The templates of everything that is HTML: whatever is put into one is escaped."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from demo.render import words

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES = Path(__file__).parent / "templates"


def make_environment(*folders: Path, finalize: Callable[[Any], Any] | None = None) -> "Environment":
    """Return what makes templates of these folders and of our own.

    `finalize` changes every value before it is escaped; by default a text stays as it was written.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        loader=FileSystemLoader([*folders, TEMPLATES]),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["words"] = words
    made.filters |= {
        "label": words.label_text,
        "percent": words.share_percent,
        "probability": words.percent_text,
        "record": words.record_text,
        "signed": words.signed_text,
    }
    return made


page_environment = cache(make_environment)


@cache
def template(name: str) -> "Template":
    """Return one of the page's templates, compiled when it is first needed."""
    return page_environment().get_template(f"{name}.html.jinja")


def render(macro: str, **values: object) -> Markup:
    """Return what a macro makes of values: `render("answer.bars", prediction=prediction)`."""
    name, _, part = macro.partition(".")
    made: Markup = getattr(template(name).module, part)(**values)
    return made
