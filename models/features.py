"""The kinds of fields: each one parses, describes and refuses its values in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from models.errors import InvalidRecord, shown
from models.field import FITTING, Field, are_numbers, as_number, is_blank, parse_text, with_point

# How far beyond the range seen to look for another answer, in parts of that range.
BEYOND = 0.1


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
class NumberFeature(Field[float]):
    """A measurement in `unit`: seen between `low` and `high`, possible up to `highest`.

    It is possible above `lowest`, and as `lowest` itself if `takes_lowest`. `typical` is the number that a
    form starts with, `step` the resolution of the measurements.
    """

    unit: str
    low: float
    high: float
    step: float
    typical: float
    highest: float
    lowest: float = 0
    takes_lowest: bool = False

    value_type: ClassVar[type] = float

    @property
    def start(self) -> float:
        return self.typical

    def from_text(self, text: str) -> object:
        """Return the number that a text stands for, or else the text."""
        try:
            return float(text)
        except ValueError:
            return text

    def from_cell(self, cell: str) -> object:
        """Return the number of an entry, which may have a decimal comma; None for an empty one."""
        return self.from_text(with_point(cell)) if cell.strip() else None

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a possible number."""
        return {
            "type": "number",
            "title": self.title,
            "description": f"In {self.unit}; the model has seen {self.low:g} to {self.high:g}.",
            "minimum" if self.takes_lowest else "exclusiveMinimum": self.lowest,
            "maximum": self.highest,
        }

    def parse(self, value: object) -> float:
        """Return the number as a float; raise InvalidRecord if it is impossible or not a number."""
        start = (
            f"from {self.lowest:g} to" if self.takes_lowest else f"above {self.lowest:g} and up to"
        )
        wanted = f"a number {start} {self.highest:g} {self.unit}"
        if value is None:
            raise InvalidRecord(f"{self.title} is empty; give {wanted}.", self.name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidRecord(
                f"{self.title} must be {wanted}, but {shown(value)} came.", self.name
            )
        if not self.is_possible(value):
            raise InvalidRecord(
                f"{self.title} is {shown(value)}, which is not possible; give {wanted}.", self.name
            )
        return float(value)

    def is_possible(self, value: float) -> bool:
        """Tell whether a number lies within the limits; NaN does not."""
        return self.lowest <= value <= self.highest and (self.takes_lowest or value > self.lowest)

    def notice(self, value: float) -> str | None:
        """Say that a possible value lies outside the range that the model has seen, or None."""
        if self.low <= value <= self.high:
            return None
        return (
            f"{self.title} {value:g} {self.unit} is outside the {self.low:g} to {self.high:g} "
            f"{self.unit} that the model has seen: take the answer with care."
        )

    def alternatives(self) -> list[float]:
        """Return the numbers at its steps, from a little below to a little above the range seen."""
        margin = BEYOND * (self.high - self.low)
        first = round((self.low - margin) / self.step)
        last = round((self.high + margin) / self.step)
        # Rounded, as 17 steps of 0.1 are 1.7000000000000002.
        steps = (round(number * self.step, 10) for number in range(first, last + 1))
        return [number for number in steps if self.is_possible(number)]

    def span(self, share: float) -> tuple[float, float]:
        """Return the steps between which a slider moves: a share beyond the range seen, as far as possible."""
        margin = share * (self.high - self.low)
        ends = (round(end / self.step) for end in (self.low - margin, self.high + margin))
        low, high = (round(end * self.step, 10) for end in ends)
        lowest = self.lowest if self.takes_lowest else round(self.lowest + self.step, 10)
        return max(lowest, low), min(self.highest, high)

    def distance(self, left: float, right: float) -> float:
        """Return the difference of two numbers."""
        return abs(left - right)

    def value_text(self, value: float) -> str:
        return f"{value:g} {self.unit}"

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
class CategoryFeature(Field[str]):
    """One of a few `choices`; a form starts with the first."""

    choices: tuple[str, ...]

    @property
    def start(self) -> str:
        """The first choice."""
        return self.choices[0]

    def from_text(self, text: str) -> object:
        """Return the choice that a text stands for, whatever its capitals, or else the text."""
        plain = text.strip().casefold()
        return next((choice for choice in self.choices if choice.casefold() == plain), text)

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of a choice."""
        return {"type": "string", "title": self.title, "enum": list(self.choices)}

    def parse(self, value: object) -> str:
        """Return the choice itself; raise InvalidRecord for anything else."""
        allowed = ", ".join(self.choices)
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
