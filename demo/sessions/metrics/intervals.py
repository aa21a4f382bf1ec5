"""Shares of a count, and how sure one may be of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

Id = int | str


@dataclass(frozen=True)
class Share:
    """`right` of `total`, with its 95 % Wilson interval (Wilson 1927), None where nothing was counted.

    The interval takes what was counted as independent. Verdicts of several people on one case are
    not: it is then narrower than it should be.
    """

    right: int
    total: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The share from 0 to 1, None of nothing."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True)
class Group:
    """The share that agreed in one class or of one reviewer; who could not tell is counted apart."""

    key: Id
    share: Share
    cannot_tell: int


def share_of(right: int, total: int) -> Share:
    """Return `right` of `total` with its interval."""
    return Share(int(right), int(total), *wilson_interval(int(right), int(total)))


@lru_cache(maxsize=8192)
def wilson_interval(right: int, total: int) -> tuple[float | None, float | None]:
    """Return the 95 % Wilson interval of a share, or twice None for a share of nothing."""
    if not total:
        return None, None
    from scipy.stats import binomtest

    interval = binomtest(right, total).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def plain(value: Any) -> Any:
    """Return what figures are made of as dicts and lists, ready for JSON; a share has a key "share"."""
    if is_dataclass(value) and not isinstance(value, type):
        described = {item.name: plain(getattr(value, item.name)) for item in fields(value)}
        return described | {"share": value.share} if isinstance(value, Share) else described
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    return value
