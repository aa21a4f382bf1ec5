"""Sentences made of templates and lists of words, in the manner of CheckList; the same ones at every call."""

import random
import re
from collections.abc import Mapping, Sequence
from string import Formatter

Words = Mapping[str, Sequence[str]]

# So many of a hundred sentences are typed in lower case and without a full stop.
CARELESS = 15
# Sentences drawn for each one wanted, since the same one may be drawn again.
DRAWS = 20
SPOKEN_WITH_Y = ("eu", "uk", "uni")
# Stands for a word that is put in later.
MARK = "§"
MARKED = re.compile(f"\\b([Aa]) {MARK}|{MARK}")


def split_lines(text: str) -> tuple[str, ...]:
    """Return the templates of a block, one a line."""
    return tuple(line for line in text.splitlines() if line)


def with_article(word: str) -> str:
    """Return the word after "a" or "an"."""
    low = word.lower()
    takes_an = low[0] in "aeiou" and not low.startswith(SPOKEN_WITH_Y)
    return f"{'an' if takes_an else 'a'} {word}"


def fill(
    templates: Sequence[str], words: Words, count: int, seed: str, careless: int = CARELESS
) -> list[str]:
    """Return at most `count` different sentences, of each template as many as of any other.

    A field `{good}` is filled with one of `words["good"]`, `{a_good}` with one after "a" or "an".
    """
    rng = random.Random(seed)  # noqa: S311
    found: dict[str, None] = {}
    for draw in range(DRAWS * count):
        template = templates[draw % len(templates)]
        found[spell(fill_one(template, words, rng), rng.randrange(100) < careless)] = None
        if len(found) == count:
            break
    return list(found)


def fill_one(template: str, words: Words, rng: random.Random) -> str:
    """Return the template with a word in each field."""
    fields = [name for _, name, _, _ in Formatter().parse(template) if name]
    chosen = {}
    for name in fields:
        if name.startswith("a_"):
            chosen[name] = with_article(rng.choice(words[name.removeprefix("a_")]))
        else:
            chosen[name] = rng.choice(words[name])
    return template.format(**chosen)


def spell(text: str, careless: bool) -> str:
    """Return a sentence with a capital, or as it is typed in a hurry."""
    if careless:
        return text.lower().removesuffix(".")
    return text[0].upper() + text[1:]


def swap_neighbours(text: str, rng: random.Random) -> str:
    """Return the text with two different neighbouring characters swapped, wherever it may be."""
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1]]
    place = rng.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def fill_mark(text: str, word: str) -> str:
    """Return the text with the word in place of each MARK, after "a" or "an" as it needs."""

    def put(match: re.Match[str]) -> str:
        article = match[1]
        return article + with_article(word)[1:] if article else word

    return MARKED.sub(put, text)
