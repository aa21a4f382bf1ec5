"""Samples for scikit-learn: what a pipeline takes, and inputs with their true labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.spec import ModelSpec, Record


def to_samples(spec: ModelSpec, parsed: Sequence[Record]) -> list[str] | NDArray[Any]:
    """Return what the pipeline takes: texts, or an array of shape (n_samples, n_features).

    The array is one of floats if all features are numbers, else of Python objects.
    """
    if name := spec.text_name:
        return [str(record[name]) for record in parsed]
    names = spec.feature_names
    rows = [[record[item] for item in names] for record in parsed]
    return np.array(rows, dtype=np.float64 if spec.takes_numbers else object)


@dataclass(frozen=True)
class Samples:
    """Inputs and their true labels, each of length n_samples, and the sets they were taken from.

    A split must keep the samples of one group together; `kinds` names the kind of each sample.
    """

    X: NDArray[Any]
    y: NDArray[Any]
    sources: tuple[dict[str, str | int], ...]
    groups: NDArray[Any]
    kinds: NDArray[Any]

    def take(self, indices: NDArray[np.int64]) -> "Samples":
        return Samples(
            self.X[indices],
            self.y[indices],
            self.sources,
            self.groups[indices],
            self.kinds[indices],
        )
