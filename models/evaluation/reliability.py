"""How far a model's probabilities can be trusted: calibration, coverage, a threshold."""

import numpy as np
from numpy.typing import NDArray

from models.metadata import Bin, CoveragePoint

N_BINS = 15
COVERAGES = tuple(round(share / 20, 2) for share in range(20, 0, -1))

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def bin_of(probabilities: Floats, n_bins: int = N_BINS) -> NDArray[np.int64]:
    """Return the index of each probability among bins of equal width over 0 to 1."""
    return np.clip((probabilities * n_bins).astype(np.int64), 0, n_bins - 1)


def calibration_error(probabilities: Floats, correct: Bools, n_bins: int = N_BINS) -> float:
    """Return the expected calibration error of the top class, from 0 to 1 (Guo et al. 2017).

    `probabilities` of shape (n_samples,) are those of the label given, `correct` whether it was right.
    """
    surplus = np.bincount(
        bin_of(probabilities, n_bins), weights=probabilities - correct, minlength=n_bins
    )
    return float(np.abs(surplus).sum() / len(probabilities))


def calibration_bins(probabilities: Floats, correct: Bools, n_bins: int = N_BINS) -> list[Bin]:
    """Return each bin that holds samples: its bounds, how many, how sure, and how many were right."""
    bins = bin_of(probabilities, n_bins)
    return [
        {
            "low": round(index / n_bins, 4),
            "high": round((index + 1) / n_bins, 4),
            "samples": int(inside.sum()),
            "probability": float(probabilities[inside].mean()),
            "right": int(correct[inside].sum()),
        }
        for index in range(n_bins)
        if (inside := bins == index).any()
    ]


def coverage_curve(probabilities: Floats, correct: Bools) -> list[CoveragePoint]:
    """Return the accuracy on the surest share of the samples, for shares from 1 down to 0.05.

    `threshold` is the probability from which on a sample belongs to the share.
    """
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum(correct[order])
    points: list[CoveragePoint] = []
    for share in COVERAGES:
        count = max(1, round(share * len(order)))
        points.append(
            {
                "coverage": share,
                "accuracy": float(right[count - 1] / count),
                "threshold": float(probabilities[order[count - 1]]),
            }
        )
    return points
