"""What if, for measurements: the nearest value that turns the label, and the map of labels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.explain.explanation import NumberFlip, NumberFlips
from models.predict import to_samples
from models.registry import LoadedModel
from models.spec import NumberFeature, Record

Floats = NDArray[np.float64]
# How far beyond the range seen to look, in parts of that range.
BEYOND = 0.1
GRID = (60, 45)


@dataclass(frozen=True)
class Regions:
    """Which class is predicted where: `places[row, column]` among the classes at (`x`, `y`)."""

    x: Floats
    y: Floats
    places: NDArray[np.int64]


def number_features(model: LoadedModel) -> list[NumberFeature]:
    """Return the features that are numbers."""
    return [feature for feature in model.spec.features if isinstance(feature, NumberFeature)]


def steps_of(feature: NumberFeature) -> Floats:
    """Return the values of a feature at its steps, from a little below to a little above its range."""
    margin = BEYOND * (feature.high - feature.low)
    first = max(1, round((feature.low - margin) / feature.step))
    last = round(min(feature.high + margin, feature.highest) / feature.step)
    # Rounded, as 17 steps of 0.1 are 1.7000000000000002.
    return np.round(np.arange(first, last + 1) * feature.step, 10)


def find_number_flips(model: LoadedModel, parsed: Record) -> NumberFlips:
    """Return for each feature, alone, the nearest value that turns the label, in one call."""
    features = number_features(model)
    sample = np.asarray(to_samples(model.spec, [parsed]))[0]
    steps = [steps_of(feature) for feature in features]
    columns = np.repeat(np.arange(len(features)), [len(values) for values in steps])
    samples = np.vstack([sample, np.tile(sample, (len(columns), 1))])
    samples[np.arange(1, len(samples)), columns] = np.concatenate(steps)
    rows = model.pipeline.predict_proba(samples)
    labels = rows.argmax(axis=1)
    found: dict[str, NumberFlip | None] = {}
    for place, feature in enumerate(features):
        turned = 1 + np.flatnonzero((columns == place) & (labels[1:] != labels[0]))
        nearest = min(
            turned, key=lambda row: abs(samples[row, place] - sample[place]), default=None
        )
        found[feature.name] = (
            None
            if nearest is None
            else NumberFlip(
                feature.name,
                float(samples[nearest, place]),
                model.spec.classes[int(labels[nearest])],
                float(rows[nearest].max()),
            )
        )
    return NumberFlips(found)


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
    """Return the predicted class over a grid of two features, the others as in `record`, in one call.

    `size` is the number of columns and rows; a range of None is that of the steps of the feature.
    """
    features = {feature.name: feature for feature in number_features(model)}
    names = list(features)
    x = axis(features[x_feature], x_range, size[0])
    y = axis(features[y_feature], y_range, size[1])
    samples = np.tile(np.asarray(to_samples(model.spec, [record])), (len(x) * len(y), 1))
    samples[:, names.index(x_feature)] = np.tile(x, len(y))
    samples[:, names.index(y_feature)] = np.repeat(y, len(x))
    rows: Any = model.pipeline.predict_proba(samples)
    return Regions(x, y, rows.argmax(axis=1).reshape(len(y), len(x)))


def axis(feature: NumberFeature, limits: tuple[float, float] | None, count: int) -> Floats:
    """Return `count` values evenly over the limits, by default over the steps of the feature."""
    low, high = limits or steps_of(feature)[[0, -1]].tolist()
    return np.linspace(low, high, count)
