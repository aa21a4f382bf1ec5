"""Sentiment-lexicon and style features of a tweet: about 60 sums over its tokens.

After the hand-made features of Mohammad, Kiritchenko and Zhu (2013, "NRC-Canada"), with the two free lexicons: Bing Liu's
(signs; Hu and Liu 2004) and VADER's (valences from -4 to 4; Hutto and Gilbert 2014, with its rules for boosters, capitals
and negation).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from models.tweets.tokens import SHORT, Token, is_negation

BOOST, CAPITALS, NEGATION = 0.293, 0.733, -0.74  # VADER's constants, in units of valence
_DISTANCE = (1.0, 0.95, 0.9)  # how much of a booster is left one, two and three words on
_STRONGER = (
    "absolutely amazingly awfully completely considerably decidedly deeply enormously entirely especially exceptionally "
    "extremely fabulously flippin freakin frickin friggin fucking fuckin fully greatly hella highly hugely incredibly "
    "intensely major majorly more most particularly purely quite really remarkably so substantially thoroughly total "
    "totally tremendously uber unbelievably unusually utterly very"
)
_WEAKER = "almost barely hardly kinda less little marginally occasionally partly scarcely slightly somewhat sorta"
BOOSTERS = {**dict.fromkeys(_STRONGER.split(), BOOST), **dict.fromkeys(_WEAKER.split(), -BOOST)}

_HAPPY = re.compile(r"[<>]?[:;=8x][\-o*']?[)\]dp}*]+|<3+|[(\[][\-o*']?[:;=8]", re.IGNORECASE)
_SAD = re.compile(r"[<>]?[:;=8][\-o*']?[(\[/{\\|@c]+|</3|[)\]][\-o*']?[:;=8]", re.IGNORECASE)
_WORDS: dict[str, str] = {
    **dict.fromkeys(("who", "what", "when", "where", "why", "how"), "question word"),
    **dict.fromkeys(("i", "my", "me", "i'm"), "first person"),
    **dict.fromkeys(("you", "your"), "second person"),
    **dict.fromkeys(("haha", "hahaha", "lol", "lmao"), "laugh"),
    **dict.fromkeys(BOOSTERS, "booster"),
    "!": "!",
    "?": "?",
    '"': "quote",
    "'": "quote",
}
_KINDS = {"u": "user", "l": "link", "h": "hashtag", "d": "number"}
# Counts of these also come as "any at all", and are damped: the first one says most.
_COUNTED = "liu+, liu-, vader#+, vader#-, !, ?, capitals, user, title, hashtag, happy, sad, number"
_DAMPED = _COUNTED.split(", ")
_PLAIN = (
    "liu+, liu-, liu+ negated, liu- negated, liu capitals+, liu capitals-, "
    "vader+, vader-, vader#+, vader#-, vader negated, vader end+, vader end-, "
    "vader max, vader min, vader last, vader compound, vader mean, liu balance, liu mean, "
    "!, ?, quote, question word, first person, second person, laugh, booster, negation, "
    "capitals, elongated, title, title share, ellipsis, happy, sad, user, link, hashtag, number, "
    "ends ?, ends !, ends link, starts user, length"
)
NAMES = (*_PLAIN.split(", "), *(f"any {name}" for name in _DAMPED))
COLUMNS = {name: i for i, name in enumerate(NAMES)}

Event = tuple[str, float]


def _valence(tokens: list[Token], i: int, value: float, capitals: bool, negative: bool) -> float:
    """VADER's valence of token ``i`` in its place."""
    push = sum(
        BOOSTERS.get(tokens[i - j - 1].form, 0.0) * share for j, share in enumerate(_DISTANCE[:i])
    )
    if capitals:
        push += CAPITALS
    value += push if value > 0 else -push
    return value * NEGATION if negative else value


def _lexicon_events(
    tokens: list[Token], i: int, negative: bool, liu: Mapping[str, int], vader: Mapping[str, float]
) -> Iterator[Event]:
    token = tokens[i]
    word = token.form[1:] if token.kind == "h" else token.form
    capitals = token.kind == "w" and len(token.raw) > 1 and token.raw.isupper()
    if polarity := liu.get(word):
        sign = "+" if polarity > 0 else "-"
        yield f"liu{sign} negated" if negative else f"liu{sign}", 1.0
        if capitals:
            yield f"liu capitals{sign}", 1.0
    if base := vader.get(word):
        value = _valence(tokens, i, base, capitals, negative)
        sign = "+" if value > 0 else "-"
        yield f"vader{sign}", abs(value)
        yield f"vader#{sign}", 1.0
        yield "vader max" if value > 0 else "vader min", value
        yield "vader last", value
        if negative:
            yield "vader negated", abs(value)
        if i >= 0.66 * len(tokens):
            yield f"vader end{sign}", abs(value)


@lru_cache(maxsize=16_384)
def _short_style_events(form: str, kind: str, raw: str) -> tuple[Event, ...]:
    return tuple(_style_events(form, kind, raw))


def _style_events(form: str, kind: str, raw: str) -> Iterator[Event]:
    if kind in _KINDS:
        yield _KINDS[kind], 1.0
    if form in _WORDS:
        yield _WORDS[form], 1.0
    if kind == "w":
        if is_negation(form):
            yield "negation", 1.0
        if len(raw) > 1 and raw[0].isupper():
            yield "capitals" if raw.isupper() else "title", 1.0
        if len(form) < len(raw):
            yield "elongated", 1.0
    elif kind == "p":
        if form.startswith(".."):
            yield "ellipsis", 1.0
        elif len(form) > 1:
            if _HAPPY.fullmatch(form):
                yield "happy", 1.0
            elif _SAD.fullmatch(form):
                yield "sad", 1.0


def events(
    tokens: list[Token], marks: list[bool], liu: Mapping[str, int], vader: Mapping[str, float]
) -> Iterator[tuple[int, str, float]]:
    """Yield (token number, feature, amount) for what single tokens add; ``marks`` says which are negated."""
    for i, token in enumerate(tokens):
        form, kind, _, _, raw = token
        style_events = _short_style_events if len(raw) <= SHORT else _style_events
        for name, value in style_events(form, kind, raw):
            yield i, name, value
        word = form[1:] if kind == "h" else form
        if kind not in "uld" and (word in liu or word in vader):
            for name, value in _lexicon_events(tokens, i, marks[i], liu, vader):
                yield i, name, value


def _ends(tokens: list[Token]) -> Iterator[Event]:
    last = tokens[-1]
    if last.form[0] in "?!":
        yield f"ends {last.form[0]}", 1.0
    if last.kind == "l":
        yield "ends link", 1.0
    if tokens[0].kind == "u":
        yield "starts user", 1.0


def style(
    tokens: list[Token], marks: list[bool], liu: Mapping[str, int], vader: Mapping[str, float]
) -> dict[str, float]:
    """Return the features of one tweet that are not zero, by names from ``NAMES``."""
    return sums(tokens, events(tokens, marks, liu, vader))


def sums(tokens: list[Token], found_events: Iterable[tuple[int, str, float]]) -> dict[str, float]:
    """Return what the events of one tweet add up to, by names from ``NAMES``."""
    found: dict[str, float] = {}
    if not tokens:
        return found
    for _, name, value in found_events:
        if name == "vader last":
            found[name] = value
        elif name == "vader max":
            found[name] = max(found.get(name, 0.0), value)
        elif name == "vader min":
            found[name] = min(found.get(name, 0.0), value)
        else:
            found[name] = found.get(name, 0.0) + value
    get = found.get
    total = get("vader+", 0.0) - get("vader-", 0.0)
    balance = (
        get("liu+", 0.0) + get("liu- negated", 0.0) - get("liu-", 0.0) - get("liu+ negated", 0.0)
    )
    found["vader compound"] = total / math.sqrt(total * total + 15.0)
    found["vader mean"] = total / len(tokens)
    found["liu balance"] = balance
    found["liu mean"] = balance / len(tokens)
    found["title share"] = get("title", 0.0) / len(tokens)
    found["length"] = math.log1p(len(tokens))
    found.update(_ends(tokens))
    for name in _DAMPED:
        if name in found:
            found[f"any {name}"] = 1.0
            found[name] = math.log1p(found[name])
    return found
