"""Charts of shares against shares, as SVG: how sure against how right, and the like."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from demo.render.environment import render
from demo.render.words import share_percent

MOST_STEPS = 5
# How far a point on the end of the axis can be pointed at beyond it, in pixels.
MARGIN = 16
Point = tuple[float, float]


class Box(NamedTuple):
    """The size of an SVG in pixels, its margins, and how far from the axes numbers and titles stand."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    below: int
    beside: int
    title_at: int

    @property
    def floor(self) -> int:
        """The height of the horizontal axis."""
        return self.height - self.bottom

    @property
    def end(self) -> int:
        """Where the horizontal axis ends."""
        return self.width - self.right


BOX = Box(320, 240, left=50, right=26, top=12, bottom=46, below=16, beside=6, title_at=12)


def ticks_from(low: float) -> list[float]:
    """Return three to six round shares from `low` to 1."""
    step = next(step for step in (0.05, 0.1, 0.25) if (1 - low) / step <= MOST_STEPS)
    return [round(1 - step * n, 2) for n in range(round((1 - low) / step), -1, -1)]


class Spot(NamedTuple):
    """Where a point lies and the column in which it is pointed at, in percent of the chart's size."""

    x: float
    y: float
    left: float
    width: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Points with both coordinates from 0 to 1; `sizes` are counts behind them, shown by area.

    The axes start at `x_low` and `y_low` and end at 1. `diagonal` draws where both would be equal. `note`
    says what the points say. A point is called "80 % `x_word`: 79 % `y_word` (1,203 `unit`)".
    """

    title: str
    x_title: str
    y_title: str
    points: Sequence[Point]
    sizes: Sequence[int] = ()
    x_low: float = 0.0
    y_low: float = 0.0
    diagonal: bool = False
    note: str = ""
    x_word: str = ""
    y_word: str = ""
    unit: str = "cases"

    def pixels(self, point: Point) -> Point:
        x = (max(point[0], self.x_low) - self.x_low) / (1 - self.x_low)
        y = (max(point[1], self.y_low) - self.y_low) / (1 - self.y_low)
        return (
            round(BOX.left + x * (BOX.end - BOX.left), 1),
            round(BOX.floor - y * (BOX.floor - BOX.top), 1),
        )

    def dots(self) -> list[tuple[float, float, float]]:
        """Return each point with its radius: its area goes by size if sizes are given."""
        largest = max(self.sizes, default=1)
        sizes = self.sizes or [0] * len(self.points)
        return [
            (*self.pixels(point), 2.5 + 6 * (size / largest) ** 0.5)
            for point, size in zip(self.points, sizes, strict=True)
        ]

    def rows(self) -> list[tuple[str, str, str]]:
        """Return both coordinates of each point, and its count if there is one, as people read them."""
        counts = [f"{size:,}" for size in self.sizes] or [""] * len(self.points)
        return [
            (share_percent(x), share_percent(y), count)
            for (x, y), count in zip(self.points, counts, strict=True)
        ]

    def spots(self) -> list[Spot]:
        """Return where each point is pointed at: in the column of all that is nearer to it than to others."""
        places = sorted(zip(map(self.pixels, self.points), self.rows(), strict=True))
        xs = [x for (x, _), _ in places]
        middles = [(first + second) / 2 for first, second in pairwise(xs)]
        edges = pairwise([BOX.left, *middles, BOX.end + MARGIN])
        return [
            Spot(
                100 * x / BOX.width,
                100 * y / BOX.height,
                100 * left / BOX.width,
                100 * (right - left) / BOX.width,
                self.point_words(*row),
            )
            for ((x, y), row), (left, right) in zip(places, edges, strict=True)
        ]

    def point_words(self, x: str, y: str, count: str) -> str:
        counted = f" ({count} {self.unit})" if count else ""
        return f"{x} {self.x_word or self.x_title}: {y} {self.y_word or self.y_title}{counted}"

    def html(self) -> Markup:
        """Return the chart as a figure with its title, and the same as a table."""
        low = max(self.x_low, self.y_low)
        return render(
            "chart.figure",
            box=BOX,
            chart=self,
            x_ticks=[(self.pixels((tick, 1))[0], f"{tick:.0%}") for tick in ticks_from(self.x_low)],
            y_ticks=[(self.pixels((1, tick))[1], f"{tick:.0%}") for tick in ticks_from(self.y_low)],
            guide=[self.pixels((low, low)), self.pixels((1, 1))] if self.diagonal else [],
            line=[self.pixels(point) for point in self.points],
            dots=self.dots(),
            spots=self.spots(),
        )
