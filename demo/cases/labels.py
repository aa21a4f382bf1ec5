"""What the labels in people's files stand for."""

import re
from collections.abc import Iterable, Iterator

from demo.cases.limits import LONGEST_LABEL
from models.spec import ModelSpec

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
        yield {str(place): label for place, label in enumerate(spec.classes, start)}
    if {"negative", "positive"} <= set(spec.classes):
        for table in POLARITIES:
            yield {code: label for code, label in table.items() if label in spec.classes}
