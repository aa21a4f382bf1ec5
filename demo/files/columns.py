"""Guessing which column of a table holds what a model reads."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from demo.files.errors import LONGEST_LABEL
from models.field import are_numbers
from models.spec import Feature, ModelSpec

if TYPE_CHECKING:
    import pandas as pd

LABEL = "label"
LABEL_NAMES = (
    "truelabel",
    "label",
    "sentiment",
    "class",
    "target",
    "species",
    "polarity",
    "category",
    "gold",
    "y",
)
N_LOOKED_AT = 1_000
# The share of a column that must be labels for it to be taken.
READABLE = 0.5

Cells = Mapping[str, Sequence[str]]


def guess_columns(table: "pd.DataFrame", spec: ModelSpec) -> dict[str, str | None]:
    """Return which column seems to hold each field of the spec, and under "label" the true label.

    Names decide where they can; else the texts are in the column with the longest entries, measurements in
    columns of numbers that the model has seen, labels where every entry is one. None where nothing fits.
    """
    # From all over the table: files are often sorted by label.
    rows = table.iloc[:: max(1, len(table) // N_LOOKED_AT)]
    cells = {
        str(column): [cell for cell in rows[column] if cell.strip()] for column in table.columns
    }
    guess: dict[str, str | None] = dict.fromkeys((*spec.field_names, LABEL))
    free = dict(cells)

    def take(name: str, column: str | None) -> None:
        if guess[name] is None and column is not None:
            guess[name] = column
            del free[column]

    for field in spec.fields:
        take(field.name, find_column_by_name(field, free))
    take(LABEL, find_label_by_name(free, spec))
    take(LABEL, find_label_by_content(free, spec))
    for feature in spec.features:
        if guess[feature.name] is None:
            take(feature.name, find_column_by_content(feature, free))
    return guess


def find_column_by_name(field: Feature, cells: Cells) -> str | None:
    """Return the column that is called like a field, or None."""
    names = map(plain_name, field.column_names())
    return find_first_name(
        names, (column for column, values in cells.items() if field.can_hold(values))
    )


def find_first_name(names: Iterable[str], columns: Iterable[str]) -> str | None:
    """Return the column with the first of the names that there is, or None."""
    by_name = {plain_name(column): column for column in reversed(list(columns))}
    return next((by_name[name] for name in names if name in by_name), None)


def find_label_by_name(cells: Cells, spec: ModelSpec) -> str | None:
    """Return the column that is called like a label and can be read as one for the most part, or None."""
    readable = [
        column for column, values in cells.items() if share_of_labels(values, spec) >= READABLE
    ]
    return find_first_name(LABEL_NAMES, readable)


def find_label_by_content(cells: Cells, spec: ModelSpec) -> str | None:
    """Return the first column whose entries are all labels and not all the same, names before numbers."""
    found = [
        column
        for column, values in cells.items()
        if len(set(values)) > 1 and share_of_labels(values, spec) == 1
    ]
    return min(found, key=lambda column: are_numbers(cells[column]), default=None)


def share_of_labels(values: Sequence[str], spec: ModelSpec) -> float:
    """Return the share of entries that stand for a class."""
    known = read_labels(values, spec)
    return sum(value in known for value in values) / len(values) if values else 0.0


def find_column_by_content(feature: Feature, cells: Cells) -> str | None:
    """Return the first of the columns whose entries look most like a feature's, or None."""
    likeness = {column: feature.likeness(values) for column, values in cells.items()}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best and likeness[best] else None


# What each number means where a file counts from negative to positive.
POLARITIES = (
    {"-1": "negative", "0": "neutral", "1": "positive"},
    {"0": "negative", "2": "neutral", "4": "positive"},
)
SHORT_FORMS = {
    "neg": "negative",
    "neu": "neutral",
    "neut": "neutral",
    "pos": "positive",
}
# Neither goes through a hostile text more than once.
WHOLE_NUMBER = re.compile(r"([-+]?)(\d++)([.,]0*+)?", re.ASCII)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
NOT_IN_NAMES = re.compile(r"[\W_]+")


def plain_name(text: str) -> str:
    """Return a name without capitals, spaces, signs and what stands in brackets."""
    return NOT_IN_NAMES.sub("", BRACKETS.sub("", text.casefold()))


def read_labels(values: Iterable[str], spec: ModelSpec) -> dict[str, str]:
    """Return the class that each value of a column stands for, leaving out those that stand for none.

    A class may be written in capitals, behind the subject ("Iris-setosa"), shortened ("neg", "pos"), or as
    a number: counted from 0 or from 1 in the order of the classes, from -1 to 1, or 0, 2 and 4. Numbers
    are read only if all of the column fit one of these, and fit no other that means something else.
    """
    wanted = {value for value in values if len(value) <= LONGEST_LABEL and value.strip()}
    names = {plain_name(label): label for label in spec.classes}
    names |= {short: label for short, label in SHORT_FORMS.items() if label in spec.classes}
    for prefix in (spec.name, spec.subject):
        names |= {plain_name(prefix + label): label for label in spec.classes}
    codes = {value: code for value in wanted if (code := code_of(value)) is not None}
    meanings = read_codes(set(codes.values()), spec)
    named = {value: names[plain_name(value)] for value in wanted if plain_name(value) in names}
    return named | {value: meanings[code] for value, code in codes.items() if code in meanings}


def code_of(value: str) -> str | None:
    """Return a whole number without what does not change it, None for anything else."""
    found = WHOLE_NUMBER.fullmatch(value.strip())
    if not found:
        return None
    sign, digits = found[1], found[2].lstrip("0") or "0"
    return f"-{digits}" if sign == "-" and digits != "0" else digits


def read_codes(codes: set[str], spec: ModelSpec) -> dict[str, str]:
    """Return what the numbers of a column mean, nothing if that cannot be told."""
    meanings = [
        {code: table[code] for code in codes} for table in code_tables(spec) if codes <= set(table)
    ]
    return meanings[0] if meanings and all(other == meanings[0] for other in meanings) else {}


def code_tables(spec: ModelSpec) -> Iterator[dict[str, str]]:
    """Yield the ways in which numbers stand for the classes."""
    for start in (0, 1):
        yield {str(number): label for number, label in enumerate(spec.classes, start)}
    if {"negative", "positive"} <= set(spec.classes):
        for table in POLARITIES:
            yield {code: label for code, label in table.items() if label in spec.classes}
