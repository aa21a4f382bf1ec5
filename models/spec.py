"""The description of a model that drives the page, REST, the command line and validation."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from models.errors import InvalidRecord, shown

Value = str | float
# One input: what came for each field, checked or not.
Record = Mapping[str, Any]

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
INVISIBLE = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs"))
SURROGATE = re.compile(r"[\ud800-\udfff]")


def is_blank(text: str) -> bool:
    """Tell whether `text` shows nothing: only spaces, line breaks and invisible marks."""
    return all(unicodedata.category(character) in INVISIBLE for character in text)


def parse_text(value: object, *, name: str, title: str, max_length: int) -> str:
    """Return `value` if it is a printable text of at most `max_length` characters.

    Raises InvalidRecord, with `name` as its field, for anything else.
    """
    fail = partial(InvalidRecord, field=name)
    if not isinstance(value, str):
        raise fail(f"{title} must be a string, but {shown(value)} came.")
    if len(value) > max_length:
        raise fail(
            f"{title} has {len(value):,} characters; at most {max_length:,} are allowed. Shorten it."
        )
    if found := CONTROL.search(value):
        raise fail(
            f"{title} holds the control character U+{ord(found[0]):04X} "
            f"at position {found.start() + 1}; remove it."
        )
    if found := SURROGATE.search(value):
        raise fail(
            f"{title} holds half a character (U+{ord(found[0]):04X}) "
            f"at position {found.start() + 1}; send it as valid Unicode."
        )
    return value


@dataclass(frozen=True)
class TextFeature:
    """A text the model reads, of 1 to `max_length` characters."""

    name: str
    title: str
    max_length: int
    placeholder: str = ""

    def from_text(self, text: str) -> object:
        """Return what a command line or a link stands for, to be parsed."""
        return text

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of the values that `parse` takes."""
        return {
            "type": "string",
            "title": self.title,
            "minLength": 1,
            "maxLength": self.max_length,
        }

    def parse(self, value: object) -> str:
        """Return the text itself; raise InvalidRecord if it is none, blank or too long."""
        text = parse_text(value, name=self.name, title=self.title, max_length=self.max_length)
        if is_blank(text):
            raise InvalidRecord(f"{self.title} is empty; write something to analyse.", self.name)
        return text

    def notice(self, value: str) -> str | None:
        """Say what is unusual about a text that can be read, or None."""
        return None


@dataclass(frozen=True)
class NumberFeature:
    """A measurement in `unit`: seen between `low` and `high`, possible above 0 up to `highest`.

    `typical` is where a form starts, `step` the resolution of the measurements.
    """

    name: str
    title: str
    unit: str
    low: float
    high: float
    step: float
    typical: float
    highest: float

    def from_text(self, text: str) -> object:
        """Return what a command line or a link stands for, to be parsed."""
        try:
            return float(text)
        except ValueError:
            return text

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of the values that `parse` takes."""
        return {
            "type": "number",
            "title": self.title,
            "description": f"In {self.unit}; the model has seen {self.low:g} to {self.high:g}.",
            "exclusiveMinimum": 0,
            "maximum": self.highest,
        }

    def parse(self, value: object) -> float:
        """Return the number as a float; raise InvalidRecord if it is none or impossible."""
        wanted = f"a number above 0 and up to {self.highest:g} {self.unit}"
        if value is None:
            raise InvalidRecord(f"{self.title} is empty; give {wanted}.", self.name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidRecord(
                f"{self.title} must be {wanted}, but {shown(value)} came.", self.name
            )
        if not 0 < value <= self.highest:
            raise InvalidRecord(
                f"{self.title} is {shown(value)}, which is not possible; give {wanted}.", self.name
            )
        return float(value)

    def notice(self, value: float) -> str | None:
        """Say that a possible value lies outside what the model has seen, or None."""
        if self.low <= value <= self.high:
            return None
        return (
            f"{self.title} {value:g} {self.unit} is outside the {self.low:g} to {self.high:g} "
            f"{self.unit} that the model has seen: take the answer with care."
        )


Feature = TextFeature | NumberFeature


@dataclass(frozen=True)
class ContextField:
    """An optional text that travels with a record and is never read by the model."""

    name: str
    title: str
    max_length: int
    suggestions: tuple[str, ...] = ()

    def from_text(self, text: str) -> object:
        """Return what a command line or a link stands for, to be parsed."""
        return text

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of the values that `parse` takes."""
        return {
            "type": ["string", "null"],
            "title": self.title,
            "description": "Travels with the record; the model does not read it.",
            "maxLength": self.max_length,
        }

    def parse(self, value: object) -> str:
        """Return the trimmed text, "" when left out; raise InvalidRecord if it is none."""
        if value is None:
            return ""
        return parse_text(
            value, name=self.name, title=self.title, max_length=self.max_length
        ).strip()


@dataclass(frozen=True)
class Example:
    """A record to click on, with a few words that say what it shows."""

    title: str
    record: Record


@dataclass(frozen=True)
class CardText:
    """What the model card says in words; its figures come from the metadata."""

    purpose: str
    not_for: str
    data: str
    limits: str
    licence: str


@dataclass(frozen=True)
class ModelSpec:
    """What goes into a model and what comes out.

    Models with one `subject` share a tab; `choice` is the model's name in the choice between
    them. Tabs and choices stand by rising `order`. `map_axes` names the two features of the drawing of
    known samples, if there is one. Answers from the probability on at which `sure_accuracy` of the
    held-out ones were right are called sure.
    `cases` are what its records are called, as in "of 100 reviews". `classes` are in the order of the pipeline's
    `classes_`, `main_metric` is the key of the metric to show where there is room for one.
    """

    name: str
    title: str
    subject: str
    choice: str
    summary: str
    classes: tuple[str, ...]
    features: tuple[Feature, ...]
    examples: tuple[Example, ...]
    card: CardText
    main_metric: str
    context: ContextField | None = None
    map_axes: tuple[str, str] | None = None
    order: int = 100
    sure_accuracy: float = 0.9
    cases: str = "cases"

    @property
    def takes_text(self) -> bool:
        """Whether the pipeline takes a sequence of texts rather than an array of numbers."""
        return isinstance(self.features[0], TextFeature)

    @property
    def fields(self) -> tuple[Feature | ContextField, ...]:
        """Every field that a record may hold: the features, then the context."""
        return (*self.features, self.context) if self.context else self.features

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of `fields`."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A model's answer to one record: probabilities in the order of `spec.classes`."""

    label: str
    probabilities: dict[str, float]
    notices: tuple[str, ...] = ()
