"""The kinds of fields: each one parses, describes and refuses its values in plain words."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from models.errors import InvalidRecord, shown
from models.field import (
    FITTING,
    NOT_GIVEN,
    Field,
    are_numbers,
    as_number,
    is_blank,
    parse_text,
    short_text,
    with_point,
)

# How far beyond the range seen to look for another answer, in parts of that range.
BEYOND = 0.1
MOST_ALTERNATIVES = 200
# A message lists so many choices, each so far.
MOST_LISTED, LONGEST_CHOICE = 12, 40
LARGEST = sys.float_info.max
WORDS = {
    **dict.fromkeys(("true", "yes", "y", "1", "1.0", "on"), True),
    **dict.fromkeys(("false", "no", "n", "0", "0.0", "off"), False),
}


@dataclass(frozen=True)
class TextFeature(Field[str]):
    """A text the model reads, of 1 to `max_length` characters."""

    max_length: int
    placeholder: str = ""

    def schema(self) -> dict[str, object]:
        return {"type": "string", "title": self.title, "minLength": 1, "maxLength": self.max_length}

    def parse(self, value: object) -> str:
        """Return the text itself; raise InvalidRecord if it is blank, too long or not a text."""
        text = parse_text(value, name=self.name, title=self.title, max_length=self.max_length)
        if is_blank(text):
            raise InvalidRecord(f"{self.title} is empty; write something to analyse.", self.name)
        return text

    def column_names(self) -> list[str]:
        """Return its own names, then those that columns of texts commonly have."""
        usual = ("text", "tweet", "review", "sentence", "comment", "content", "message", "body")
        return [*super().column_names(), *usual, "phrase", "post", "document"]

    def can_hold(self, cells: Sequence[str]) -> bool:
        """Tell whether entries are texts rather than numbers."""
        return not are_numbers(cells)

    def likeness(self, cells: Sequence[str]) -> float:
        """Return how many characters texts have on average, 0 for numbers."""
        return sum(map(len, cells)) / len(cells) if self.can_hold(cells) else 0.0


@dataclass(frozen=True)
class NumberFeature(Field[float | None]):
    """A measurement in `unit`, "" without one: seen between `low` and `high`, possible up to `highest`.

    It is possible above `lowest`, and as `lowest` itself if `takes_lowest`. `typical` is the number that a
    form starts with, `step` the resolution of the measurements. `seen_by` says who saw the range, "" if
    nobody did. `is_whole` if there is nothing between the whole numbers; `takes_missing` if the pipeline
    answers without it: it is None then.
    """

    unit: str
    low: float
    high: float
    step: float
    typical: float
    highest: float
    lowest: float = 0
    takes_lowest: bool = False
    is_whole: bool = False
    takes_missing: bool = False
    seen_by: str = "the model has seen"

    value_type: ClassVar[type] = float

    @property
    def start(self) -> float:
        return self.typical

    def from_text(self, text: str) -> object:
        """Return the number that a text stands for, None for none where that is taken, or else the text."""
        if self.takes_missing and not text.strip():
            return None
        try:
            return float(text)
        except ValueError:
            return text

    def from_cell(self, cell: str) -> object:
        """Return the number of an entry, which may have a decimal comma; None for an empty one."""
        return self.from_text(with_point(cell)) if cell.strip() else None

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a possible number."""
        kind = "integer" if self.is_whole else "number"
        described: dict[str, object] = {
            "type": [kind, "null"] if self.takes_missing else kind,
            "title": self.title,
        }
        unit = f"In {self.unit}" if self.unit else ""
        seen = f"{self.seen_by} {self.low:g} to {self.high:g}" if self.seen_by else ""
        if unit or seen:
            described["description"] = "; ".join(filter(None, (unit, seen))) + "."
        if math.isfinite(self.lowest):
            described["minimum" if self.takes_lowest else "exclusiveMinimum"] = self.lowest
        if math.isfinite(self.highest):
            described["maximum"] = self.highest
        return described

    @property
    def wanted(self) -> str:
        """What is taken, in words."""
        number = "a whole number" if self.is_whole else "a number"
        if math.isfinite(self.lowest):
            start = f"from {self.lowest:g} to" if self.takes_lowest else f"above {self.lowest:g}"
            if not math.isfinite(self.highest):
                return f"{number} {start.removesuffix(' to')}"
            number = f"{number} {start if self.takes_lowest else f'{start} and up to'}"
            return f"{number} {self.in_unit(self.highest)}"
        return (
            f"{number} up to {self.in_unit(self.highest)}"
            if math.isfinite(self.highest)
            else number
        )

    def in_unit(self, value: float) -> str:
        """Return a number with the unit, if there is one."""
        return f"{short_text(value)} {self.unit}".rstrip()

    def parse(self, value: object) -> float | None:
        """Return the number as a float; raise InvalidRecord if it is impossible or not a number."""
        if value is None or (value == "" and self.takes_missing):
            if self.takes_missing:
                return None
            raise InvalidRecord(f"{self.title} is empty; give {self.wanted}.", self.name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidRecord(
                f"{self.title} must be {self.wanted}, but {shown(value)} came.", self.name
            )
        if not self.is_possible(value):
            raise InvalidRecord(
                f"{self.title} is {shown(value)}, which is not possible; give {self.wanted}.",
                self.name,
            )
        return float(value)

    def is_possible(self, value: float) -> bool:
        """Tell whether a number lies within the limits; NaN and what is endless do not."""
        # A whole number may have more digits than a float can hold.
        if not -LARGEST <= value <= LARGEST or (self.is_whole and value != int(value)):
            return False
        return self.lowest <= value <= self.highest and (self.takes_lowest or value > self.lowest)

    def notice(self, value: float | None) -> str | None:
        """Say that a possible value lies outside the range that was seen, or None."""
        if value is None or not self.seen_by or self.low <= value <= self.high:
            return None
        return (
            f"{self.title} {self.in_unit(value)} is outside the {short_text(self.low)} to "
            f"{self.in_unit(self.high)} that {self.seen_by}: take the answer with care."
        )

    def alternatives(self) -> list[float | None]:
        """Return the numbers at its steps, from a little below to a little above the range seen.

        Of more than 200 steps every second, third … is taken.
        """
        margin = BEYOND * (self.high - self.low)
        first = round((self.low - margin) / self.step)
        last = round((self.high + margin) / self.step)
        # Rounded, as 17 steps of 0.1 are 1.7000000000000002.
        stride = 1 + (last - first) // MOST_ALTERNATIVES
        steps = (round(number * self.step, 10) for number in range(first, last + 1, stride))
        return [number for number in steps if self.is_possible(number)]

    def span(self, share: float) -> tuple[float, float]:
        """Return the steps between which a slider moves: a share beyond the range seen, as far as possible."""
        margin = share * (self.high - self.low)
        ends = (round(end / self.step) for end in (self.low - margin, self.high + margin))
        low, high = (round(end * self.step, 10) for end in ends)
        lowest = self.lowest if self.takes_lowest else round(self.lowest + self.step, 10)
        return max(lowest, low), min(self.highest, high)

    def distance(self, left: float | None, right: float | None) -> float:
        """Return the difference of two numbers; from one that is not given all are as far."""
        if left is None or right is None:
            return float(left is not right)
        return abs(left - right)

    def value_text(self, value: float | None) -> str:
        return short_text(value) if value is None else self.in_unit(value)

    def describe(self) -> dict[str, str]:
        """Return name, title and unit."""
        return super().describe() | {"unit": self.unit}

    def column_names(self) -> list[str]:
        """Return its own names, alone and with the unit."""
        names = super().column_names()
        return names + [name + end for name in names for end in (self.unit, f"in{self.unit}")]

    def likeness(self, cells: Sequence[str]) -> float:
        """Return 1 if nearly all entries are numbers that the model has seen."""
        numbers = [number for cell in cells if (number := as_number(cell)) is not None]
        inside = sum(self.low <= number <= self.high for number in numbers)
        return float(bool(cells) and inside >= FITTING * len(cells))


@dataclass(frozen=True)
class CategoryFeature(Field[str | None]):
    """One of a few `choices`; a form starts with `typical`, or with the first.

    It may be None, as not given, if it `takes_missing`.
    """

    choices: tuple[str, ...]
    typical: str = ""
    takes_missing: bool = False

    @property
    def start(self) -> str:
        """The usual choice, or the first."""
        return self.typical or self.choices[0]

    def from_text(self, text: str) -> object:
        """Return the choice that a text stands for, whatever its capitals, or else the text."""
        plain = text.strip().casefold()
        return next((choice for choice in self.choices if choice.casefold() == plain), text)

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a choice."""
        if self.takes_missing:
            return {
                "type": ["string", "null"],
                "title": self.title,
                "enum": [*self.choices, None],
            }
        return {"type": "string", "title": self.title, "enum": list(self.choices)}

    def parse(self, value: object) -> str | None:
        """Return the choice itself; raise InvalidRecord for anything else."""
        allowed = list_choices(self.choices)
        if self.takes_missing and value in (None, "", NOT_GIVEN):
            return None
        if value is None or value == "":
            raise InvalidRecord(f"{self.title} is empty; choose one of: {allowed}.", self.name)
        if not isinstance(value, str) or value not in self.choices:
            raise InvalidRecord(
                f"{self.title} must be one of {allowed}, but {shown(value)} came.", self.name
            )
        return value

    def alternatives(self) -> tuple[str, ...]:
        """Return every choice."""
        return self.choices

    def likeness(self, cells: Sequence[str]) -> float:
        """Return 1 if nearly all entries are choices."""
        fitting = sum(self.from_text(cell) in self.choices for cell in cells)
        return float(bool(cells) and fitting >= FITTING * len(cells))


def list_choices(choices: Sequence[str]) -> str:
    """Return the choices as a sentence lists them, of many the first."""
    listed = ", ".join(choice[:LONGEST_CHOICE] for choice in choices[:MOST_LISTED])
    rest = len(choices) - MOST_LISTED
    return f"{listed} and {rest} more" if rest > 0 else listed


@dataclass(frozen=True)
class FlagFeature(Field[bool]):
    """Something that is so or is not; a form starts with `typical`."""

    typical: bool = False

    value_type: ClassVar[type] = bool

    @property
    def start(self) -> bool:
        return self.typical

    def from_text(self, text: str) -> object:
        """Return what a word for yes or no stands for, or else the text."""
        return WORDS.get(text.strip().casefold(), text)

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a flag."""
        return {"type": "boolean", "title": self.title}

    def parse(self, value: object) -> bool:
        """Return the flag itself; raise InvalidRecord for anything else."""
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float) and value in (0, 1):
            return bool(value)
        raise InvalidRecord(
            f"{self.title} must be true or false, but {shown(value)} came.", self.name
        )

    def alternatives(self) -> tuple[bool, ...]:
        """Return both."""
        return (False, True)

    def can_hold(self, cells: Sequence[str]) -> bool:
        """Tell whether entries are words for yes and no."""
        return all(cell.strip().casefold() in WORDS for cell in cells)


@dataclass(frozen=True)
class DateFeature(Field[str]):
    """A day, written as 2026-11-22; a form starts with `typical`."""

    typical: str

    @property
    def start(self) -> str:
        return self.typical

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a day."""
        return {"type": "string", "format": "date", "title": self.title}

    def parse(self, value: object) -> str:
        """Return the day as 2026-11-22; raise InvalidRecord if it is none."""
        try:
            # With a time of day, as tables have it, the day counts.
            return date.fromisoformat(str(value).strip()[: len("2026-11-22")]).isoformat()
        except ValueError as error:
            raise InvalidRecord(
                f"{self.title} must be a day such as {self.typical}, but {shown(value)} came.",
                self.name,
            ) from error

    def alternatives(self) -> tuple[str, ...]:
        """Return the days near the one that a form starts with, by months."""
        first = date.fromisoformat(self.typical)
        return tuple((first + timedelta(days=30 * n)).isoformat() for n in range(-12, 13))

    def distance(self, left: str, right: str) -> float:
        """Return how many days lie between two."""
        return float(abs((date.fromisoformat(left) - date.fromisoformat(right)).days))


@dataclass(frozen=True)
class ContextField(Field[str]):
    """An optional text that travels with a record and is never read by the model."""

    max_length: int
    suggestions: tuple[str, ...] = ()

    is_optional: ClassVar[bool] = True

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a text that may be left out."""
        return {
            "type": ["string", "null"],
            "title": self.title,
            "description": "Travels with the record; the model does not read it.",
            "maxLength": self.max_length,
        }

    def parse(self, value: object) -> str:
        """Return the trimmed text, "" when left out; raise InvalidRecord if it is not a text."""
        if value is None:
            return ""
        return parse_text(
            value, name=self.name, title=self.title, max_length=self.max_length
        ).strip()

    def column_names(self) -> list[str]:
        """Return its own names, alone and followed by "title" or "name"."""
        names = super().column_names()
        return names + [name + end for name in names for end in ("title", "name")]
