"""How the words of a text are meant: turned by a negation, or set aside as what others think or once was thought.

After Das and Chen (2001) and Pang, Lee and Vaithyanathan (2002), who mark the words after a negation; here
also a negation that stands for a whole clause ("I thought it would be bad, but it was not"), a "no" to a question,
what could have been, and the clause that another one outweighs (Polanyi and Zaenen 2006).
"""

from collections.abc import Container
from typing import NamedTuple

from models.text.cues import (
    ANY_MORE,
    ASIDE_CUES,
    CONTRAST,
    CUES,
    EXPECTING,
    FIRST_PERSON,
    FUTURE,
    HEARSAY,
    IDLE,
    MODALS,
    NEGATIONS,
    NOW,
    OTHERS,
    OUTWEIGHED_AFTER,
    PASSED_OVER,
    PAST_AFTER,
    PAST_BEFORE,
    STOPPING,
    STRENGTHENING,
    THEN,
    THINKING,
    TURNING,
    WISHES,
    YES,
)
from models.text.groups import mark_groups
from models.text.names import mark_names

# What a word becomes that is turned: "not a good film" holds "not_good".
NOT = "not_"
# So many words are turned at most, and none further on than this.
N_TURNED, REACH = 3, 9
# How much a word says in a clause that is set aside, and in one that a "but" outweighs.
ASIDE, CONCEDED = 0.15, 0.7
# How much a word says after "very".
STRENGTHENED = 1.5
# What may begin the clause that tells how it is today.
NEWER = NOW | CONTRAST | {"this"}
SENTENCE_ENDS = ".!?;"
PASSED_SIGNS = "\"'`*-“”_("


class Scope(NamedTuple):
    """For each word whether it is `turned`, how much of it is meant (0 to 1.5), and the index of what turned or strengthened it."""

    turned: list[bool]
    shares: list[float]
    sources: list[int]


def find_scope(forms: list[str], neutral: Container[str] = ()) -> Scope | None:
    """Return how the words of a text are meant, given in lower case, or None if all are meant as they stand.

    Words that are `neutral` have no opposite, and are not turned.

    Names of people, of groups of people and of places say nothing: their share is 0.
    """
    cues = [index for index, form in enumerate(forms) if form in CUES]
    names = mark_groups(forms) + mark_names(forms)
    if not cues and not names:
        return None
    text = _Text(forms, neutral)
    text.weigh([i for i in cues if forms[i] in CONTRAST], [i for i in cues if text.is_aside(i)])
    for index in cues:
        if forms[index] in TURNING:
            text.turn(index)
    for index in cues:
        if forms[index] in STRENGTHENING:
            text.strengthen(index)
    for index in names:
        text.shares[index] = 0.0
    plain = not any(text.turned) and min(text.shares) == max(text.shares) == 1
    return None if plain else Scope(text.turned, text.shares, text.sources)


def is_negation(form: str) -> bool:
    """Tell whether a form turns what follows."""
    return form in NEGATIONS


class _Text:
    """The words of one text while it is found out how they are meant."""

    def __init__(self, forms: list[str], neutral: Container[str]) -> None:
        self.forms = forms
        self.neutral = neutral
        self.turned = [False] * len(forms)
        self.shares = [1.0] * len(forms)
        self.sources = list(range(len(forms)))

    def at(self, index: int) -> str:
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def start_of(self, index: int) -> int:
        """Return where the sentence begins that a word stands in."""
        while index > 0 and self.forms[index - 1][0] not in SENTENCE_ENDS:
            index -= 1
        return index

    def end_of(self, index: int) -> int:
        """Return the index after the sentence that a word stands in."""
        while index < len(self.forms) and self.forms[index][0] not in SENTENCE_ENDS:
            index += 1
        return min(index + 1, len(self.forms))

    def is_word(self, index: int) -> bool:
        """Tell whether a word says something that can be turned."""
        form = self.forms[index]
        return form[0].isalnum() and not (
            form in PASSED_OVER or form in STOPPING or form in NEGATIONS
        )

    def has_word(self, first: int, last: int) -> bool:
        return any(self.is_word(index) for index in range(first, last))

    # What is turned.

    def turn(self, index: int) -> None:
        """Turn what a word turns."""
        form, following = self.forms[index], self.at(index + 1)
        if form in NEGATIONS:
            self.negate(index)
        elif form in YES:
            if self.at(index - 1)[:1] == "?":
                self.keep_words(self.start_of(index - 1), index)
                self.shares[index] = 0.0
        elif form in MODALS:
            short = form.endswith("'ve")
            if short or following in ("have", "of"):
                self.turn_after(index, index + (1 if short else 2))
        elif form in WISHES:
            self.turn_after(index, index + 1)
        elif following == ("from" if form == "far" else "but"):
            if self.turn_after(index, index + 2):
                self.shares[index : index + 2] = [0.0, 0.0]

    def negate(self, index: int) -> None:
        """Turn what a negation reaches: the words after it, or else the clause that it answers."""
        form, following = self.forms[index], self.at(index + 1)
        if form in ("not", "no") and (
            following in IDLE or (following == "to" and self.at(index + 2) == "mention")
        ):
            return
        if form == "nothing" and following == "but":
            return
        if form == "nor" and "neither" in self.forms[max(index - REACH, 0) : index]:
            # What it turns is turned already.
            self.shares[index] = 0.0
        elif self.turn_after(index, index + 1) or following in ANY_MORE:
            self.shares[index] = 0.0
        else:
            self.answer(index)

    def turn_after(self, source: int, start: int) -> bool:
        """Turn the words from `start` on that something reaches; tell whether there are any."""
        n_turned, has_words = 0, False
        for index in range(start, min(start + REACH, len(self.forms))):
            form = self.forms[index]
            if form in STOPPING or not (form[0].isalnum() or form[0] in PASSED_SIGNS):
                break
            if not self.is_word(index) or form in MODALS:
                continue
            has_words = True
            if form in self.neutral:
                continue
            self.turned[index] = not self.turned[index]
            if not n_turned:
                self.sources[index] = source
            n_turned += 1
            if n_turned == N_TURNED:
                break
        if has_words:
            self.silence_at_all(start)
        return has_words

    def silence_at_all(self, start: int) -> None:
        """Take "at all" for a part of the negation before it."""
        reached = self.forms[start : start + REACH]
        for index in range(len(reached) - 1):
            if reached[index : index + 2] == ["at", "all"]:
                self.shares[start + index : start + index + 2] = [0.0, 0.0]

    def answer(self, source: int) -> None:
        """Turn the clause, sentence or question that a negation without words of its own answers."""
        end = source + 1
        while self.at(end) in PASSED_OVER:
            end += 1
        if self.at(end)[:1] == "?" or self.at(source - 1) in ("or", "why", "if"):
            return
        first = own = self.start_of(source)
        answers = source > first or self.at(first - 1)[:1] == "?"
        if first and answers and not self.has_word(first, source):
            # "Was it good? No." or "They say that it is good. It is not."
            first = self.start_of(first - 1)
        last = own if first < own else source
        if first < last and self.has_word(first, last):
            for index in self.keep_words(first, last):
                self.turned[index] = self.forms[index] not in self.neutral
            for index in range(last, end):
                if not self.is_word(index):
                    self.shares[index] = 0.0

    def keep_words(self, first: int, last: int) -> list[int]:
        """Leave of a clause that is answered what it speaks of, without "did I think that"."""
        words = [index for index in range(first, last) if self.is_word(index)]
        if words:
            self.shares[first:last] = [0.0] * (last - first)
        for index in words:
            self.shares[index] = 1.0
        return words

    def strengthen(self, index: int) -> None:
        """Make the next word count for more, unless it is turned: "not very good" is no stronger than "not good"."""
        following = index + 1
        if following < len(self.forms) and self.is_word(following) and not self.turned[following]:
            self.shares[following] = max(self.shares[following], STRENGTHENED * self.shares[index])
            self.shares[index] = 0.0
            self.sources[following] = index

    # What is set aside.

    def is_aside(self, index: int) -> bool:
        """Tell whether a word shows that its clause says what others think, or what was thought before."""
        form = self.forms[index]
        if form not in ASIDE_CUES:
            return False
        return (
            self.is_hearsay(index)
            or self.is_past(index)
            or (form in EXPECTING and not FUTURE.isdisjoint(self.forms[index + 1 : index + 8]))
        )

    def is_hearsay(self, index: int) -> bool:
        form = self.forms[index]
        thinking = form in OTHERS and not THINKING.isdisjoint(self.forms[index + 1 : index + 5])
        return form in HEARSAY or thinking

    def is_past(self, index: int) -> bool:
        form = self.forms[index]
        return (
            form in THEN
            or PAST_AFTER.get(form, "-") == self.at(index - 1)
            or PAST_BEFORE.get(form, "-") == self.at(index + 1)
        )

    def weigh(self, contrasts: list[int], asides: list[int]) -> None:
        """Give the clauses their shares, by the words that set them against each other or aside."""
        sentences: dict[int, list[int]] = {}
        for index in (*contrasts, *asides):
            sentences.setdefault(self.start_of(index), []).append(index)
        for first, cues in sentences.items():
            inside = [index for index in cues if self.forms[index] in CONTRAST]
            told = [index for index in cues if index in asides]
            if inside:
                self.contrast(first, min(inside), self.end_of(inside[0]), told)
            elif told:
                self.outdate(first, self.end_of(told[0]), told)

    def contrast(self, first: int, cut: int, last: int, asides: list[int]) -> None:
        """Weigh the clauses before and after a "but", or those of "although one, the other"."""
        late = self.forms[cut] in OUTWEIGHED_AFTER
        if cut == first or self.forms[first:cut] == ["even"]:
            comma = self.find_comma(cut, last)
            if not late or comma is None:
                return
            first, cut, late = cut, comma, False
        before = any(index < cut for index in asides)
        after = any(index > cut for index in asides)
        if before != after:
            self.share(*((first, cut) if before else (cut, last)), ASIDE)
        else:
            self.share(*((cut, last) if late else (first, cut)), CONCEDED)

    def outdate(self, first: int, last: int, asides: list[int]) -> None:
        """Set aside what others say if "I" follows, and what was once if "now" does, or stands before."""
        comma = self.find_comma(first, last)
        for cut in (last,) if comma is None else (comma, last):
            following = self.forms[cut : cut + 6]
            told = [index for index in asides if index < cut]
            others = any(self.is_hearsay(i) for i in told) and not FIRST_PERSON.isdisjoint(following)
            past = any(self.is_past(i) for i in told) and not NEWER.isdisjoint(following)
            if others or past:
                self.share(first, cut, ASIDE)
                return
        if comma is not None and not NOW.isdisjoint(self.forms[first:comma]) and min(asides) > comma:
            self.share(comma, last, ASIDE)

    def find_comma(self, first: int, last: int) -> int | None:
        return next((i for i in range(first, last) if self.forms[i] == ","), None)

    def share(self, first: int, last: int, share: float) -> None:
        self.shares[first:last] = [share] * (last - first)
