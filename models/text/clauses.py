"""Which clauses of a text are set aside: what others think, what once was, what a "but" outweighs."""

from models.text.cues import (
    ASIDE_CUES,
    CONTRAST,
    EXPECTING,
    FIRST_PERSON,
    FUTURE,
    HEARSAY,
    NOW,
    OTHERS,
    OUTWEIGHED_AFTER,
    PAST_AFTER,
    PAST_BEFORE,
    THEN,
    THINKING,
)
from models.text.marks import Marks

# How much a word says in a clause that is set aside, and in one that a "but" outweighs.
ASIDE, CONCEDED = 0.15, 0.7
# What may begin the clause that tells how it is today.
NEWER = NOW | CONTRAST | {"this"}


def is_aside(text: Marks, index: int) -> bool:
    """Tell whether a word shows that its clause says what others think, or what was thought before."""
    form = text.forms[index]
    if form not in ASIDE_CUES:
        return False
    return (
        is_hearsay(text, index)
        or is_past(text, index)
        or (form in EXPECTING and not FUTURE.isdisjoint(text.forms[index + 1 : index + 8]))
    )


def is_hearsay(text: Marks, index: int) -> bool:
    """Tell whether a word shows that its clause says what others think."""
    form = text.forms[index]
    thinking = form in OTHERS and not THINKING.isdisjoint(text.forms[index + 1 : index + 5])
    return form in HEARSAY or thinking


def is_past(text: Marks, index: int) -> bool:
    """Tell whether a word shows that its clause says how it once was."""
    form = text.forms[index]
    return (
        form in THEN
        or PAST_AFTER.get(form, "-") == text.at(index - 1)
        or PAST_BEFORE.get(form, "-") == text.at(index + 1)
    )


def weigh(text: Marks, contrasts: list[int], asides: list[int]) -> None:
    """Give the clauses their shares, by the words that set them against each other or aside."""
    sentences: dict[int, list[int]] = {}
    for index in (*contrasts, *asides):
        sentences.setdefault(text.start_of(index), []).append(index)
    for first, cues in sentences.items():
        inside = [index for index in cues if text.forms[index] in CONTRAST]
        told = [index for index in cues if index in asides]
        if inside:
            contrast(text, first, min(inside), text.end_of(inside[0]), told)
        elif told:
            outdate(text, first, text.end_of(told[0]), told)


def contrast(text: Marks, first: int, cut: int, last: int, asides: list[int]) -> None:
    """Weigh the clauses before and after a "but", or those of "although one, the other"."""
    late = text.forms[cut] in OUTWEIGHED_AFTER
    if cut == first or text.forms[first:cut] == ["even"]:
        comma = text.find_comma(cut, last)
        if not late or comma is None:
            return
        first, cut, late = cut, comma, False
    before = any(index < cut for index in asides)
    after = any(index > cut for index in asides)
    if before != after:
        text.share(*((first, cut) if before else (cut, last)), ASIDE)
    else:
        text.share(*((cut, last) if late else (first, cut)), CONCEDED)


def outdate(text: Marks, first: int, last: int, asides: list[int]) -> None:
    """Set aside what others say if "I" follows, and what was once if "now" does, or stands before."""
    comma = text.find_comma(first, last)
    for cut in (last,) if comma is None else (comma, last):
        following = text.forms[cut : cut + 6]
        told = [index for index in asides if index < cut]
        others = any(is_hearsay(text, i) for i in told) and not FIRST_PERSON.isdisjoint(following)
        past = any(is_past(text, i) for i in told) and not NEWER.isdisjoint(following)
        if others or past:
            text.share(first, cut, ASIDE)
            return
    if comma is not None and not NOW.isdisjoint(text.forms[first:comma]) and min(asides) > comma:
        text.share(comma, last, ASIDE)
