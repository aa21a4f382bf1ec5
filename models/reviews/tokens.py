"""Cut a review into tokens that remember where they stood, with negated words marked."""

import re
from functools import lru_cache
from typing import NamedTuple

from models.text.emoji import OTHER, emoji_word
from models.text.scope import NOT, find_scope

# Which of the two stands says nothing of a text.
POOLED = {"an": "a"}
NUMBER = "0"
RATED_AFTER = frozenset(["out", "of", "star", "stars"])
RATED_BEFORE = frozenset(
    [
        "give",
        "gave",
        "gives",
        "giving",
        "rate",
        "rated",
        "rating",
        "score",
        "scored",
        "deserves",
        "out",
        "of",
    ]
)

# Ratings such as 8/10, words with inner apostrophes, runs of ! ? and dots, other marks, emoji.
PATTERN = re.compile(
    r"\d+/\d+|\w+(?:'\w+)*|\.\.+|[!?]+|[.,;:()\"*-]|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
LINE_BREAKS = tuple((tag, " " * len(tag)) for tag in ("<br />", "<br/>", "<br>"))
APOSTROPHES = str.maketrans("’‘", "''")

# Emoticons are no words of reviews; these are words that say the same.
EMOTICON_WORDS = {
    ":)": "wonderful",
    "<3": "wonderful",
    ";)": "fun",
    ":p": "fun",
    ":(": "disappointing",
    "</3": "disappointing",
    "haha": "hilarious",
    "yay": "great",
    "angry": "awful",
    OTHER: "*",
}


def fold(text: str) -> str:
    """Return `text` in lower case without line-break tags, of exactly the same length."""
    low = text.lower()
    if len(low) != len(text):
        # A few capitals (such as U+0130) become two characters, which would shift offsets.
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if "<br" in low:
        for tag, blank in LINE_BREAKS:
            low = low.replace(tag, blank)
    return low if low.isascii() else low.translate(APOSTROPHES)


@lru_cache(maxsize=4096)
def find_worded(symbol: str) -> str:
    """Return a word of reviews for an emoji."""
    word = emoji_word(symbol)
    return EMOTICON_WORDS.get(word, word)


class Words(NamedTuple):
    """The words of a text as the model reads them, without those that only turn others.

    A turned one is marked by NOT; `shares` say how much of each is meant, None that all is; `indices`
    which of the text's tokens each is, and `sources` the one that turned it, or itself.
    """

    forms: list[str]
    shares: list[float] | None
    indices: list[int] | range
    sources: list[int] | range


def spell(pieces: list[str]) -> list[str]:
    """Return the forms of the pieces that a folded text was cut into."""
    if max(pieces, default="") > "\u2600":
        pieces = [find_worded(p) if p > "\u2600" and not p[0].isalnum() else p for p in pieces]
    return pool_numbers([POOLED.get(piece, piece) for piece in pieces])


def pool_numbers(forms: list[str]) -> list[str]:
    """Return the forms with every number the same that is no rating."""
    if not any(map(str.isdecimal, forms)):
        return forms
    return [
        NUMBER if form.isdecimal() and not is_rating(forms, index) else form
        for index, form in enumerate(forms)
    ]


def is_rating(forms: list[str], index: int) -> bool:
    """Tell whether a number says how good something is: "7 out of 10", "2 stars", "I give it a 4"."""
    after, before = forms[index + 1 : index + 2], forms[max(index - 4, 0) : index]
    return not (RATED_AFTER.isdisjoint(after) and RATED_BEFORE.isdisjoint(before))


def mean(forms: list[str]) -> Words:
    """Return the words of a text as they are meant."""
    scope = find_scope(forms)
    if scope is None:
        everything = range(len(forms))
        return Words(forms, None, everything, everything)
    turned, shares, sources = scope
    kept = [i for i, share in enumerate(shares) if share]
    return Words(
        [NOT + forms[i] if turned[i] else forms[i] for i in kept],
        [shares[i] for i in kept],
        kept,
        [sources[i] for i in kept],
    )


def tokenize(text: str) -> Words:
    """Return the words of one text, in order."""
    return mean(spell(PATTERN.findall(fold(text))))


def locate(text: str) -> tuple[Words, list[tuple[int, int]]]:
    """Return the words of one text, and where each of its tokens stands: [start, end)."""
    folded = fold(text)
    spans = [match.span() for match in PATTERN.finditer(folded)]
    return mean(spell([folded[start:end] for start, end in spans])), spans
