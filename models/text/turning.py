"""Which words of a text are turned by a negation or a wish, and which are made stronger."""

from models.text.cues import (
    ANY_MORE,
    IDLE,
    MODALS,
    NEGATIONS,
    PASSED_OVER,
    STOPPING,
    UNABLE,
    UNABLE_TO,
    UTMOST,
    UTMOST_BEFORE,
    WISHES,
    YES,
)
from models.text.marks import Marks

# So many words are turned at most, of so many that could be, and none further on than this.
N_TURNED, N_WORDS, REACH = 3, 5, 9
# How much a word says after "very".
STRENGTHENED = 1.5
PASSED_SIGNS = "\"'`*-“”_("


def turn(text: Marks, index: int) -> None:
    """Turn what a word turns."""
    form, following = text.forms[index], text.at(index + 1)
    if form in NEGATIONS:
        negate(text, index)
    elif form in YES:
        if text.at(index - 1)[:1] == "?":
            keep_words(text, text.start_of(index - 1), index)
            text.shares[index] = 0.0
    elif form in MODALS:
        short = form.endswith("'ve")
        if short or following in ("have", "of"):
            turn_after(text, index, index + (1 if short else 2))
    elif form in WISHES:
        turn_after(text, index, index + 1)
    elif following == ("from" if form == "far" else "but") and turn_after(text, index, index + 2):
        text.shares[index : index + 2] = [0.0, 0.0]


def negate(text: Marks, index: int) -> None:
    """Turn what a negation reaches: the words after it, or else the clause that it answers."""
    form, following = text.forms[index], text.at(index + 1)
    if form in ("not", "no") and (
        following in IDLE or (following == "to" and text.at(index + 2) == "mention")
    ):
        return
    if (form == "nothing" and following == "but") or is_tag(text, index) or is_idiom(text, index):
        return
    utmost = find_utmost(text, index)
    if utmost is not None:
        say_utmost(text, index, utmost)
        return
    if form == "nor" and "neither" in text.forms[max(index - REACH, 0) : index]:
        # What it turns is turned already.
        text.shares[index] = 0.0
    elif turn_after(text, index, index + 1) or following in ANY_MORE:
        text.shares[index] = 0.0
    else:
        answer(text, index)


def is_tag(text: Marks, index: int) -> bool:
    """Tell whether a negation begins a question that asks for a yes, as "isn't it great?"."""
    if text.forms[index][-2:] != "'t" or text.start_of(index) != index:
        return False
    return text.at(text.end_of(index) - 1)[:1] == "?"


def is_idiom(text: Marks, index: int) -> bool:
    """Tell whether what somebody cannot do is no negation, as in "I can't wait" or "can't get enough"."""
    form = text.forms[index]
    if form not in UNABLE and not (form == "not" and text.at(index - 1) in ("can", "could")):
        return False
    return text.at(index + 1) in UNABLE_TO or "enough" in text.forms[index + 1 : index + 6]


def find_utmost(text: Marks, index: int) -> int | None:
    """Return the index of the word that a negation says nothing is beyond, as in "it could not be better"."""
    if UTMOST_BEFORE.isdisjoint(text.forms[max(index - 1, 0) : index + 1]):
        return None
    for found in range(index + 1, min(index + 5, len(text.forms))):
        if text.forms[found] in UTMOST:
            return found
        if text.forms[found] not in PASSED_OVER:
            break
    return None


def say_utmost(text: Marks, negation: int, utmost: int) -> None:
    """Make a word count for more that a negation says nothing is beyond."""
    first = negation - 1 if text.at(negation - 1) in UTMOST_BEFORE else negation
    text.shares[first : negation + 1] = [0.0] * (negation + 1 - first)
    text.shares[utmost] = STRENGTHENED
    text.sources[utmost] = first


def turn_after(text: Marks, source: int, start: int) -> bool:
    """Turn the words from `start` on that something reaches; tell whether there are any."""
    n_turned, n_words = 0, 0
    for index in range(start, min(start + REACH, len(text.forms))):
        form = text.forms[index]
        if form in STOPPING or not (form[0].isalnum() or form[0] in PASSED_SIGNS):
            break
        if not text.is_word(index) or form in MODALS:
            continue
        n_words += 1
        if form not in text.neutral:
            text.turned[index] = not text.turned[index]
            if not n_turned:
                text.sources[index] = source
            n_turned += 1
        if n_turned == N_TURNED or n_words == N_WORDS:
            break
    if n_words:
        silence_at_all(text, start)
    return n_words > 0


def silence_at_all(text: Marks, start: int) -> None:
    """Take "at all" for a part of the negation before it."""
    reached = text.forms[start : start + REACH]
    for index in range(len(reached) - 1):
        if reached[index : index + 2] == ["at", "all"]:
            text.shares[start + index : start + index + 2] = [0.0, 0.0]


def answer(text: Marks, source: int) -> None:
    """Turn the clause, sentence or question that a negation without words of its own answers."""
    end = source + 1
    while text.at(end) in PASSED_OVER:
        end += 1
    first = own = text.start_of(source)
    if text.at(end)[:1] == "?" or text.at(source - 1) in ("or", "why", ","):
        return
    if "if" in text.forms[max(own, source - 4) : source]:
        return
    answers = source > first or text.at(first - 1)[:1] == "?"
    if first and answers and not text.has_word(first, source):
        # "Was it good? No." or "They say that it is good. It is not."
        first = text.start_of(first - 1)
    last = own if first < own else source
    if first < last and text.has_word(first, last):
        for index in keep_words(text, first, last):
            text.turned[index] = text.forms[index] not in text.neutral
        for index in range(last, end):
            if not text.is_word(index):
                text.shares[index] = 0.0


def keep_words(text: Marks, first: int, last: int) -> list[int]:
    """Leave of a clause that is answered what it speaks of, without "did I think that"."""
    words = [index for index in range(first, last) if text.is_word(index)]
    if words:
        text.shares[first:last] = [0.0] * (last - first)
    for index in words:
        text.shares[index] = 1.0
    return words


def strengthen(text: Marks, index: int) -> None:
    """Make the next word count for more, unless it is turned: "not very good" is no stronger than "not good"."""
    following = index + 1
    if following < len(text.forms) and text.is_word(following) and not text.turned[following]:
        text.shares[following] = STRENGTHENED * min(text.shares[index], 1.0)
        text.shares[index] = 0.0
        text.sources[following] = index
