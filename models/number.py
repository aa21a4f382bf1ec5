"""A field that holds a number: its limits, its range, its unit."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from models.errors import InvalidRecord, shown
from models.field import FITTING, Field, as_number, short_text, with_point

# How far beyond the range seen to look for another answer, in parts of that range.
BEYOND = 0.1
MOST_ALTERNATIVES = 200
LARGEST = sys.float_info.max


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

    def alternatives(self) -> list[float]:
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
