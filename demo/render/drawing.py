"""A drawing of the known samples and where the record in question lies among them, as SVG."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from demo.render.charts import Box
from demo.render.environment import render
from models.explain.nearest import regions
from models.features import NumberFeature
from models.registry import LoadedModel
from models.spec import Record

BOX = Box(420, 300, left=52, right=12, top=12, bottom=48, below=17, beside=8, title_at=14)
MARGIN = 0.1
MOST_TICKS = 8


class Axis:
    """One side of the drawing: from a feature's values to pixels."""

    def __init__(self, feature: NumberFeature, start: int, end: int) -> None:
        margin = MARGIN * (feature.high - feature.low)
        self.low, self.high = max(0.0, feature.low - margin), feature.high + margin
        self.start, self.end = start, end

    def pixel(self, value: float) -> float:
        """Return where a value lies; one outside the drawing lies on its edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Return about four to ten round values on the axis."""
        span = self.high - self.low
        power = 10.0 ** math.floor(math.log10(span))
        step = next(
            power * part for part in (0.1, 0.2, 0.5, 1, 2) if span / (power * part) <= MOST_TICKS
        )
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        ticks = [round(tick * step, 12) for tick in range(first, last + 1)]
        return [tick for tick in ticks if self.low <= tick <= self.high]

    def tick_texts(self) -> list[tuple[float, str]]:
        return [(self.pixel(tick), f"{tick:g}") for tick in self.ticks()]


class Drawing:
    """The known samples of a model along the two features of `spec.map_axes`.

    What stays the same from record to record is drawn once.
    """

    def __init__(self, model: LoadedModel) -> None:
        self.model, self.spec = model, model.spec
        numbers = model.spec.measurements
        self.horizontal, self.vertical = (numbers[name] for name in model.spec.map_axes or ())
        self.across = Axis(self.horizontal, BOX.left, BOX.end)
        self.upward = Axis(self.vertical, BOX.floor, BOX.top)
        known = model.metadata["known_samples"]
        self.background = self.frame_svg() + self.samples_svg(known["X"], known["y"])
        self.caption = (
            f"Where it lies among the {len(known['y'])} known ones: "
            f"{self.horizontal.title.lower()} against {self.vertical.title.lower()}. "
            "The tint shows which would be predicted there, all else being equal."
        )

    def frame_svg(self) -> Markup:
        """Return axes, ticks and titles."""
        return render(
            "svg.frame",
            box=BOX,
            x_title=f"{self.horizontal.title} ({self.horizontal.unit})",
            y_title=f"{self.vertical.title} ({self.vertical.unit})",
            x_ticks=self.across.tick_texts(),
            y_ticks=self.upward.tick_texts(),
        )

    def samples_svg(self, X: Sequence[Sequence[float]], y: Sequence[str]) -> Markup:
        """Return a mark for each known sample, its colour and shape by class."""
        names = [feature.name for feature in self.spec.features]
        column, row = names.index(self.horizontal.name), names.index(self.vertical.name)
        samples = [
            (
                self.spec.classes.index(label),
                self.across.pixel(sample[column]),
                self.upward.pixel(sample[row]),
            )
            for sample, label in zip(X, y, strict=True)
        ]
        return render("svg.samples", samples=samples)

    def regions_svg(self, record: Record) -> Markup:
        """Return where each class would be predicted, the other measurements being what they are."""
        found = regions(
            self.model,
            record,
            self.horizontal.name,
            self.vertical.name,
            x_range=(self.across.low, self.across.high),
            y_range=(self.upward.low, self.upward.high),
        )
        n_rows, n_columns = found.indices.shape
        width = (self.across.end - self.across.start) / n_columns
        height = (self.upward.start - self.upward.end) / n_rows
        pieces = []
        for row, kinds in enumerate(found.indices):
            y = self.upward.start - (row + 1) * height
            edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), n_columns]
            for start, end in itertools.pairwise(edges):
                x = self.across.start + start * width
                pieces.append((kinds[start], x, y, (end - start) * width, height + 0.3))
        return render("svg.regions", regions=pieces)

    def html(self, record: Record) -> Markup:
        return render(
            "svg.drawing",
            box=BOX,
            caption=self.caption,
            classes=self.spec.classes,
            regions=self.regions_svg(record),
            background=self.background,
            x=self.across.pixel(float(record[self.horizontal.name])),
            y=self.upward.pixel(float(record[self.vertical.name])),
        )
