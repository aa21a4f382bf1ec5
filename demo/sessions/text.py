"""What people may type into a review session: names, titles, comments, choices."""

import re
from collections.abc import Collection

from demo.sessions.errors import InvalidSession, UnknownCase
from demo.sessions.looks import looks_of
from models.errors import shown

LONGEST_LINE = 200
LONGEST_NAME = 80
LONGEST_TEXT = 4_000
# What a database can number.
HIGHEST_ID = 2**31 - 1

# Control characters, half characters, and marks that turn the direction of what follows.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
SPACES = re.compile(r"\s+")
OTHER_BREAK = re.compile(r"\r\n?")


def clean_line(value: object, name: str, longest: int = LONGEST_LINE) -> str:
    """Return a text as one printable line; raise InvalidSession if it is not a text or too long."""
    return SPACES.sub(" ", clean_text(value, name, longest)).strip()


def label_of(name: str) -> str:
    """Return what a field is called at the start of a sentence."""
    return name.replace("_", " ").capitalize()


def clean_text(value: object, name: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text without control characters, its lines separated by line feeds.

    Raises InvalidSession if it is not a text or too long.
    """
    if not isinstance(value, str):
        raise InvalidSession(f"{label_of(name)} must be a text, but {shown(value)} came.", name)
    if len(value) > longest:
        raise InvalidSession(
            f"{label_of(name)} has {len(value):,} characters; at most {longest:,} are allowed. Shorten it.",
            name,
        )
    return with_line_feeds(UNPRINTABLE.sub("", value)).strip()


def with_line_feeds(text: str) -> str:
    """Return a text with line feeds for carriage returns, which CSV readers take for the end of a row."""
    return OTHER_BREAK.sub("\n", text) if "\r" in text else text


def shorten(text: str, longest: int | None) -> str:
    """Return a text of at most so many characters, all of it for None, with "…" for what was cut."""
    if longest is None or len(text) <= longest:
        return text
    return f"{text[: longest - 1].rstrip()}…"


def check_choice(value: object, allowed: Collection[str], name: str) -> None:
    """Raise InvalidSession unless the value is one of the allowed."""
    if not isinstance(value, str) or value not in allowed:
        raise InvalidSession(
            f"{name} is {shown(value)}; choose one of: {', '.join(allowed)}.", name
        )


def case_number(text: str) -> int:
    """Return the id of a case; raise UnknownCase if the text is not a valid id."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= HIGHEST_ID):
        raise UnknownCase(text)
    return int(text)


def choose_name(wanted: object, taken: Collection[str], anonymous: bool) -> str:
    """Return the name that a reviewer goes by: a second Anna becomes "Anna (2)".

    Names that merely look the same count as equal. Raises InvalidSession for an empty name, unless the
    session accepts anonymous reviewers.
    """
    name = clean_line(wanted, "name", LONGEST_NAME)
    name = name if looks_of(name) else ""
    if not name and not anonymous:
        raise InvalidSession(
            "Your name is missing; give the one that the others know you by.", "name"
        )
    name = name or "Anonymous"
    in_use = frozenset[str]().union(*map(looks_of, taken))
    number, candidate = 1, name
    while looks_of(candidate) & in_use:
        number += 1
        candidate = f"{name} ({number})"
    return candidate
