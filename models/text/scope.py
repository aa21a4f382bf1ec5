"""How the words of a text are meant: turned by a negation, or set aside as what others think or once was thought.

After Das and Chen (2001) and Pang, Lee and Vaithyanathan (2002), who mark the words after a negation; here
also a negation that stands for a whole clause ("I thought it would be bad, but it was not"), a "no" to a question,
what could have been, and the clause that another one outweighs (Polanyi and Zaenen 2006).
"""

from collections.abc import Container
from typing import NamedTuple

from models.text.clauses import is_aside, weigh
from models.text.cues import CONTRAST, CUES, STRENGTHENING, TURNING
from models.text.groups import mark_groups
from models.text.marks import Marks
from models.text.names import mark_names
from models.text.turning import strengthen, turn

# What a word becomes that is turned: "not a good film" holds "not_good".
NOT = "not_"


class Scope(NamedTuple):
    """For each word whether it is `turned`, how much of it is meant, and what turned or strengthened it.

    The share that is meant is from 0 to 1.5; of what turned a word `sources` gives the index, or the word's own.
    """

    turned: list[bool]
    shares: list[float]
    sources: list[int]


def leave_out_groups(forms: list[str]) -> Scope | None:
    """Return the scope of a text of which all is meant as it stands, save for names of groups of people."""
    names = mark_groups(forms)
    if not names:
        return None
    shares = [1.0] * len(forms)
    for index in names:
        shares[index] = 0.0
    return Scope([False] * len(forms), shares, list(range(len(forms))))


def find_scope(forms: list[str], neutral: Container[str] = ()) -> Scope | None:
    """Return how the words of a text are meant, given in lower case, or None if all are meant as they stand.

    Words that are `neutral` have no opposite, and are not turned. Names of people, of groups of people and of
    places say nothing: their share is 0.
    """
    cues = [index for index, form in enumerate(forms) if form in CUES]
    names = mark_groups(forms) + mark_names(forms)
    if not cues and not names:
        return None
    text = Marks(forms, neutral)
    weigh(text, [i for i in cues if forms[i] in CONTRAST], [i for i in cues if is_aside(text, i)])
    for index in cues:
        if forms[index] in TURNING:
            turn(text, index)
    for index in cues:
        if forms[index] in STRENGTHENING:
            strengthen(text, index)
    for index in names:
        text.shares[index] = 0.0
    plain = not any(text.turned) and min(text.shares) == max(text.shares) == 1
    return None if plain else Scope(text.turned, text.shares, text.sources)
