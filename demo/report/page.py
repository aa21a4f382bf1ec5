"""The page of a report: one file that opens anywhere, made of the document alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from demo.render import words
from demo.render.answer import bars
from demo.render.environment import make_environment
from demo.render.explanation import contribution_bars
from demo.render.figures import CSS, calibration_chart
from demo.report.document import Document, Entry
from demo.report.seal import ZEROS
from demo.sessions.text import UNPRINTABLE, shorten
from models.explain.explanation import Contribution, Explanation, Familiarity
from models.field import short_text
from models.spec import Prediction

if TYPE_CHECKING:
    from jinja2 import Template

# From this part of the strongest word on, a word is marked strongly, or clearly.
STRONG, CLEAR = 0.6, 0.25
# Start, end, and what kind of passage it is.
Mark = tuple[int, int, str]


class Passage(NamedTuple):
    """A piece of a text: `mark` is "p1" to "p3" for, "n1" to "n3" against, "u" unknown, "" for neither."""

    mark: str
    text: str


@dataclass(frozen=True)
class Room:
    """How many characters of a text and of a comment are shown; None for all."""

    text: int | None = None
    comment: int | None = None


def mark_of(value: float, strongest: float) -> str:
    """Return the mark of a word by its strength."""
    strength = abs(value) / strongest
    level = 3 if strength >= STRONG else 2 if strength >= CLEAR else 1
    return f"{'p' if value > 0 else 'n'}{level}"


def passages(text: str, explanation: dict[str, Any] | None, room: Room) -> Iterator[Passage]:
    """Yield the pieces of a text, its words marked by an explanation if there is one."""
    shown = shorten(text, room.text)
    # The last character stands for what was cut.
    end = len(shown) - (shown != text)
    at = 0
    for start, stop, mark in runs(shown, marks_of(explanation or {}), end):
        if at < start:
            yield Passage("", shown[at:start])
        yield Passage(mark, shown[start:stop])
        at = stop
    if at < len(shown):
        yield Passage("", shown[at:])


def runs(text: str, marks: Iterable[Mark], end: int) -> list[Mark]:
    """Return the marks before `end`; equal ones with only spaces between them are joined."""
    joined: list[Mark] = []
    for start, stop, mark in marks:
        if stop > end:
            break
        if joined and joined[-1][2] == mark and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], stop, mark)
        else:
            joined.append((start, stop, mark))
    return joined


def marks_of(explanation: dict[str, Any]) -> list[Mark]:
    """Return start, end and mark of each marked word, in the order of the text."""
    weighed = explanation.get("marks", [])
    strongest = max((abs(value) for _, _, value in weighed), default=1.0)
    marks = [(start, end, mark_of(value, strongest)) for start, end, value in weighed]
    return sorted([*marks, *((start, end, "u") for start, end in explanation.get("unknown", []))])


TEMPLATES = Path(__file__).parent / "templates"
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
        css=CSS.read_text("utf-8") + (TEMPLATES / "report.css").read_text("utf-8"),
        room=room,
        disputed_cases=[by_id[case] for case in document["disputed"]],
        calibration=calibration_chart(document["figures"]),
    )


@cache
def template() -> "Template":
    """Return the page's template; whatever is put into it is escaped."""
    made = make_environment(TEMPLATES, finalize=printable)
    made.globals |= {
        "bars": answer_bars,
        "contributions": kept_bars,
        "passages": entry_passages,
        "strongest": strongest,
        "said_groups": said_groups,
        "excerpt": excerpt,
        "is_short": is_short,
    }
    made.filters |= {
        "moment": words.moment,
        "day": words.day,
        "value": short_text,
        "shortened": shorten,
    }
    return made.get_template("report.html.jinja")


def printable(value: Any) -> Any:
    """Return a value that is put into the page without marks that break or turn what follows."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return UNPRINTABLE.sub("", value)
    return value


def answer_bars(entry: Entry) -> Markup:
    """Return the model's probabilities for a case as bars."""
    return bars(Prediction(entry["predicted"], entry["probabilities"]))


def kept_bars(kept: dict[str, Any]) -> Markup:
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
        if (
            own := [
                f"{item['feature']} {words.signed_text(item['value'])}"
                for item in items
                if item["value"] * sign > 0
            ]
        )
    ]


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


def excerpt(entry: Entry, model: dict[str, Any]) -> str:
    """Return the input of a case in a line."""
    if name := model["text_field"]:
        return shorten(" ".join(str(entry["record"].get(name, "")).split()), EXCERPT)
    values = (entry["record"].get(field["name"]) for field in model["fields"])
    shown = (short_text(value) for value in values if value not in (None, ""))
    return shorten(" · ".join(shown), EXCERPT)
