"""What every kind of field has in common, and how the texts that stand for values are read."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from models.errors import InvalidRecord, shown

# None is a value that is not given, where a pipeline takes that.
Value = str | float | None
# One input: the value of each field, checked or not.
Record = Mapping[str, Any]
V = TypeVar("V", bound="str | float | None")

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
INVISIBLE = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs"))
SURROGATE = re.compile(r"[\ud800-\udfff]")
DECIMAL_COMMA = re.compile(r"\s*[-+]?\d*,\d+(e[-+]?\d+)?\s*", re.IGNORECASE)
# The share of a column that must fit a field.
FITTING = 0.9
NOT_GIVEN = "not given"
ALL_DIGITS = 1_000_000


@dataclass(frozen=True)
class Field(ABC, Generic[V]):
    """A named value of a record; `title` is its name for people."""

    name: str
    title: str

    # Whether a record may leave it out; the type of its values.
    is_optional: ClassVar[bool] = False
    value_type: ClassVar[type] = str

    @property
    def start(self) -> Any:
        """The value that a form starts with; "" for one that people fill in."""
        return ""

    @property
    def may_miss(self) -> bool:
        """Whether a record may hold None for it, as not given."""
        return bool(getattr(self, "takes_missing", False))

    @abstractmethod
    def schema(self) -> dict[str, object]:
        """Return the JSON schema of the values that `parse` takes."""

    @abstractmethod
    def parse(self, value: object) -> V:
        """Return the checked value; raise InvalidRecord, naming this field, for any other."""

    def from_text(self, text: str) -> object:
        """Return the value that a word of a command line or a link stands for, to be parsed."""
        return text

    def from_cell(self, cell: str) -> object:
        """Return the value that an entry of a file stands for, to be parsed."""
        return self.from_text(cell)

    def notice(self, value: V) -> str | None:
        """Say what is unusual about a possible value, or None."""
        return None

    def alternatives(self) -> Sequence[V]:
        """Return the values to try in place of one, in order; none if they cannot be listed."""
        return ()

    def distance(self, left: V, right: V) -> float:
        """Return how far apart two values are."""
        return float(left != right)

    def value_text(self, value: V) -> str:
        """Return a value for people, with its unit."""
        return short_text(value)

    def describe(self) -> dict[str, str]:
        """Return name, title and unit, "" without one."""
        return {"name": self.name, "title": self.title, "unit": ""}

    def column_names(self) -> list[str]:
        """Return the names that a column with this field may have, best first."""
        return [self.name, self.title]

    def can_hold(self, cells: Sequence[str]) -> bool:
        """Tell whether a column of this field's name may hold these entries."""
        return True

    def likeness(self, cells: Sequence[str]) -> float:
        """Return how much the entries of a column look like this field's; 0 for not at all."""
        return 0.0


def short_text(value: Value) -> str:
    """Return a value for people: a text as it is, a number without needless digits."""
    if value is None:
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    # From here on `g` would leave out digits that stand before the point.
    return f"{value:.0f}" if abs(value) >= ALL_DIGITS and value.is_integer() else f"{value:g}"


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


def with_point(cell: str) -> str:
    """Return an entry with a decimal point where it has a decimal comma."""
    return cell.replace(",", ".") if DECIMAL_COMMA.fullmatch(cell) else cell


def as_number(cell: str) -> float | None:
    """Return the number that an entry stands for, or None."""
    try:
        return float(with_point(cell))
    except ValueError:
        return None


def are_numbers(cells: Sequence[str]) -> bool:
    """Tell whether nearly all entries are numbers, or there are none."""
    return sum(as_number(cell) is not None for cell in cells) >= FITTING * len(cells)
