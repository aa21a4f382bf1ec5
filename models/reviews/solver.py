"""Logistic regression on soft labels with a Gaussian prior that relates features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
MARGIN_LIMIT = 30.0


@dataclass
class Block:
    """Properties of the first ``matrix.shape[0]`` features, shape (n_words, n_properties)."""

    matrix: Any
    scale: float


def log_count_ratio(X: sp.csr_matrix, target: Floats, weight: Floats) -> Floats:
    """Naive-Bayes log-count ratio of each feature (Wang and Manning 2012), (n_features,).

    Presence counts, smoothed by 1; ``target`` in [0, 1] and ``weight``: (n_rows,).
    """
    present = sp.csr_matrix(((X.data > 0).astype(np.float32), X.indices, X.indptr), shape=X.shape)
    positive = 1 + (weight * target) @ present
    negative = 1 + (weight * (1 - target)) @ present
    ratio = np.log(positive / positive.sum()) - np.log(negative / negative.sum())
    return np.asarray(ratio, dtype=np.float32)


class _Objective:
    """Negative log posterior and its gradient for the parameters of ``fit_weights``."""

    def __init__(
        self,
        X: sp.csr_matrix,
        target: Floats,
        weight: Floats,
        ratio: Floats,
        blocks: list[Block],
        C: float,
    ) -> None:
        self.X, self.XT = X, X.T.tocsr()
        self.target, self.weight, self.ratio, self.C = target, weight, ratio, C
        self.matrices = [block.matrix * np.float32(block.scale) for block in blocks]
        # A transpose in row order is several times faster to multiply with.
        self.transposed = [m.T.tocsr() if sp.issparse(m) else m.T.copy() for m in self.matrices]
        sizes = [X.shape[1]] + [m.shape[1] for m in self.matrices]
        self.ends = np.cumsum(sizes)
        self.size = int(self.ends[-1]) + 1

    def fold(self, parameters: Doubles) -> Floats:
        """One weight a feature, shape (n_features,)."""
        folded: Floats = self.ratio * parameters[: self.ends[0]].astype(np.float32)
        for matrix, start, end in zip(self.matrices, self.ends, self.ends[1:], strict=False):
            folded[: matrix.shape[0]] += matrix @ parameters[start:end].astype(np.float32)
        return folded

    def __call__(self, parameters: Doubles) -> tuple[float, Doubles]:
        margin = (self.X @ self.fold(parameters)).astype(np.float64) + parameters[-1]
        margin = np.clip(margin, -MARGIN_LIMIT, MARGIN_LIMIT)
        loss = self.weight @ (np.logaddexp(0, margin) - self.target * margin)
        residual = self.weight * (1 / (1 + np.exp(-margin)) - self.target)
        slope = self.XT @ residual.astype(np.float32)
        gradient = np.empty_like(parameters)
        gradient[: self.ends[0]] = self.ratio * slope
        for matrix, start, end in zip(self.transposed, self.ends, self.ends[1:], strict=False):
            gradient[start:end] = matrix @ slope[: matrix.shape[1]]
        gradient[:-1] += parameters[:-1] / self.C
        gradient[-1] = residual.sum()
        return float(loss + parameters[:-1] @ parameters[:-1] / (2 * self.C)), gradient


def fit_weights(
    X: sp.csr_matrix, target: Floats, weight: Floats, ratio: Floats, blocks: list[Block], C: float
) -> tuple[Doubles, float]:
    """Weights, shape (n_features,), and intercept of an L2-penalised logistic regression.

    The weight of feature i is ``ratio[i] * w[i] + sum over blocks of scale * (M @ v)[i]``;
    ``w`` and each ``v`` have the same penalty, ``1 / (2 C)`` times their squared length. That
    is a Gaussian prior with covariance ``diag(ratio**2) + sum of scale**2 * M @ M.T``: the
    NB-SVM of Wang and Manning (2012) when there are no blocks, otherwise related words also
    get related weights. ``target`` in [0, 1]: soft labels; shapes (n_rows,).
    """
    objective = _Objective(X, target, weight, ratio, blocks, C)
    options = {"maxiter": 150, "ftol": 1e-6, "gtol": 1e-3, "maxcor": 8}
    found = minimize(
        objective, np.zeros(objective.size), jac=True, method="L-BFGS-B", options=options
    )
    return objective.fold(found.x).astype(np.float64), float(found.x[-1])
