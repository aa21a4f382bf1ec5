"""The confidence interval of a share."""

from functools import lru_cache


@lru_cache(maxsize=8192)
def wilson_interval(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of `right` of `total` (Wilson 1927); `total` is above 0."""
    from scipy.stats import binomtest

    interval = binomtest(right, total).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)
