"""Names that programs can use, and titles for people, made of the names of columns and files."""

import keyword
import re
import unicodedata
from collections.abc import Iterable

# What the page's own links and endpoints call something else.
TAKEN = frozenset(("model", "tab", "session", "label", "as", "facilitator", "self", "explain"))
LONGEST_NAME, LONGEST_TITLE = 60, 120
UNIT_IN_BRACKETS = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,12}?)\s*[)\]]\s*$")
UNIT_AT_END = re.compile(
    r"[_ ](mm|cm|m|km|ml|l|g|mg|kg|t|ms|s|min|h|days|months|years|usd|eur|gbp|kw|kwh|percent)$",
    re.IGNORECASE,
)


def plain_names(texts: Iterable[str]) -> list[str]:
    """Return a different name of letters, digits and underscores for each text.

    Texts that come out alike are told apart by a number.
    """
    names: list[str] = []
    for place, text in enumerate(texts, 1):
        name = plain_name(text) or f"x{place}"
        number, unique = 2, name
        while unique in names:
            unique, number = f"{name}_{number}", number + 1
        names.append(unique)
    return names


def plain_name(text: str) -> str:
    """Return a text in small letters, digits and underscores, "" if nothing of it is left."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", latin).strip("_")[:LONGEST_NAME].strip("_")
    if not name:
        return ""
    if name[0].isdigit():
        name = f"x_{name}"
    return f"{name}_" if name in TAKEN or keyword.iskeyword(name) else name


def split_unit(text: str) -> tuple[str, str]:
    """Return the title of a column and its unit, "" without one: "bill_length_mm" is "Bill length" in mm."""
    for pattern in (UNIT_IN_BRACKETS, UNIT_AT_END):
        found = pattern.search(text)
        if found and text[: found.start()].strip(" _"):
            return title_of(text[: found.start()]), found[1]
    return title_of(text), ""


def title_of(text: str) -> str:
    """Return a name as people write it: without underscores, and with a capital where it has none."""
    plain = " ".join(text.replace("_", " ").split())[:LONGEST_TITLE] or text[:LONGEST_TITLE]
    return plain[:1].upper() + plain[1:] if plain.islower() else plain
