"""Samples for scikit-learn: inputs with their true labels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


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
