"""Cut a tweet into normalised tokens which remember where they stood.

The token grammar is NLTK's ``TweetTokenizer`` (``nltk.tokenize.casual.REGEXPS``): only its pattern is used, since the
tokenizer itself drops the offsets and takes twice the time. No corpus is needed at run time.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from models.text.emoji import emoji_word

_ELONGATED = re.compile(r"(.)\1{2,}")
_VARIATION = "\ufe0f"
_DIGIT = re.compile(r"\d")
_ENTITY = re.compile(r"&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});(?:amp;)?", re.IGNORECASE)
_PUNCTUATION = {"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "…": ".", "–": "-", "—": "-"}

# Longer tokens are seldom met again; remembered, they would fill the memory.
SHORT = 30
# Parts of NLTK's grammar that take exponential or quadratic time where they do not match ("http://a" and
# thirty dots take hours), and what matches the same without going through it again and again.
QUICK = {
    r"[^\s()<>{}\[\]]+": r"[^\s()<>{}\[\]]",
    r"<[^>\s]+>": r"<[^>\s]++>",
    r"[\-]+>": r"[\-]++>",
    r"(?:\#+[\w_]+": r"(?:\#++[\w_]+",
}

_NEGATING = (
    "aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt "
    "mustnt neither neednt never none nope nor not nothing nowhere oughtnt shant shouldnt wasnt "
    "werent without wont wouldnt rarely seldom despite no hardly barely"
)
NEGATIONS = frozenset(_NEGATING.split())


class Token(NamedTuple):
    """One token: the normalised form, its kind, and characters [start, end) of the original text.

    Kinds: ``w`` word, ``h`` hashtag, ``u`` user, ``l`` link, ``d`` number, ``p`` punctuation, emoticon or emoji.
    """

    form: str
    kind: str
    start: int
    end: int
    raw: str


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """Map one character to one plainer one (accents, typographic quotes), so that offsets stay true."""
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    plain = unicodedata.normalize("NFKD", char)[:1]
    return plain if plain.isascii() and plain else char


def _unescape(text: str) -> tuple[str, list[int]]:
    """Undo HTML entities; also return for each new position, and the end, where it was in ``text``."""
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _ENTITY.finditer(text):
        plain = html.unescape(html.unescape(match.group()))
        parts += [text[last : match.start()], plain]
        origin += [*range(last, match.start()), *[match.start()] * len(plain)]
        last = match.end()
    return "".join([*parts, text[last:]]), [*origin, *range(last, len(text) + 1)]


@lru_cache(maxsize=16_384)
def _normalise_short(raw: str) -> tuple[str, str]:
    return _normalise(raw)


def _normalise(raw: str) -> tuple[str, str]:
    """Return (form, kind) of one token as written."""
    first, lower = raw[0], raw.lower()
    if first == "@" and len(raw) > 1:
        return "<user>", "u"
    if first == "#" and len(raw) > 1:
        return lower, "h"
    if lower.startswith(("http", "www.")):
        return "<url>", "l"
    if first.isdigit():
        return _DIGIT.sub("0", lower), "d"
    if first.isalpha():
        if "." in lower and len(lower) > 4:
            return "<url>", "l"
        return _ELONGATED.sub(r"\1\1", lower), "w"
    if first > "\u2000":
        return emoji_word(raw), "p"
    return lower, "p"


@cache
def pattern() -> re.Pattern[str]:
    """Return NLTK's grammar, imported late: NLTK costs a start 0.15 s."""
    from nltk.tokenize.casual import REGEXPS

    grammar = "|".join(REGEXPS)
    for slow, quick in QUICK.items():
        grammar = grammar.replace(slow, quick)
    return re.compile(grammar, re.VERBOSE | re.IGNORECASE)


def tokenize(text: str) -> list[Token]:
    """Cut ``text`` into tokens in order; spans refer to ``text`` as given, entities not undone."""
    origin: list[int] | None = None
    if "&" in text:
        text, origin = _unescape(text)
    if not text.isascii():
        text = "".join(map(_fold, text))
    tokens = []
    for match in pattern().finditer(text):
        start, end = match.span()
        raw = match.group()
        if raw == _VARIATION:
            continue
        form, kind = (_normalise_short if len(raw) <= SHORT else _normalise)(raw)
        if origin is not None:
            start, end = origin[start], origin[end]
        tokens.append(Token(form, kind, start, end, raw))
    return tokens


def is_negation(form: str) -> bool:
    """Say whether a form turns the words after it."""
    return form in NEGATIONS or form.endswith("n't")


def mark_negated(tokens: list[Token]) -> list[bool]:
    """Mark tokens between a negation and the next punctuation or "but" (Das and Chen 2001; Pang et al. 2002)."""
    inside = False
    marks = []
    for token in tokens:
        if is_negation(token.form):
            marks.append(False)
            inside = True
            continue
        if token.form == "but" or (token.kind == "p" and token.form[0] in ".,;:!?"):
            inside = False
        marks.append(inside)
    return marks


def char_string(tokens: list[Token]) -> str:
    """Join the forms by blanks, without users and links: what character n-grams are cut from."""
    return f" {' '.join([token.form for token in tokens if token.kind not in 'ul'])} "
