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


@dataclass(frozen=True)
class Regions:
    """The predicted class over a grid: `indices[row, column]` among the classes at (`x`, `y`)."""

    x: Floats
    y: Floats
    indices: NDArray[np.int64]


def find_value_flips(model: LoadedModel, parsed: Record) -> ValueFlips:
    """Return for each feature, alone, the nearest value that turns the label, in one call."""
    features = model.spec.features
    sample = np.asarray(to_samples(model.spec, [parsed]))[0]
    tried = [(at, value) for at, item in enumerate(features) for value in item.alternatives()]
    samples = np.tile(sample, (1 + len(tried), 1))
    for row, (column, value) in enumerate(tried, 1):
        samples[row, column] = value
    rows = model.predictor.predict_proba(samples)
    labels = rows.argmax(axis=1)
    turned = [row for row in range(1, len(rows)) if labels[row] != labels[0]]
    found: dict[str, ValueFlip | None] = dict.fromkeys(model.spec.feature_names)
    for at, feature in enumerate(features):
        own = [row for row in turned if tried[row - 1][0] == at]
        if own:
            now = parsed[feature.name]
            nearest = min(own, key=lambda row: feature.distance(tried[row - 1][1], now))
            found[feature.name] = ValueFlip(
                feature.name,
                tried[nearest - 1][1],
                model.spec.classes[int(labels[nearest])],
                float(rows[nearest].max()),
            )
    return ValueFlips(found)


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
