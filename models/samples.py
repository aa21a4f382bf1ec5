"""Samples for scikit-learn: inputs with their true labels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Samples:
    """Inputs and their true labels, each of length n_samples, and the sets they were taken from.

    Samples of one group must not be parted by a split; `kinds` names what sort of sample each is.
    """

    X: NDArray[Any]
    y: NDArray[Any]
    sources: tuple[dict[str, str | int], ...]
    groups: NDArray[Any]
    kinds: NDArray[Any]

    def take(self, places: NDArray[np.int64]) -> "Samples":
        """Return the samples at these places."""
        return Samples(
            self.X[places], self.y[places], self.sources, self.groups[places], self.kinds[places]
        )
