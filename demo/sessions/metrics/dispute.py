"""The cases of a session by how much they are disputed, and what a majority says of each."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from demo.sessions.metrics.intervals import Id
from demo.sessions.metrics.votes import Votes, count, cross
from demo.sessions.model import NONE_OF_THESE


@dataclass(frozen=True)
class CaseFigures:
    """What was said of one case.

    `labels` counts, by label, who holds it to be right; `majority` is the one that more than half of
    those who gave a label do, or None. `division` is the share of people who hold another label than
    the most frequent one: 0 if all hold the same. `predicted` and `probability` are the model's.
    """

    case: Id
    predicted: str
    probability: float
    labels: dict[str, int]
    agree: int
    disagree: int
    cannot_tell: int
    majority: str | None
    division: float

    @property
    def told(self) -> int:
        """How many people could tell."""
        return self.agree + self.disagree

    @property
    def is_disputed(self) -> bool:
        """Whether anybody disagrees, with the model or with the others."""
        return self.disagree > 0 or self.division > 0

    @property
    def dispute(self) -> float:
        """The share that disagrees with the model plus the share that disagrees with most people."""
        return (self.disagree / self.told if self.told else 0.0) + self.division


@dataclass(frozen=True)
class MajorityLabel:
    """A label that more than half of those who gave one hold to be right for a case."""

    case: Id
    label: str
    n_supporting: int
    n_labels: int


def count_cases(votes: Votes) -> list[CaseFigures]:
    """Return the figures of every case, in the order of the votes."""
    n_cases, n_labels = len(votes.case_ids), len(votes.labels)
    if not n_cases:
        return []
    n_votes = np.bincount(votes.case)
    labels = cross(votes.case, votes.label, (n_cases, n_labels))
    predicted = cross(votes.case, votes.predicted, (n_cases, n_labels)).argmax(axis=1)
    agree = count(votes.case, n_cases, votes.agree)
    disagree = count(votes.case, n_cases, votes.disagree)
    probability = np.bincount(votes.case, weights=votes.probability) / n_votes
    columns = (predicted, probability, labels, agree, disagree, n_votes - agree - disagree)
    rows = zip(votes.case_ids, *(column.tolist() for column in columns), strict=True)
    return [describe_case(votes.labels, *row) for row in rows]


def describe_case(
    names: tuple[str, ...],
    case: Id,
    predicted: int,
    probability: float,
    counts: list[int],
    agree: int,
    disagree: int,
    cannot_tell: int,
) -> CaseFigures:
    most, total = max(counts), sum(counts)
    return CaseFigures(
        case,
        names[predicted],
        probability,
        {label: n for label, n in zip(names, counts, strict=True) if n},
        agree,
        disagree,
        cannot_tell,
        names[counts.index(most)] if 2 * most > total else None,
        (total - most) / total if total else 0.0,
    )


def by_dispute(cases: Iterable[CaseFigures]) -> list[CaseFigures]:
    """Return the cases with the most disputed first.

    Of equally disputed cases, those come first where more people disagree with the model, then those
    where the model is surer, then those that were listed first.
    """
    return sorted(cases, key=lambda case: (-case.dispute, -case.disagree, -case.probability))


def majority_labels(cases: Iterable[CaseFigures], *, corrected: bool) -> list[MajorityLabel]:
    """Return the cases with a majority label: those where it differs from the model's, or the others.

    A case that most people find no label to fit is left out: there is nothing to correct the model to.
    """
    return [
        MajorityLabel(
            case.case, case.majority, case.labels[case.majority], sum(case.labels.values())
        )
        for case in cases
        if case.majority is not None
        and case.majority != NONE_OF_THESE
        and (case.majority != case.predicted) == corrected
    ]
