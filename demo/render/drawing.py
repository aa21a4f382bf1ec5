"""The map of known samples: what map.js needs to draw them, and where each class would be predicted."""

import itertools
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from markupsafe import Markup

from demo.render.environment import render
from models.errors import InvalidRecord, shown
from models.explain.nearest import GRID, regions
from models.features import NumberFeature
from models.predict import validate_record
from models.registry import LoadedModel
from models.spec import ModelSpec, Record

MARGIN = 0.1
# What an axis takes from its feature as it is.
KEPT = ("name", "title", "unit", "step", "lowest", "takes_lowest", "highest")
MOST_TICKS = 8
LARGEST = sys.float_info.max
MOST_DRAWN = 1_000
# A circle, a triangle, a square, a diamond and a triangle on its head, of about one area.
MARKS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",
    "M0-4.8 4.4 3.4H-4.4Z",
    "M-3.6-3.6H3.6V3.6H-3.6Z",
    "M0-5 5 0 0 5-5 0Z",
    "M0 4.8 4.4-3.4H-4.4Z",
)


@dataclass(frozen=True)
class Axis:
    """One side of the map: the values of a feature that it shows, from `low` to `high`."""

    name: str
    title: str
    unit: str
    step: float
    lowest: float
    takes_lowest: bool
    highest: float
    low: float
    high: float
    ticks: Sequence[float]

    @classmethod
    def of(cls, feature: NumberFeature) -> Self:
        """Return the axis of a feature: what the model has seen and a little more."""
        margin = MARGIN * (feature.high - feature.low)
        # Rounded, as 1 - 0.59 is 0.41000000000000003.
        low = round(max(feature.lowest, feature.low - margin), 10)
        high = round(min(feature.high + margin, feature.highest), 10)
        kept = {part: getattr(feature, part) for part in KEPT}
        # JSON has no number for what knows no bounds.
        kept |= {"lowest": max(feature.lowest, -LARGEST), "highest": min(feature.highest, LARGEST)}
        return cls(**kept, low=low, high=high, ticks=round_values(low, high))

    def describe(self) -> dict[str, Any]:
        """Return what it shows, for JSON."""
        return {"feature": self.name, "low": self.low, "high": self.high}


def round_values(low: float, high: float) -> list[float]:
    """Return about four to ten round values between two."""
    span = high - low
    power = 10.0 ** math.floor(math.log10(span))
    step = next(
        power * part for part in (0.1, 0.2, 0.5, 1, 2) if span / (power * part) <= MOST_TICKS
    )
    values = (n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1))
    return [value for value in (round(value, 12) for value in values) if low <= value <= high]


def has_map(model: LoadedModel) -> bool:
    """Tell whether a model knows samples that can be drawn by two numbers."""
    n_drawn = len(model.metadata.get("known_samples", {}).get("y", ()))
    return n_drawn > 0 and len(model.spec.measurements) > 1


def first_axes(spec: ModelSpec) -> tuple[str, ...]:
    """Return the names of the two numbers that a map starts with, across and up."""
    return spec.map_axes or tuple(spec.measurements)[:2]


def map_html(model: LoadedModel, record: Record | None = None) -> Markup:
    """Return the map of a model's known samples, which map.js draws and keeps up to date.

    It follows the fields of its tab and sets two of them; of a `record` it only shows where that lies.
    """
    spec, known = model.spec, model.metadata["known_samples"]
    every = math.ceil(len(known["y"]) / MOST_DRAWN)
    columns = [spec.feature_names.index(name) for name in spec.measurements]
    samples = [
        [spec.classes.index(label), *(sample[column] for column in columns)]
        for sample, label in zip(known["X"][::every], known["y"][::every], strict=True)
    ]
    drawn, axes = f"{len(samples):,}", [Axis.of(item) for item in spec.measurements.values()]
    data = {
        "model": spec.name,
        "features": spec.feature_names,
        "axes": [asdict(axis) for axis in axes],
        "shown": first_axes(spec),
        "classes": spec.classes,
        "marks": MARKS,
        "samples": samples,
        "record": record,
    }
    count = drawn if every == 1 else f"{drawn} of {len(known['y']):,}"
    return render("map.map", data=data, axes=axes, marks=MARKS, count=count, spec=spec)


def describe_regions(model: LoadedModel, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return which class is predicted over the map of `fields`: a record and perhaps the axes `x` and `y`.

    The other features are as in the record. `rows` start with the lowest values of `y`; each is a list
    of pairs: the place of a class, and how many cells it takes from there on.
    """
    record = validate_record(model.spec, fields["record"])
    horizontal, vertical = first_axes(model.spec)
    across = axis_named(model.spec, "x", fields.get("x", horizontal))
    upward = axis_named(model.spec, "y", fields.get("y", vertical))
    if across == upward:
        raise InvalidRecord("x and y must be two measurements, but one came twice.", "y")
    found = regions(
        model,
        record,
        across.name,
        upward.name,
        x_range=cell_centres(across, GRID[0]),
        y_range=cell_centres(upward, GRID[1]),
    )
    return {
        "x": across.describe(),
        "y": upward.describe(),
        "classes": model.spec.classes,
        "rows": [count_runs(row) for row in found.indices.tolist()],
    }


def count_runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Return each value that stands in a row and how often it stands there on end."""
    return [(value, len(list(run))) for value, run in itertools.groupby(row)]


def axis_named(spec: ModelSpec, side: str, name: object) -> Axis:
    """Return the axis of a number feature; raise InvalidRecord if there is none of that name."""
    if not isinstance(name, str) or name not in spec.measurements:
        allowed = ", ".join(spec.measurements)
        raise InvalidRecord(f"{side} must be one of {allowed}, but {shown(name)} came.", side)
    return Axis.of(spec.measurements[name])


def cell_centres(axis: Axis, count: int) -> tuple[float, float]:
    """Return the centres of the first and the last of `count` cells along an axis."""
    half = (axis.high - axis.low) / count / 2
    return axis.low + half, axis.high - half
