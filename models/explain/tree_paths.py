"""What each column adds to the answer of trees: the steps of a sample from the root to its leaf.

Each question on the way moves the answer from the mean of one node to that of the next, which is counted
for the column that was asked about (Saabas 2014). The steps add up to the answer, exactly.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.tree import BaseDecisionTree, DecisionTreeClassifier

Floats = NDArray[np.float64]
FORESTS = (RandomForestClassifier, ExtraTreesClassifier)
# A tree's bare 0 or 1 says no more than one in a thousand: its log-odds must stay finite.
LEAST_PROBABILITY = 1e-3
KEPT_TREES = 20_000
NO_MOVE = 1e-12


class Paths(NamedTuple):
    """Where the trees start, and what each column adds: the log-odds of one class over another."""

    start: float
    added: Floats


def follows_paths(classifier: Any) -> bool:
    """Tell whether the answer of a classifier is that of trees whose paths can be followed."""
    if isinstance(classifier, GradientBoostingClassifier):
        return bool(classifier.loss == "log_loss")
    return isinstance(classifier, (*FORESTS, DecisionTreeClassifier))


def explain_paths(
    classifier: Any, row: Floats, probabilities: Floats, toward: int, against: int
) -> Paths:
    """Return what the columns of a row add to the log-odds of class `toward` over `against`.

    `row` has shape (n_columns,), `probabilities` those that the classifier gives it.
    """
    sample = np.ascontiguousarray(row[np.newaxis], np.float32)
    if isinstance(classifier, GradientBoostingClassifier):
        return explain_boosting(classifier, sample, probabilities, toward, against)
    trees = classifier.estimators_ if isinstance(classifier, FORESTS) else [classifier]
    steps = sum_steps(trees, sample) / len(trees)
    moved = steps.sum(axis=0)
    ends = np.maximum(probabilities, LEAST_PROBABILITY)
    starts = np.maximum(probabilities - moved, LEAST_PROBABILITY)
    # The logarithm moves along the straight line from start to end: so much for each step on it.
    still = np.abs(moved) < NO_MOVE
    slopes = np.where(still, 1 / ends, np.log(ends / starts) / np.where(still, 1, moved))
    added = steps[:, toward] * slopes[toward] - steps[:, against] * slopes[against]
    margin = float(np.log(ends[toward] / ends[against]))
    return Paths(margin - float(added.sum()), added)


def sum_steps(trees: Iterable[Any], sample: Any) -> Floats:
    """Return the steps of all trees together, shape (n_columns, n_values)."""
    total: Floats | None = None
    for tree in trees:
        inner = tree.tree_
        path = inner.decision_path(sample).indices
        values = node_values(tree)[path]
        if total is None:
            total = np.zeros((sample.shape[1], values.shape[1]))
        np.add.at(total, inner.feature[path[:-1]], np.diff(values, axis=0))
    assert total is not None
    return total


@lru_cache(maxsize=KEPT_TREES)
def node_values(tree: BaseDecisionTree) -> Floats:
    """Return the mean answer at each node, shape (n_nodes, n_values): shares of classes, or one number.

    Boosting changes the leaves of its trees after they have grown: the nodes above follow from them.
    """
    inner = tree.tree_
    values = np.array(inner.value[:, 0, :], np.float64)
    if isinstance(tree, DecisionTreeClassifier):
        return np.asarray(values / values.sum(axis=1, keepdims=True))
    weights = inner.weighted_n_node_samples
    for node in range(inner.node_count - 1, -1, -1):
        left, right = inner.children_left[node], inner.children_right[node]
        if left != right:
            both = weights[left] * values[left] + weights[right] * values[right]
            values[node] = both / (weights[left] + weights[right])
    return values


def explain_boosting(
    classifier: GradientBoostingClassifier,
    sample: Any,
    probabilities: Floats,
    toward: int,
    against: int,
) -> Paths:
    """Return what the columns add by the trees of gradient boosting, which speak in log-odds already."""
    shares = np.maximum(probabilities[[toward, against]], np.finfo(np.float64).tiny)
    margin = float(np.log(shares[0] / shares[1]))
    groups = classifier.estimators_.T
    steps = [classifier.learning_rate * sum_steps(trees, sample)[:, 0] for trees in groups]
    if len(groups) == 1:
        added = steps[0] if toward == 1 else -steps[0]
    else:
        added = steps[toward] - steps[against]
    return Paths(margin - float(added.sum()), added)
