"""Whether one model is better than another, or was only lucky."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

N_RESAMPLES = 1_000
LEVEL = 0.95

Score = Callable[[NDArray[Any], NDArray[Any]], float]


def bootstrap_interval(
    y: NDArray[Any], predicted: NDArray[Any], score: Score, random_state: int = 0
) -> tuple[float, float]:
    """Return the 95 % percentile interval of `score` over resampled samples (Efron 1979)."""
    rng = np.random.default_rng(random_state)
    draws = rng.integers(0, len(y), size=(N_RESAMPLES, len(y)))
    scores = [score(y[draw], predicted[draw]) for draw in draws]
    low, high = np.quantile(scores, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def mcnemar(correct: NDArray[np.bool_], other: NDArray[np.bool_]) -> dict[str, float]:
    """Return McNemar's exact test of two models on the same samples (McNemar 1947).

    `better` and `worse` count the samples that only the first or only the other got right.
    """
    better, worse = int((correct & ~other).sum()), int((~correct & other).sum())
    p_value = float(binomtest(better, better + worse).pvalue) if better + worse else 1.0
    return {"better": better, "worse": worse, "p_value": p_value}
