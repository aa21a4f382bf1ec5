"""The page of a report: one file that opens anywhere, made of the document alone."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from demo.report import words
from demo.report.document import Document
from demo.report.entries import Entry
from demo.report.figures import FOLDER, calibration_chart, environment
from demo.report.passages import Passage, Room, passages, shortened
from demo.report.seal import ZEROS
from demo.ui.answer import bars
from demo.ui.explanation import contribution_bars
from demo.ui.numbers import percent_text
from models.explanation import Contribution, Explanation, Familiarity
from models.spec import Prediction

if TYPE_CHECKING:
    from jinja2 import Template

PAGE_CSS = FOLDER.parent / "ui" / "page.css"
# The pieces of the app's page that a report shows as well, by how their rules start.
SHARED = ("table.bars", "table.contributions", ".chart ", ".board ")
MEDIA = re.compile(r"@[^{}]+\{(?:[^{}]+\{[^{}]*\})*\s*\}")
LARGEST_BYTES = 2_000_000
# Tried in turn until the page is small enough.
ROOMS = (
    Room(),
    Room(3_000, 1_000),
    Room(1_500, 400),
    Room(700, 200),
    Room(250, 80),
    Room(100, 30),
)
EXCERPT = 110
N_STRONGEST = 6
SHORT = 900


def write_page(document: Document) -> str:
    """Return the page, with room for its hash.

    Where texts and comments would make it too large they are shortened, and the page says so.
    """
    page = ""
    for room in ROOMS:
        page = render(document, room)
        if len(page.encode()) <= LARGEST_BYTES:
            break
    return page


def render(document: Document, room: Room) -> str:
    """Return the page with as much of every text as there is room for."""
    by_id = {entry["case"]: entry for entry in document["cases"]}
    return template().render(
        document | {"content_sha256": ZEROS, "document_sha256": document["content_sha256"]},
        css=shared_css() + (FOLDER / "report.css").read_text("utf-8"),
        room=room,
        disputed_cases=[by_id[case] for case in document["disputed"]],
        calibration=calibration_chart(document["figures"]),
    )


@cache
def template() -> "Template":
    """Return the page's template; whatever is put into it is escaped."""
    from markupsafe import Markup

    made = environment()
    made.globals |= {
        "bars": lambda entry: Markup(answer_bars(entry)),  # noqa: S704 - escaped by bars()
        "contributions": lambda kept: Markup(kept_bars(kept)),  # noqa: S704 - likewise
        "passages": entry_passages,
        "strongest": strongest,
        "said_groups": said_groups,
        "excerpt": excerpt,
        "is_short": is_short,
    }
    made.filters |= {
        "probability": percent_text,
        "moment": words.moment,
        "day": words.day,
        "label": words.label_text,
        "value": value_text,
        "shortened": shortened,
    }
    return made.get_template("report.html.jinja")


@cache
def shared_css() -> str:
    """Return the rules of the app's page for what a report shows in the same way."""
    flat = MEDIA.sub("", PAGE_CSS.read_text("utf-8"))
    rules = re.findall(r"[^{}]+\{[^{}]*\}", flat)
    return "".join(rule for rule in rules if rule.strip().startswith(SHARED))


def answer_bars(entry: Entry) -> str:
    """Return the model's probabilities for a case as bars."""
    return bars(Prediction(entry["predicted"], entry["probabilities"]))


def kept_bars(kept: dict[str, Any]) -> str:
    """Return the contributions of measurements as bars."""
    return contribution_bars(
        Explanation(
            **{name: kept[name] for name in ("kind", "toward", "against", "intercept", "margin")},
            contributions=tuple(Contribution(**item) for item in kept["contributions"]),
            familiarity=Familiarity(),
        )
    )


def entry_passages(entry: Entry, text_field: str, room: Room) -> Iterator[Passage]:
    """Yield the pieces of a case's text."""
    return passages(str(entry["record"].get(text_field, "")), entry.get("explanation"), room)


def strongest(kept: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Return the strongest words for and against an answer: mark, label and words with their values."""
    items = kept["contributions"][:N_STRONGEST]
    sides = (("p3", kept["toward"], 1), ("n3", kept["against"], -1))
    return [
        (mark, label, own)
        for mark, label, sign in sides
        if (own := [signed_item(item) for item in items if item["value"] * sign > 0])
    ]


def signed_item(item: dict[str, Any]) -> str:
    """Return a word with what it adds."""
    return f"{item['feature']} {'+' if item['value'] > 0 else '−'}{abs(item['value']):.2f}"


def said_groups(entry: Entry) -> list[tuple[str | None, str | None, list[Entry]]]:
    """Return the verdicts on a case by what they say: those who disagree first, then by label."""
    order = {"disagree": 0, "agree": 1, "cannot_tell": 2, None: 3}
    groups: dict[tuple[str | None, str | None], list[Entry]] = {}
    for said in entry["verdicts"]:
        groups.setdefault((said["verdict"], said["label"]), []).append(said)
    found = [(verdict, label, group) for (verdict, label), group in groups.items()]
    return sorted(found, key=lambda group: (order[group[0]], -len(group[2]), group[1] or ""))


def is_short(entry: Entry) -> bool:
    """Tell whether a case fits well on one sheet of paper, so that it need not be cut in two."""
    typed = [verdict["comment"] for verdict in entry["verdicts"]]
    return sum(len(str(value)) for value in (*entry["record"].values(), *typed)) < SHORT


def value_text(value: object) -> str:
    """Return a value of a record as people write it: numbers without needless zeros."""
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def excerpt(entry: Entry, model: dict[str, Any]) -> str:
    """Return the input of a case in a line."""
    if name := model["text_field"]:
        return shortened(" ".join(str(entry["record"].get(name, "")).split()), EXCERPT)
    values = (entry["record"].get(field["name"]) for field in model["fields"])
    shown = (value_text(value) for value in values if value not in (None, ""))
    return shortened(" · ".join(shown), EXCERPT)
