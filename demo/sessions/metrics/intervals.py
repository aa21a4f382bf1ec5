"""Shares of a count with their confidence intervals."""

from dataclasses import dataclass

from models.intervals import wilson_interval

Id = int | str


@dataclass(frozen=True)
class Share:
    """`right` of `total` as a share from 0 to 1, with its 95 % Wilson interval (Wilson 1927).

    Share and interval are None where nothing was counted.
    The interval takes what was counted as independent. Verdicts of several people on one case are
    not: it is then narrower than it should be.
    """

    right: int
    total: int
    low: float | None
    high: float | None
    share: float | None


@dataclass(frozen=True)
class Group:
    """The share that agreed in one class or of one reviewer; who could not tell is counted apart."""

    key: Id
    share: Share
    cannot_tell: int


def share_of(right: int, total: int) -> Share:
    """Return `right` of `total` with its interval."""
    right, total = int(right), int(total)
    if not total:
        return Share(right, total, None, None, None)
    return Share(right, total, *wilson_interval(right, total), right / total)
