"""Whether the difference between two models is more than chance."""

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
    other: NDArray[Any] | None = None,
) -> tuple[float, float]:
    """Return the 95 % percentile interval of "accuracy" or "macro_recall" (Efron 1979).

    With the predictions of an `other` model, that of how much the metric is above the other's; each
    resample is the same for both, so that what is easy or hard for the two alike does not widen it.
    Whole groups are drawn: the reviews of one film, or the ten predictions for one flower, are no
    independent witnesses. All arrays have the shape (n_samples,).
    """
    right, total = counts_by_group(y, predicted, groups)
    others_right = None if other is None else counts_by_group(y, other, groups)[0]
    rng, n_groups = np.random.default_rng(0), len(total)
    values = []
    for _ in range(N_RESAMPLES):
        drawn = np.bincount(rng.integers(0, n_groups, n_groups), minlength=n_groups)
        counts = drawn @ total
        value = score(drawn @ right, counts, metric)
        if others_right is not None:
            value -= score(drawn @ others_right, counts, metric)
        values.append(value)
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
