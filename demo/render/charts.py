"""Charts of shares against shares, as SVG: how sure against how right, and the like."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 320, 240
LEFT, RIGHT, TOP, BOTTOM = 50, 26, 12, 46
MOST_STEPS = 5
FLOOR, END = HEIGHT - BOTTOM, WIDTH - RIGHT
Point = tuple[float, float]


def ticks_from(low: float) -> list[float]:
    """Return three to six round shares from `low` to 1."""
    step = next(step for step in (0.05, 0.1, 0.25) if (1 - low) / step <= MOST_STEPS)
    return [round(1 - step * n, 2) for n in range(round((1 - low) / step), -1, -1)]


@dataclass(frozen=True)
class Chart:
    """Points with both coordinates from 0 to 1; `sizes` are counts behind them, shown by area.

    The axes start at `x_low` and `y_low` and end at 1. `diagonal` draws where both would be equal.
    """

    title: str
    x_title: str
    y_title: str
    points: Sequence[Point]
    sizes: Sequence[int] = ()
    x_low: float = 0.0
    y_low: float = 0.0
    diagonal: bool = False

    def place(self, point: Point) -> Point:
        """Return the pixels of a point."""
        x = (max(point[0], self.x_low) - self.x_low) / (1 - self.x_low)
        y = (max(point[1], self.y_low) - self.y_low) / (1 - self.y_low)
        return round(LEFT + x * (END - LEFT), 1), round(FLOOR - y * (FLOOR - TOP), 1)

    def path(self, points: Sequence[Point]) -> str:
        """Return the line through points."""
        return "M" + "L".join(f"{x} {y}" for x, y in map(self.place, points))

    def frame(self) -> str:
        """Return axes, ticks and titles."""
        ticks = []
        for value in ticks_from(self.x_low):
            x, _ = self.place((value, 1))
            ticks.append(f'<text x="{x}" y="{FLOOR + 16}" text-anchor="middle">{value:.0%}</text>')
        for value in ticks_from(self.y_low):
            _, y = self.place((1, value))
            ticks.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{value:.0%}</text>')
        middle = (TOP + FLOOR) // 2
        return (
            f'<path class="axis" d="M{LEFT} {TOP}V{FLOOR}H{END}"/>{"".join(ticks)}'
            f'<text x="{(LEFT + END) // 2}" y="{HEIGHT - 8}" text-anchor="middle">'
            f"{escape(self.x_title)}</text>"
            f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">'
            f"{escape(self.y_title)}</text>"
        )

    def marks(self) -> str:
        """Return a dot for each point, its area by size if sizes are given."""
        largest = max(self.sizes, default=1)
        sizes = self.sizes or [0] * len(self.points)
        dots = []
        for point, size in zip(self.points, sizes, strict=True):
            x, y = self.place(point)
            dots.append(f'<circle cx="{x}" cy="{y}" r="{2.5 + 6 * (size / largest) ** 0.5:.1f}"/>')
        return f'<g class="dots">{"".join(dots)}</g>'

    def html(self) -> str:
        """Return the chart as a figure with its title."""
        low = max(self.x_low, self.y_low)
        ideal = (
            f'<path class="guide" d="{self.path([(low, low), (1, 1)])}"/>' if self.diagonal else ""
        )
        return (
            f'<figure class="chart"><figcaption>{escape(self.title)}</figcaption>'
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self.title)}">'
            f'{self.frame()}{ideal}<path class="line" d="{self.path(self.points)}"/>{self.marks()}'
            f"</svg></figure>"
        )
