"""How the words of a text are meant: turned by a negation, or set aside as what others think or once was thought.

After Das and Chen (2001) and Pang, Lee and Vaithyanathan (2002), who mark the words after a negation; here
also a negation that stands for a whole clause ("I thought it would be bad, but it was not"), a "no" to a question,
what could have been, and the clause that another one outweighs.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.text.groups import mark_groups

# What a word becomes that is turned: "not a good film" holds "not_good".
NOT = "not_"
_NEGATING = (
    "not never no cannot nothing neither nor without hardly barely scarcely rarely seldom nobody none nowhere "
    "aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt neednt shouldnt wasnt werent wont "
    "wouldnt nope nah"
)
NEGATIONS = frozenset(_NEGATING.split())
# A negation reaches over these words without turning them.
_PASSED_OVER = (
    "a an the i you he she it we they me him her us them my your his its our their mine this that these those there "
    "here one who whom which what very really so too all even especially particularly quite just rather pretty that "
    "be am is are was were been being have has had having do does did done doing will would shall should can could may "
    "might must to of in on at by for from with about as into than or if whether when where how why ever any anything "
    "anyone much many more most some every such think thinks thought thinking believe believes believed say says said "
    "saying call called feel feels felt find finds found consider considers considered know knew seem seems seemed "
    "look looks looked sound sounds sounded get gets got become becomes became make makes made want wanted remotely exactly "
    "necessarily totally completely entirely absolutely truly actually terribly overly it's that's he's she's i'm i've "
    "you're they're we're there's again yet now ever anymore still also"
)
PASSED_OVER = frozenset(_PASSED_OVER.split())
# So many words are turned at most, and none further on than this.
N_TURNED, REACH = 3, 9
# What follows "not" or "no" where it negates nothing.
_IDLE = "only just merely simply least mention doubt wonder matter question surprise less longer"
IDLE = frozenset(_IDLE.split())
CONTRAST = frozenset("but however although though yet whereas while nevertheless nonetheless".split())
_STOPPING = "and because since unless until except that's"
STOPPING = CONTRAST | frozenset(_STOPPING.split())
SENTENCE_ENDS = ".!?;"
PASSED_SIGNS = "\"'`*-“”_("
MODALS = frozenset("could would should might could've would've should've might've".split())
WISHES = frozenset("wish wished".split())
YES = frozenset("yes yeah yep yup".split())
NOW = frozenset("now nowadays today currently lately recently anymore later eventually".split())
THEN = frozenset("previously once formerly initially originally".split())
_THINKING = (
    "think thinks thought say says said believe believes believed claim claims claimed find finds found call calls "
    "called consider considers considered hate hates hated love loves loved like likes liked told tell feel feels "
    "felt swear insist insists describe described dislike dislikes enjoy enjoyed enjoys rave raved praise praised "
    "recommend recommended trash trashed argue argues complain complains complained thinking "
    "admire admires admired adore adores adored appreciate appreciates appreciated detest detests detested despise "
    "despises despised loathe loathes loathed dread dreads dreaded regret regrets regretted value values valued "
    "claiming finding hating loving"
)
THINKING = frozenset(_THINKING.split())
_OTHERS = (
    "some many most others other people critics critic everyone everybody someone somebody friend friends they he she "
    "reviewers reviews fans folks guys media press experts audience audiences viewers users customers parents mother "
    "father mom dad mum brother sister wife husband boyfriend girlfriend colleague colleagues boss neighbour neighbor "
    "family kids teacher crowd few lot colleague classmates roommate cousin uncle aunt son daughter grandmother "
    "grandfather neighbours neighbors coworkers buddies partner reviewer viewer tourists locals journalists"
)
OTHERS = frozenset(_OTHERS.split())
HEARSAY = frozenset("supposedly allegedly reportedly heard read according".split())
EXPECTING = frozenset("thought expected expecting hoped hoping assumed feared figured worried afraid supposed promised guessed".split())
FUTURE = frozenset("would be i'd it'd going to".split())
FIRST_PERSON = frozenset("i i'm i've i'd we me my personally myself".split())

# How much a word says in a clause that is set aside, and in one that a "but" outweighs.
ASIDE, CONCEDED = 0.15, 0.7

_LOCAL = NEGATIONS | MODALS | WISHES | YES | {"far", "anything"}
_CLAUSES = CONTRAST | NOW | OTHERS | HEARSAY | THEN
TRIGGERS = _LOCAL | _CLAUSES


class Scope(NamedTuple):
    """For each word whether it is `turned`, how much of it is meant (0 to 1), and what turned it, by index."""

    turned: list[bool]
    shares: list[float]
    sources: list[int]


def is_negation(form: str) -> bool:
    """Tell whether a form turns what follows."""
    return form in NEGATIONS or form.endswith("n't")


def find_scope(forms: list[str]) -> Scope | None:
    """Return how the words are meant, or None if all are meant as they stand."""
    marks = mark_groups(forms)
    if not marks and TRIGGERS.isdisjoint(forms) and not any([f.endswith("n't") for f in forms]):
        return None
    scope = _Reading(forms).scope()
    for index in marks:
        scope.shares[index] = 0.0
    return scope


class _Reading:
    def __init__(self, forms: Sequence[str]) -> None:
        self.forms = forms
        size = len(forms)
        self.turned = [False] * size
        self.shares = [1.0] * size
        self.sources = list(range(size))

    def scope(self) -> Scope:
        starts = self.sentence_starts()
        for first, last in zip(starts, [*starts[1:], len(self.forms)], strict=True):
            self.weigh_clauses(first, last)
        for index, form in enumerate(self.forms):
            if is_negation(form):
                self.negate(index)
            elif form in MODALS:
                self.unreal(index)
            elif form in YES:
                self.affirm(index)
            elif form in WISHES:
                self.turn_after(index, index + 1)
            elif form == "far" and self.at(index + 1) == "from":
                self.turn_after(index, index + 2, quiet=(index, index + 1))
            elif form == "anything" and self.at(index + 1) == "but":
                self.turn_after(index, index + 2, quiet=(index, index + 1))
        return Scope(self.turned, self.shares, self.sources)

    def at(self, index: int) -> str:
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def sentence_starts(self) -> list[int]:
        starts = [0]
        for index, form in enumerate(self.forms):
            if form[0] in SENTENCE_ENDS and index + 1 < len(self.forms):
                starts.append(index + 1)
        return starts

    def negate(self, index: int) -> None:
        form, following = self.forms[index], self.at(index + 1)
        if form in ("not", "no") and (following in IDLE or (following == "to" and self.at(index + 2) == "mention")):
            return
        if form == "nothing" and following == "but":
            return
        if form == "nor" and "neither" in self.forms[max(index - REACH, 0) : index]:
            # What it turns is turned already.
            self.shares[index] = 0.0
            return
        if self.turn_after(index, index + 1, quiet=(index,)):
            return
        self.turn_before(index)

    def unreal(self, index: int) -> None:
        """Turn what could have been."""
        have = self.forms[index].endswith("'ve") or self.at(index + 1) in ("have", "of", "of")
        if have:
            start = index + 1 + (not self.forms[index].endswith("'ve"))
            self.turn_after(index, start)

    def turn_after(self, source: int, start: int, quiet: tuple[int, ...] = ()) -> bool:
        """Turn the words that something reaches; tell whether there were any."""
        n_turned = 0
        for index in range(start, min(start + REACH, len(self.forms))):
            form = self.forms[index]
            if form in STOPPING:
                break
            if not form[0].isalnum():
                if form[0] in PASSED_SIGNS:
                    continue
                break
            if form in PASSED_OVER or is_negation(form) or form in MODALS:
                continue
            self.turned[index] = not self.turned[index]
            if not n_turned:
                self.sources[index] = source
            n_turned += 1
            if n_turned == N_TURNED:
                break
        if n_turned:
            for index in quiet:
                self.shares[index] = 0.0
        return n_turned > 0

    def turn_before(self, source: int) -> None:
        """Turn the clause, or the question, that a negation without words of its own answers."""
        end = source + 1
        while end < len(self.forms) and self.forms[end] in PASSED_OVER:
            end += 1
        if self.at(end)[:1] == "?" or self.at(source - 1) in ("or", "why", "if"):
            return
        first = own = self.sentence_start(source)
        answers = self.at(first - 1)[:1] == "?" or source > first
        if not self.words_in(first, source) and answers:
            # "Was it good? No." or "They say that it is good. It is not."
            first = self.sentence_start(first - 1)
        if first < source and self.turn_clause(first, own if first < own else source):
            self.shares[own:end] = [self.shares[i] if self.is_word(i) else 0.0 for i in range(own, end)]

    def sentence_start(self, index: int) -> int:
        while index > 0 and self.forms[index - 1][0] not in SENTENCE_ENDS:
            index -= 1
        return index

    def words_in(self, first: int, last: int) -> list[int]:
        return [i for i in range(first, last) if self.is_word(i)]

    def turn_clause(self, first: int, last: int) -> bool:
        """Turn the words of a clause that is answered by "no", of which the rest says nothing then."""
        words = self.words_in(first, last)
        if words:
            self.shares[first:last] = [0.0] * (last - first)
        for index in words:
            self.turned[index] = True
            self.shares[index] = 1.0
        return bool(words)

    def affirm(self, index: int) -> None:
        """Leave of a question that is answered by "yes" the words that it asks about."""
        if self.at(index - 1)[:1] != "?":
            return
        first = self.sentence_start(index - 1)
        words = self.words_in(first, index)
        if words:
            self.shares[first : index + 1] = [0.0] * (index + 1 - first)
        for word in words:
            self.shares[word] = 1.0

    def is_word(self, index: int) -> bool:
        form = self.forms[index]
        return form[0].isalnum() and form not in PASSED_OVER and form not in STOPPING and not is_negation(form)

    def weigh_clauses(self, first: int, last: int) -> None:
        """Set aside the part of a sentence that another part of it, or the next sentence, outweighs."""
        forms = self.forms
        cut = next((i for i in range(first, last) if forms[i] in CONTRAST), None)
        if cut is None:
            self.weigh_against_next(first, last)
            return
        if cut == first or (cut == first + 1 and forms[first] in ("even", "and")):
            # "Although X, Y" has its clauses the other way round; "But X" stands against the sentence before.
            if forms[cut] in ("although", "though", "while", "whereas"):
                comma = next((i for i in range(cut, last) if forms[i] == ","), None)
                if comma is not None:
                    self.weigh_parts((cut, comma), (comma, last), CONCEDED, 1.0)
            return
        late = forms[cut] in ("although", "though", "while", "whereas")
        self.weigh_parts((first, cut), (cut, last), 1.0 if late else CONCEDED, CONCEDED if late else 1.0)

    def weigh_parts(self, one: tuple[int, int], other: tuple[int, int], first_share: float, other_share: float) -> None:
        before, after = self.forms[slice(*one)], self.forms[slice(*other)]
        if is_aside(before) and not is_aside(after):
            first_share, other_share = ASIDE, 1.0
        elif is_aside(after) and not is_aside(before):
            first_share, other_share = 1.0, ASIDE
        for (start, end), share in ((one, first_share), (other, other_share)):
            if share < 1:
                self.shares[start:end] = [share] * (end - start)

    def weigh_against_next(self, first: int, last: int) -> None:
        """Set a clause or sentence aside if it tells of others or of earlier days, and the next of "I" and now."""
        comma = next((i for i in range(first, last) if self.forms[i] == ","), None)
        for cut in (comma, last):
            if cut is None:
                continue
            following = self.forms[cut : cut + 6]
            before, after = self.forms[first:cut], self.forms[cut:last] or following
            told = is_hearsay(before) and not FIRST_PERSON.isdisjoint(following)
            was = is_past(before) and not (NOW | CONTRAST).isdisjoint(following)
            is_now = not NOW.isdisjoint(before) and is_past(after) and cut == comma
            if told or was:
                self.shares[first:cut] = [ASIDE] * (cut - first)
            elif is_now:
                self.shares[cut:last] = [ASIDE] * (last - cut)


def is_aside(clause: Sequence[str]) -> bool:
    """Tell whether a clause says what others think, or what was once thought or expected."""
    return is_past(clause) or is_hearsay(clause) or is_expectation(clause)


def follow(clause: Sequence[str], one: str, other: str) -> bool:
    return any(a == one and b == other for a, b in zip(clause, clause[1:], strict=False))


def is_past(clause: Sequence[str]) -> bool:
    return (
        follow(clause, "used", "to")
        or follow(clause, "the", "past")
        or follow(clause, "at", "first")
        or follow(clause, "back", "then")
        or follow(clause, "years", "ago")
        or follow(clause, "when", "i")
        or not THEN.isdisjoint(clause)
    )


def is_hearsay(clause: Sequence[str]) -> bool:
    for index, form in enumerate(clause):
        if form in HEARSAY:
            return True
        if form in OTHERS and not THINKING.isdisjoint(clause[index + 1 : index + 5]):
            return True
    return False


def is_expectation(clause: Sequence[str]) -> bool:
    return any(form in EXPECTING and not FUTURE.isdisjoint(clause[i + 1 : i + 8]) for i, form in enumerate(clause))
