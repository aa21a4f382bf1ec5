"""Judgements as arrays of codes, for counting them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demo.sessions.metrics.intervals import Id

Codes = NDArray[np.int64]
Bools = NDArray[np.bool_]
UNKNOWN = -1


@dataclass(frozen=True)
class Judgement:
    """What one person said of the model's answer to one case: agree, disagree or cannot_tell.

    `label` is what they hold to be right: the model's if they agree, another if not, None if they
    cannot tell. `first_label` is what they said before they saw the answer, None in a session that is not
    blind and if they could not tell. `probability` is the model's of the label it `predicted`. One
    person judges a case once.
    """

    case: Id
    reviewer: Id
    verdict: str
    label: str | None
    first_label: str | None
    predicted: str
    probability: float


@dataclass(frozen=True)
class Votes:
    """Judgements by case and reviewer, each array of shape (n_judgements,).

    `case` and `reviewer` are places in `case_ids` and `reviewer_ids`; `label`, `first` and `predicted`
    are places in `classes`, UNKNOWN where there is no label. The order does not depend on the order
    in which the judgements came, so that sums of floats do not either.
    """

    case_ids: tuple[Id, ...]
    reviewer_ids: tuple[Id, ...]
    classes: tuple[str, ...]
    case: Codes
    reviewer: Codes
    label: Codes
    first: Codes
    predicted: Codes
    probability: NDArray[np.float64]
    agree: Bools
    disagree: Bools

    @property
    def told(self) -> Bools:
        """Who could tell."""
        return self.agree | self.disagree

    @property
    def blind(self) -> bool:
        """Whether labels were given before the answer was shown."""
        return bool((self.first != UNKNOWN).any())


def cast_votes(
    judgements: Sequence[Judgement], classes: Sequence[str], reviewers: Sequence[Id] = ()
) -> Votes:
    """Return judgements as arrays; labels and reviewers that are not among those given come after them."""
    case_ids = in_order(judgement.case for judgement in judgements)
    reviewer_ids = listed_first(reviewers, (judgement.reviewer for judgement in judgements))
    seen = {label for j in judgements for label in (j.label, j.first_label, j.predicted) if label}
    names = tuple(str(name) for name in listed_first(classes, seen))
    case = places([judgement.case for judgement in judgements], case_ids)
    reviewer = places([judgement.reviewer for judgement in judgements], reviewer_ids)
    order = np.lexsort((reviewer, case))
    verdict = np.array([judgement.verdict for judgement in judgements], dtype="U16")[order]
    return Votes(
        case_ids,
        reviewer_ids,
        names,
        case[order],
        reviewer[order],
        places([judgement.label for judgement in judgements], names)[order],
        places([judgement.first_label for judgement in judgements], names)[order],
        places([judgement.predicted for judgement in judgements], names)[order],
        np.array([judgement.probability for judgement in judgements], dtype=np.float64)[order],
        verdict == "agree",
        verdict == "disagree",
    )


def in_order(ids: Iterable[Id]) -> tuple[Id, ...]:
    """Return each id once: numbers by size, then texts by the alphabet."""
    return tuple(sorted(set(ids), key=lambda each: (isinstance(each, str), each)))


def listed_first(listed: Sequence[Id], found: Iterable[Id]) -> tuple[Id, ...]:
    """Return the listed ids in their order, then what else was found."""
    return (*dict.fromkeys(listed), *in_order(set(found).difference(listed)))


def places(values: Sequence[Id | None], names: Sequence[Id]) -> Codes:
    """Return the place of each value among the names, UNKNOWN for None."""
    place_of: dict[Id | None, int] = {name: place for place, name in enumerate(names)}
    place_of[None] = UNKNOWN
    return np.array([place_of[value] for value in values], dtype=np.int64)


def count(rows: Codes, n_rows: int, kept: Bools | None = None) -> Codes:
    """Return how often each of `n_rows` places stands among the kept ones, of shape (n_rows,)."""
    return np.bincount(rows if kept is None else rows[kept], minlength=n_rows).astype(np.int64)


def cross(rows: Codes, columns: Codes, shape: tuple[int, int]) -> Codes:
    """Return how often each pair of places stands there; pairs with an unknown one do not count."""
    known = (rows != UNKNOWN) & (columns != UNKNOWN)
    flat = rows[known] * shape[1] + columns[known]
    counts: NDArray[Any] = np.bincount(flat, minlength=shape[0] * shape[1])
    return counts.reshape(shape).astype(np.int64)
