"""Which words of a text are turned by a negation or a wish, and which are made stronger."""

from models.text.cues import ANY_MORE, IDLE, MODALS, NEGATIONS, PASSED_OVER, STOPPING, WISHES, YES
from models.text.marks import Marks

# So many words are turned at most, and none further on than this.
N_TURNED, REACH = 3, 9
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
    if form == "nothing" and following == "but":
        return
    if form == "nor" and "neither" in text.forms[max(index - REACH, 0) : index]:
        # What it turns is turned already.
        text.shares[index] = 0.0
    elif turn_after(text, index, index + 1) or following in ANY_MORE:
        text.shares[index] = 0.0
    else:
        answer(text, index)


def turn_after(text: Marks, source: int, start: int) -> bool:
    """Turn the words from `start` on that something reaches; tell whether there are any."""
    n_turned, has_words = 0, False
    for index in range(start, min(start + REACH, len(text.forms))):
        form = text.forms[index]
        if form in STOPPING or not (form[0].isalnum() or form[0] in PASSED_SIGNS):
            break
        if not text.is_word(index) or form in MODALS:
            continue
        has_words = True
        if form in text.neutral:
            continue
        text.turned[index] = not text.turned[index]
        if not n_turned:
            text.sources[index] = source
        n_turned += 1
        if n_turned == N_TURNED:
            break
    if has_words:
        silence_at_all(text, start)
    return has_words


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
    if text.at(end)[:1] == "?" or text.at(source - 1) in ("or", "why", "if"):
        return
    first = own = text.start_of(source)
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
        text.shares[following] = max(text.shares[following], STRENGTHENED * text.shares[index])
        text.shares[index] = 0.0
        text.sources[following] = index
