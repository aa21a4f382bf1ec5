"""The kinds of fields: each one parses, describes and refuses its values in plain words."""

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
    is_blank,
    parse_text,
)
from models.number import NumberFeature as NumberFeature

# A message lists so many choices, each so far.
MOST_LISTED, LONGEST_CHOICE = 12, 40
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
