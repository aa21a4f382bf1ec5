"""How far people agree with a model and with one another: the figures of a review session."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from demo.sessions.metrics.dispute import (
    CaseFigures,
    MajorityLabel,
    by_dispute,
    count_cases,
    majority_labels,
)
from demo.sessions.metrics.intervals import Group, Id, Share, share_of
from demo.sessions.metrics.reviewer_agreement import ReviewerAgreement, agreement_among
from demo.sessions.metrics.votes import UNKNOWN, Codes, Judgement, Votes, cast_votes, count, cross
from models.evaluation.reliability import calibration_bins

N_BINS = 10


@dataclass(frozen=True)
class BlindFigures:
    """What people said before they saw the model's answer.

    `first` is how many first labels were the model's. Of those that were not, `toward` went over to the
    model once its answer was shown; of those that were, `away` turned from it.
    """

    first: Share
    toward: Share
    away: Share


@dataclass(frozen=True)
class CalibrationBin:
    """Answers with a probability from `low` to `high`: their mean, and how many people agreed with."""

    low: float
    high: float
    probability: float
    agreed: Share


@dataclass(frozen=True)
class Figures:
    """Everything that the board and the report show.

    `overall`, `by_class` (of what the model said), `by_label` (of what people hold to be right) and
    `by_reviewer` are shares of verdicts; who could not tell is counted apart, and does not disagree.
    Their intervals take verdicts as independent, which several on one case are not. `cases` is the
    share of cases on which most people agree with the model, one vote each, of those without the
    `tied_cases`; its interval has no such fault. `confusion` counts verdicts: what people hold to be
    right in rows, in the order of `labels`, and the model's label in columns, in the order of `classes`.
    `labels` are the classes, and NONE_OF_THESE behind them if anybody said that none fits. `disputes` are all cases, the
    most disputed first. `blind` is None in a session that is not blind.
    """

    classes: tuple[str, ...]
    labels: tuple[str, ...]
    verdicts: dict[str, int]
    overall: Share
    cases: Share
    tied_cases: int
    by_class: tuple[Group, ...]
    by_label: tuple[Group, ...]
    by_reviewer: tuple[Group, ...]
    blind: BlindFigures | None
    among_reviewers: ReviewerAgreement
    disputes: tuple[CaseFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration: tuple[CalibrationBin, ...]
    corrections: tuple[MajorityLabel, ...]
    confirmations: tuple[MajorityLabel, ...]

    @property
    def disputed(self) -> list[Id]:
        """The cases about which somebody disagrees, the most disputed first."""
        return [case.case for case in self.disputes if case.is_disputed]

    def describe(self) -> dict[str, Any]:
        return asdict(self)


def figures(
    judgements: Sequence[Judgement], classes: Sequence[str], reviewers: Sequence[Id] = ()
) -> Figures:
    """Return the figures of a session; `reviewers` says in which order they stand.

    Labels that are not among the classes, and reviewers who are not listed, come after the others.
    """
    votes = cast_votes(judgements, classes, reviewers)
    cases = count_cases(votes)
    counts = cross(votes.label, votes.predicted, (len(votes.labels), len(votes.classes)))
    confusion = tuple(map(tuple, counts.tolist()))
    return Figures(
        classes=votes.classes,
        labels=votes.labels,
        verdicts=count_verdicts(votes),
        overall=share_of(votes.agree.sum(), votes.told.sum()),
        cases=share_of_cases(cases),
        tied_cases=sum(case.agree == case.disagree > 0 for case in cases),
        by_class=group_votes(votes, votes.classes, votes.predicted),
        by_label=group_labels(votes.labels, confusion),
        by_reviewer=group_votes(votes, votes.reviewer_ids, votes.reviewer),
        blind=compare_first_labels(votes) if votes.blind else None,
        among_reviewers=agreement_among(votes),
        disputes=tuple(by_dispute(cases)),
        confusion=confusion,
        calibration=calibrate(votes),
        corrections=tuple(majority_labels(cases, corrected=True)),
        confirmations=tuple(majority_labels(cases, corrected=False)),
    )


def count_verdicts(votes: Votes) -> dict[str, int]:
    """Return how many verdicts of each kind there are."""
    agree, disagree = int(votes.agree.sum()), int(votes.disagree.sum())
    return {
        "agree": agree,
        "disagree": disagree,
        "cannot_tell": len(votes.case) - agree - disagree,
    }


def share_of_cases(cases: Sequence[CaseFigures]) -> Share:
    """Return on how many cases most people agree with the model, of those without a tie."""
    right = sum(case.agree > case.disagree for case in cases)
    return share_of(right, right + sum(case.agree < case.disagree for case in cases))


def group_votes(votes: Votes, keys: Sequence[Id], codes: Codes) -> tuple[Group, ...]:
    """Return the share that agrees, and how many could not tell, for each key."""
    counts = (count(codes, len(keys), kept) for kept in (votes.agree, votes.told, ~votes.told))
    return tuple(
        Group(key, share_of(agree, told), int(untold))
        for key, agree, told, untold in zip(keys, *counts, strict=True)
    )


def group_labels(
    labels: Sequence[str], confusion: tuple[tuple[int, ...], ...]
) -> tuple[Group, ...]:
    """Return, for each label that people hold to be right, how often the model says so too."""
    return tuple(
        # The model never says that none fits: that row has no place of its own.
        Group(label, share_of(sum(row[index : index + 1]), sum(row)), 0)
        for index, (label, row) in enumerate(zip(labels, confusion, strict=True))
    )


def compare_first_labels(votes: Votes) -> BlindFigures:
    """Return how first labels compare with the model's, and with what was said after it."""
    given = votes.first != UNKNOWN
    same = given & (votes.first == votes.predicted)
    other = given & ~same
    return BlindFigures(
        first=share_of(same.sum(), given.sum()),
        toward=share_of((other & votes.agree).sum(), other.sum()),
        away=share_of((same & votes.disagree).sum(), same.sum()),
    )


def calibrate(votes: Votes) -> tuple[CalibrationBin, ...]:
    """Return how many people agreed with answers of each probability, in bins of equal width."""
    told = votes.told
    bins = calibration_bins(votes.probability[told], votes.agree[told], N_BINS)
    return tuple(
        CalibrationBin(
            part["low"],
            part["high"],
            part["probability"],
            share_of(part["right"], part["samples"]),
        )
        for part in bins
    )
