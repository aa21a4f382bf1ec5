"""Judgements as arrays of codes, for counting them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demo.sessions.metrics.intervals import Id
from demo.sessions.model import NONE_OF_THESE

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

    `case` and `reviewer` are indices in `case_ids` and `reviewer_ids`; `label`, `first` and `predicted`
    are indices in `labels`, UNKNOWN where there is no label: the classes, and behind them NONE_OF_THESE if
    anybody said so. They are sorted by case and reviewer, so
    that sums of floats do not depend on the order in which the judgements came.
    """

    case_ids: tuple[Id, ...]
    reviewer_ids: tuple[Id, ...]
    labels: tuple[str, ...]
    case: Codes
    reviewer: Codes
    label: Codes
    first: Codes
    predicted: Codes
    probability: NDArray[np.float64]
    agree: Bools
    disagree: Bools

    @property
    def classes(self) -> tuple[str, ...]:
        """The labels that a model can give."""
        return tuple(label for label in self.labels if label != NONE_OF_THESE)

    @property
    def told(self) -> Bools:
        """Whether each reviewer could tell."""
        return self.agree | self.disagree

    @property
    def blind(self) -> bool:
        """Whether labels were given before the answer was shown."""
        return bool((self.first != UNKNOWN).any())


def cast_votes(
    judgements: Sequence[Judgement], classes: Sequence[str], reviewers: Sequence[Id] = ()
) -> Votes:
    """Return judgements as arrays; labels and reviewers that are not among those given come after them."""
    case_ids = list_first((), (each.case for each in judgements))
    reviewer_ids = list_first(reviewers, (each.reviewer for each in judgements))
    seen = {label for j in judgements for label in (j.label, j.first_label, j.predicted) if label}
    named = tuple(map(str, list_first(classes, seen - {NONE_OF_THESE})))
    names = (*named, NONE_OF_THESE) if NONE_OF_THESE in seen else named
    case = code([each.case for each in judgements], case_ids)
    reviewer = code([each.reviewer for each in judgements], reviewer_ids)
    order = np.lexsort((reviewer, case))
    verdict = np.array([each.verdict for each in judgements], dtype="U16")[order]
    return Votes(
        case_ids,
        reviewer_ids,
        names,
        case[order],
        reviewer[order],
        code([each.label for each in judgements], names)[order],
        code([each.first_label for each in judgements], names)[order],
        code([each.predicted for each in judgements], names)[order],
        np.array([each.probability for each in judgements], dtype=np.float64)[order],
        verdict == "agree",
        verdict == "disagree",
    )


def list_first(listed: Iterable[Id], found: Iterable[Id]) -> tuple[Id, ...]:
    """Return the listed ids in their order, then what else was found: numbers by size, then texts."""
    first = dict.fromkeys(listed)
    others = set(found).difference(first)
    return (*first, *sorted(others, key=lambda each: (isinstance(each, str), each)))


def code(values: Sequence[Id | None], names: Sequence[Id]) -> Codes:
    """Return the index of each value in the names, UNKNOWN for None."""
    index_of: dict[Id | None, int] = {name: index for index, name in enumerate(names)}
    return np.array([index_of.get(value, UNKNOWN) for value in values], dtype=np.int64)


def count(codes: Codes, n_codes: int, kept: Bools) -> Codes:
    """Return how often each of `n_codes` codes occurs among the kept ones, of shape (n_codes,)."""
    return np.bincount(codes[kept], minlength=n_codes)


def cross(rows: Codes, columns: Codes, shape: tuple[int, int]) -> Codes:
    """Return how often each pair of codes occurs, of this shape; pairs with an UNKNOWN do not count."""
    counts, *_ = np.histogram2d(rows, columns, [np.arange(n + 1) for n in shape])
    return counts.astype(np.int64)
