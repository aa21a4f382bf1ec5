"""The charts of both notebooks: what `models` measured, made visible.

Every chart reads well on a light and on a dark page: no background, grey text, blue and orange.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython import display as ipython
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from notebooks.tables import TITLES, percent

BLUE, ORANGE, PURPLE, GREY = "#2f8fce", "#e08a12", "#b565a0", "#767676"
COLOURS = (BLUE, ORANGE, PURPLE)
TONES = {"negative": BLUE, "neutral": GREY, "positive": ORANGE}
# From nothing to blue: the page shows through where there is little.
SHADES = LinearSegmentedColormap.from_list("shades", [(*[0.5] * 3, 0.0), (0.18, 0.56, 0.81, 0.9)])
DPI, SHOWN_DPI = 160, 95
THEME: Any = {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.alpha": 0.25,
    "font.size": 10,
    "legend.frameon": False,
} | dict.fromkeys(
    (
        "text.color",
        "axes.labelcolor",
        "axes.edgecolor",
        "axes.titlecolor",
        "xtick.color",
        "ytick.color",
        "grid.color",
    ),
    GREY,
)
plt.rcParams.update(THEME)


def show() -> None:
    """Show the figure, sharper than the page; Jupyter's own way would put a dark box behind it."""
    content = io.BytesIO()
    plt.savefig(content, format="png", dpi=DPI, bbox_inches="tight")
    plt.close()
    stored_width = int.from_bytes(content.getvalue()[16:20])
    image: Any = ipython.Image(  # type: ignore[no-untyped-call]
        content.getvalue(), format="png", width=stored_width * SHOWN_DPI // DPI
    )
    ipython.display(image)  # type: ignore[no-untyped-call]


def axes(width: float, height: float, columns: int = 1) -> Any:
    """Return the axes of a new figure, of a size in inches: one, or an array of several."""
    return plt.subplots(1, columns, figsize=(width, height), layout="constrained")[1]


def percent_axis(side: Any) -> None:
    """Label an axis of shares in whole percent."""
    side.set_major_formatter(lambda value, _: f"{round(100 * value, 1):g} %")


def bars(ax: Axes, counts: pd.DataFrame, title: str) -> None:
    """Draw the share of each class (column) in each row, with the counts written in."""
    start = np.zeros(len(counts))
    for name in counts:
        share = (counts[name] / counts.sum(axis=1)).to_numpy()
        ax.barh(counts.index, share, left=start, color=TONES[str(name)], label=name, height=0.65)
        for index, (left, width, count) in enumerate(zip(start, share, counts[name], strict=True)):
            ax.text(left + width / 2, index, f"{count:,}", ha="center", va="center", color="white")
        start = start + share
    percent_axis(ax.xaxis)
    ax.invert_yaxis()
    ax.set_title(title, loc="left", pad=26)
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(-0.02, 0.98), handlelength=1)


def lengths(ax: Axes, counts: Mapping[str, Sequence[int]], what: str) -> None:
    """Draw how long samples are, on a logarithmic scale, each group to the same area."""
    edges = np.geomspace(1, max(max(values) for values in counts.values()), 45).tolist()
    for colour, (name, values) in zip((PURPLE, ORANGE, BLUE), counts.items(), strict=False):
        share = np.full(len(values), 1 / len(values))
        ax.hist(np.maximum(values, 1), edges, weights=share, color=colour, alpha=0.6, label=name)
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    percent_axis(ax.yaxis)
    ax.set(xlabel=what, ylabel="Share of the samples")
    ax.legend()


def comparison_chart(stored: dict[str, Any], low: float = 0.0) -> None:
    """Draw every candidate above `low` with its bootstrap interval: ours blue, others orange."""
    metric = stored["metric"]
    rows = sorted(stored["table"], key=lambda row: row["metrics"][metric])
    rows = [row for row in rows if row["metrics"][metric] >= low]
    ax = axes(8, 0.3 * len(rows) + 1)
    for index, row in enumerate(rows):
        colour = BLUE if row["name"].startswith("ours") else ORANGE
        ax.plot(row["interval"], [index, index], color=colour, linewidth=2, alpha=0.6)
        ax.plot(row["metrics"][metric], index, "o", color=colour)
    ax.set_yticks(range(len(rows)), [row["name"] for row in rows])
    ax.set_xlabel(f"{TITLES[metric]} on held-out samples, with its 95 % interval")
    percent_axis(ax.xaxis)
    ax.grid(axis="x")
    show()


def confusion(ax: Axes, figures: dict[str, Any], title: str) -> None:
    """Draw how often each true class (row) was called each class (column)."""
    names, counts = list(figures["classes"]), np.array(figures["confusion"])
    shares = counts / counts.sum(axis=1, keepdims=True)
    ax.imshow(shares, cmap=SHADES, vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 0.55 else GREY
        text = f"{percent(share)}\n{counts[row, column]:,}"
        ax.text(column, row, text, ha="center", va="center", color=colour)
    ax.set_xticks(range(len(names)), names)
    ax.set_yticks(range(len(names)), names)
    ax.set(xlabel="Model says", ylabel="True class")
    ax.set_title(title, loc="left")
    ax.spines[:].set_visible(False)


def calibration(ax: Axes, figures: dict[str, Any], title: str) -> None:
    """Draw how often the model is right against how sure it is; the area of a dot is its samples."""
    bins = figures["calibration"]
    sure = [part["probability"] for part in bins]
    right = [part["right"] / part["samples"] for part in bins]
    most = max(part["samples"] for part in bins)
    sizes = [12 + 150 * part["samples"] / most for part in bins]
    low = min(sure + right) - 0.04
    ax.plot([low, 1], [low, 1], color=GREY, linestyle=":", label="as sure as right")
    ax.scatter(sure, right, sizes, color=BLUE, alpha=0.8)
    ax.set(xlabel="Probability of the answer", ylabel="Share of right answers")
    percent_axis(ax.xaxis)
    percent_axis(ax.yaxis)
    error = figures["metrics"]["calibration_error"]
    ax.set_title(f"{title}: off by {100 * error:.1f} points on average", loc="left")
    ax.legend(loc="lower right")


def line(ax: Axes, points: Sequence[Mapping[str, float]], x: str, y: str, label: str = "") -> None:
    """Draw one figure of a list of points against another."""
    ax.plot([p[x] for p in points], [p[y] for p in points], "o-", color=BLUE, ms=4, label=label)
    percent_axis(ax.yaxis)
    ax.set_ylabel(TITLES[y])
    ax.grid(axis="y")


def slices(ax: Axes, figures: dict[str, Any], metric: str, title: str) -> None:
    """Draw the metric of each part of the held-out samples, and of all of them as a line."""
    parts = figures["slices"][::-1]
    ax.axvline(figures["metrics"][metric], color=GREY, linestyle=":")
    ax.plot([part[metric] for part in parts], range(len(parts)), "o", color=ORANGE)
    names = [f"{part['name']} ({part['samples']:,})" for part in parts]
    ax.set_yticks(range(len(parts)), names)
    ax.set_xlabel(f"{TITLES[metric]} (dotted: all samples)")
    percent_axis(ax.xaxis)
    ax.grid(axis="both")
    ax.set_title(title, loc="left")
