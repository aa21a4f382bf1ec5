"""What if, for values: the nearest one that turns the label, and the map of labels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.explain.explanation import ValueFlip, ValueFlips
from models.features import NumberFeature
from models.registry import LoadedModel
from models.samples import to_samples
from models.spec import Record

Floats = NDArray[np.float64]
GRID = (96, 64)
# How many values are tried of all features together at first, and at least of each.
MOST_TRIED, LEAST_TRIED = 1_000, 8


@dataclass(frozen=True)
class Regions:
    """The predicted class over a grid: `indices[row, column]` among the classes at (`x`, `y`)."""

    x: Floats
    y: Floats
    indices: NDArray[np.int64]


def find_value_flips(model: LoadedModel, parsed: Record) -> ValueFlips:
    """Return for each feature, alone, the nearest value that turns the label.

    All are tried in one call; of many values some, and then in a second call those beside the nearest.
    """
    features = model.spec.features
    sample = np.asarray(to_samples(model.spec, [parsed]))[0]
    values = [list(feature.alternatives()) for feature in features]
    stride = [1 + (len(each) - 1) // most_of_each(len(features)) for each in values]
    tried = [(at, i) for at, own in enumerate(values) for i in range(0, len(own), stride[at])]
    found = ask_for_flips(model, parsed, sample, values, tried)
    near = [
        (at, i)
        for at, flip in found.items()
        if stride[at] > 1
        for i in range(len(values[at]))
        if abs(i - values[at].index(flip.value)) < stride[at]
    ]
    if near:
        found |= ask_for_flips(model, parsed, sample, values, near)
    return ValueFlips({feature.name: found.get(at) for at, feature in enumerate(features)})


def most_of_each(n_features: int) -> int:
    """Return how many values of each feature are tried at first."""
    return max(LEAST_TRIED, MOST_TRIED // n_features)


def ask_for_flips(
    model: LoadedModel,
    parsed: Record,
    sample: NDArray[Any],
    values: list[list[Any]],
    tried: list[tuple[int, int]],
) -> dict[int, ValueFlip]:
    """Return by place of its feature the nearest of the tried values that turns the label.

    `tried` are pairs: the place of a feature, and that of a value among its `values`.
    """
    samples = np.tile(sample, (1 + len(tried), 1))
    for row, (at, i) in enumerate(tried, 1):
        samples[row, at] = values[at][i]
    rows = model.predictor.predict_proba(samples)
    labels = rows.argmax(axis=1)
    found: dict[int, tuple[float, ValueFlip]] = {}
    for row, (at, i) in enumerate(tried, 1):
        feature, value = model.spec.features[at], values[at][i]
        if labels[row] == labels[0]:
            continue
        away = feature.distance(value, parsed[feature.name])
        if at not in found or away < found[at][0]:
            label = model.spec.classes[int(labels[row])]
            found[at] = away, ValueFlip(feature.name, value, label, float(rows[row].max()))
    return {at: flip for at, (_, flip) in found.items()}


def regions(
    model: LoadedModel,
    record: Record,
    x_feature: str,
    y_feature: str,
    *,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    size: tuple[int, int] = GRID,
) -> Regions:
    """Return the predicted class over a grid of two numbers, the others as in `record`, in one call.

    `size` is the number of columns and rows; a range of None is that of the steps of the feature.
    """
    spec = model.spec
    x = axis(spec.measurements[x_feature], x_range, size[0])
    y = axis(spec.measurements[y_feature], y_range, size[1])
    samples = np.tile(np.asarray(to_samples(spec, [record])), (len(x) * len(y), 1))
    samples[:, spec.feature_names.index(x_feature)] = np.tile(x, len(y))
    samples[:, spec.feature_names.index(y_feature)] = np.repeat(y, len(x))
    rows: Any = model.predictor.predict_proba(samples)
    return Regions(x, y, rows.argmax(axis=1).reshape(len(y), len(x)))


def axis(feature: NumberFeature, limits: tuple[float, float] | None, count: int) -> Floats:
    """Return `count` values evenly over the limits, by default over the steps of the feature."""
    steps = feature.alternatives()
    low, high = limits or (steps[0], steps[-1])
    return np.linspace(low, high, count)
