"""A text cut into passages for and against an answer, and what is left of it where room is short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

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
    """How many characters of a text and of a comment there is room for; None for all."""

    text: int | None = None
    comment: int | None = None


def shortened(text: str, longest: int | None) -> str:
    """Return a text of at most so many characters, "…" in the place of what was cut."""
    if longest is None or len(text) <= longest:
        return text
    return f"{text[: longest - 1].rstrip()}…"


def mark_of(value: float, strongest: float) -> str:
    """Return the mark of a word by its strength."""
    strength = abs(value) / strongest
    level = 3 if strength >= STRONG else 2 if strength >= CLEAR else 1
    return f"{'p' if value > 0 else 'n'}{level}"


def passages(text: str, explanation: dict[str, Any] | None, room: Room) -> Iterator[Passage]:
    """Yield the pieces of a text, its words marked by an explanation if there is one."""
    shown = shortened(text, room.text)
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
    """Return the marks before `end`, those joined that are alike with only spaces between them."""
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
