"""Whether the difference between two models is more than chance."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

N_RESAMPLES = 1_000
LEVEL = 0.95


def bootstrap_interval(
    y: NDArray[Any],
    predicted: NDArray[Any],
    groups: NDArray[Any],
    metric: str,
    random_state: int = 0,
) -> tuple[float, float]:
    """Return the 95 % percentile interval of "accuracy" or "macro_recall" (Efron 1979).

    Whole groups are drawn: the reviews of one film, or the ten predictions for one flower, are no
    independent witnesses. All arrays have the shape (n_samples,).
    """
    right, total = counts_by_group(y, predicted, groups)
    return resample(
        lambda drawn: score(drawn @ right, drawn @ total, metric), len(total), random_state
    )


def bootstrap_difference(
    y: NDArray[Any],
    predicted: NDArray[Any],
    other: NDArray[Any],
    groups: NDArray[Any],
    metric: str,
    random_state: int = 0,
) -> tuple[float, float]:
    """Return the 95 % interval of how much the metric of `predicted` is above that of `other`.

    Both are for the same samples, and each resample holds the same groups for both: what is easy or
    hard for the two alike does not widen the interval.
    """
    right, total = counts_by_group(y, predicted, groups)
    others_right, _ = counts_by_group(y, other, groups)

    def difference(drawn: NDArray[np.int64]) -> float:
        counts = drawn @ total
        return score(drawn @ right, counts, metric) - score(drawn @ others_right, counts, metric)

    return resample(difference, len(total), random_state)


def resample(
    statistic: Callable[[NDArray[np.int64]], float], n_groups: int, random_state: int
) -> tuple[float, float]:
    """Return the 95 % interval of a statistic of how often each group was drawn."""
    rng = np.random.default_rng(random_state)
    values = [
        statistic(np.bincount(rng.integers(0, n_groups, n_groups), minlength=n_groups))
        for _ in range(N_RESAMPLES)
    ]
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def counts_by_group(
    y: NDArray[Any], predicted: NDArray[Any], groups: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many samples of each class are right, and how many there are.

    Both have the shape (n_groups, n_classes).
    """
    names, rows = np.unique(groups, return_inverse=True)
    classes, columns = np.unique(y, return_inverse=True)
    right = np.zeros((len(names), len(classes)), dtype=np.int64)
    total = np.zeros_like(right)
    np.add.at(right, (rows, columns), y == predicted)
    np.add.at(total, (rows, columns), 1)
    return right, total


def score(right: NDArray[np.int64], total: NDArray[np.int64], metric: str) -> float:
    """Return the metric from the counts of each class; a class that was not drawn does not count."""
    if metric == "accuracy":
        return float(right.sum() / total.sum())
    if metric == "macro_recall":
        drawn = total > 0
        return float(np.mean(right[drawn] / total[drawn]))
    raise ValueError(f"metric must be 'accuracy' or 'macro_recall', not {metric!r}.")


def mcnemar(correct: NDArray[np.bool_], other: NDArray[np.bool_]) -> dict[str, float]:
    """Return McNemar's exact test of two models on the same samples (McNemar 1947).

    `better` and `worse` count the samples that only the first or only the other got right.
    """
    better, worse = int((correct & ~other).sum()), int((~correct & other).sum())
    p_value = float(binomtest(better, better + worse).pvalue) if better + worse else 1.0
    return {"better": better, "worse": worse, "p_value": p_value}
