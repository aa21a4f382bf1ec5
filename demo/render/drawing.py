"""A drawing of the known samples and where the record in question lies among them, as SVG."""

import itertools
import math
from collections.abc import Sequence
from html import escape

import numpy as np

from models.explain.nearest import regions
from models.features import NumberFeature
from models.registry import LoadedModel
from models.spec import Record

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 48
MARGIN = 0.1
MOST_TICKS = 8
MARKS = (
    '<circle r="4"/>',
    '<path d="M0-4.8 4.4 3.4H-4.4Z"/>',
    '<rect x="-3.6" y="-3.6" width="7.2" height="7.2"/>',
)


class Axis:
    """One side of the drawing: from a feature's values to places in pixels."""

    def __init__(self, feature: NumberFeature, start: int, end: int) -> None:
        margin = MARGIN * (feature.high - feature.low)
        self.low, self.high = max(0.0, feature.low - margin), feature.high + margin
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        """Return the pixel of a value; one outside the drawing lies on its edge."""
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


def frame_svg(
    horizontal: NumberFeature, vertical: NumberFeature, across: Axis, upward: Axis
) -> str:
    """Return axes, ticks and titles."""
    floor, middle = HEIGHT - BOTTOM, (HEIGHT - BOTTOM + TOP) // 2
    ticks = [
        f'<text x="{across.place(value)}" y="{floor + 17}" text-anchor="middle">{value:g}</text>'
        for value in across.ticks()
    ] + [
        f'<text x="{LEFT - 8}" y="{upward.place(value) + 4}" text-anchor="end">{value:g}</text>'
        for value in upward.ticks()
    ]
    return (
        f'<path class="axis" d="M{LEFT} {TOP}V{floor}H{WIDTH - RIGHT}"/>{"".join(ticks)}'
        f'<text x="{(LEFT + WIDTH - RIGHT) // 2}" y="{HEIGHT - 8}" text-anchor="middle">'
        f"{escape(horizontal.title)} ({escape(horizontal.unit)})</text>"
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">'
        f"{escape(vertical.title)} ({escape(vertical.unit)})</text>"
    )


class Drawing:
    """The known samples of a model along the two features of `spec.map_axes`.

    What stays the same from record to record is drawn once.
    """

    def __init__(self, model: LoadedModel) -> None:
        self.model, self.spec = model, model.spec
        numbers = model.spec.measurements
        self.horizontal, self.vertical = (numbers[name] for name in model.spec.map_axes or ())
        self.across = Axis(self.horizontal, LEFT, WIDTH - RIGHT)
        self.upward = Axis(self.vertical, HEIGHT - BOTTOM, TOP)
        known = model.metadata["known_samples"]
        self.background = frame_svg(
            self.horizontal, self.vertical, self.across, self.upward
        ) + self.samples_svg(known["X"], known["y"])
        self.caption = (
            f"Where it lies among the {len(known['y'])} known ones: "
            f"{self.horizontal.title.lower()} against {self.vertical.title.lower()}. "
            "The tint shows which would be predicted there, all else being equal."
        )

    def samples_svg(self, X: Sequence[Sequence[float]], y: Sequence[str]) -> str:
        """Return a mark for each known sample, its colour and shape by class."""
        names = [feature.name for feature in self.spec.features]
        column, row = names.index(self.horizontal.name), names.index(self.vertical.name)
        marks = []
        for sample, label in zip(X, y, strict=True):
            x, y_place = self.across.place(sample[column]), self.upward.place(sample[row])
            kind = self.spec.classes.index(label)
            marks.append(
                f'<g class="class-{kind}" transform="translate({x} {y_place})">{MARKS[kind % len(MARKS)]}</g>'
            )
        return "".join(marks)

    def regions_svg(self, record: Record) -> str:
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
                pieces.append(
                    f'<rect class="class-{kinds[start]}" x="{self.across.start + start * width:.1f}" '
                    f'y="{y:.1f}" width="{(end - start) * width:.1f}" height="{height + 0.3:.1f}"/>'
                )
        return f'<g class="regions">{"".join(pieces)}</g>'

    def legend(self) -> str:
        """Return which mark stands for which class."""
        entries = [
            f'<span><svg viewBox="-6 -6 12 12" width="14" height="14" aria-hidden="true">'
            f'<g class="class-{kind}">{MARKS[kind % len(MARKS)]}</g></svg>{escape(label)}</span>'
            for kind, label in enumerate(self.spec.classes)
        ]
        return f'<p class="legend">{"".join(entries)}</p>'

    def html(self, record: Record) -> str:
        """Return the drawing with the record's place marked."""
        x = self.across.place(float(record[self.horizontal.name]))
        y = self.upward.place(float(record[self.vertical.name]))
        floor = HEIGHT - BOTTOM
        return (
            f'<figure class="drawing"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{escape(self.caption)}">{self.regions_svg(record)}{self.background}'
            f'<path class="guide" d="M{LEFT} {y}H{x}V{floor}"/>'
            f'<g class="here" transform="translate({x} {y})"><circle r="9"/><path d="M-4 0H4M0-4V4"/></g>'
            f"</svg>{self.legend()}<figcaption>{escape(self.caption)}</figcaption></figure>"
        )
