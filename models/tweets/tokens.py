"""Cut a tweet into normalised tokens which remember where they stood.

The token grammar is NLTK's ``TweetTokenizer`` (``nltk.tokenize.casual.REGEXPS``): only its pattern is used, since the
tokenizer itself drops the offsets and takes twice the time. No corpus is needed at run time.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container
from functools import cache, lru_cache
from typing import NamedTuple

from models.text.emoji import emoji_word
from models.text.scope import find_scope, leave_out_groups

_ELONGATED = re.compile(r"(.)\1{2,}")
_VARIATION = "\ufe0f"
_DIGIT = re.compile(r"\d")
_ENTITY = re.compile(r"&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});(?:amp;)?", re.IGNORECASE)
_PUNCTUATION = {"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "…": ".", "–": "-", "—": "-"}

# Most words: letters before a blank, a comma or the end of a sentence, which the grammar takes as one token
# too, but only after it has tried addresses, telephone numbers and emoticons.
PLAIN_WORD = r"[^\W\d_]++(?=[\s,!?]|\.?(?:\s|$))"
# Longer tokens are seldom met again; remembered, they would fill the memory.
SHORT_TOKEN = 30
# Parts of NLTK's grammar that take exponential or quadratic time where they do not match ("http://a" and
# thirty dots take hours), and what matches the same without going through it again and again.
QUICK = {
    r"[^\s()<>{}\[\]]+": r"[^\s()<>{}\[\]]",
    r"<[^>\s]+>": r"<[^>\s]++>",
    r"[\-]+>": r"[\-]++>",
    r"(?:\#+[\w_]+": r"(?:\#++[\w_]+",
}


# In texts of more tokens the words are read as they stand: what they say together in labelled tweets of this
# length tells more than the rules do (on tweets of a year held out, with a negation in them: 57 against 54 %).
LONG = 18


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
        return "a" if lower == "an" else _ELONGATED.sub(r"\1\1", lower), "w"
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
    return re.compile(f"{PLAIN_WORD}|{grammar}", re.VERBOSE | re.IGNORECASE)


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
        form, kind = (_normalise_short if len(raw) <= SHORT_TOKEN else _normalise)(raw)
        if origin is not None:
            start, end = origin[start], origin[end]
        tokens.append(Token(form, kind, start, end, raw))
    return tokens


class Words(NamedTuple):
    """The tokens of a text that the model reads, how much of each is meant, and which are turned.

    `turned` and `shares` are None if all are meant as they stand. `indices` say which of the text's tokens each
    is, `sources` which one turned or strengthened it, or itself.
    """

    tokens: list[Token]
    turned: list[bool] | None
    shares: list[float] | None
    indices: list[int] | range
    sources: list[int] | range


def find_words(tokens: list[Token], neutral: Container[str] = ()) -> Words:
    """Return the tokens as they are meant, without those that only turn others; `neutral` ones are not turned."""
    forms = [token.form for token in tokens]
    scope = find_scope(forms, neutral) if len(forms) <= LONG else leave_out_groups(forms)
    if scope is None:
        everything = range(len(tokens))
        return Words(tokens, None, None, everything, everything)
    turned, shares, sources = scope
    kept = [i for i, share in enumerate(shares) if share]
    return Words(
        [tokens[i] for i in kept],
        [turned[i] for i in kept],
        [shares[i] for i in kept],
        kept,
        [sources[i] for i in kept],
    )
