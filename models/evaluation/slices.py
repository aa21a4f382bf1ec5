"""Figures for parts of the held-out texts: where is a model better, where worse?"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|none|cannot|without)\b|n't\b|n’t\b", re.I)
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
FEWEST_SAMPLES = 20
# The names of the parts, and for each text the index of its part among them.
Parts = tuple[list[str], NDArray[np.intp]]
Slicer = Callable[[Sequence[str]], Parts]


def by_length(texts: Sequence[str]) -> Parts:
    """Split texts into four parts of nearly equal size by their number of words."""
    counts = np.array([len(text.split()) for text in texts])
    first, second, third = np.quantile(counts, [0.25, 0.5, 0.75]).astype(int)
    names = [
        f"up to {first} words",
        f"{first + 1} to {second} words",
        f"{second + 1} to {third} words",
        f"over {third} words",
    ]
    return names, np.searchsorted([first, second, third], counts)


def by_pattern(pattern: re.Pattern[str], name: str) -> Slicer:
    """Return a function that splits texts into those without and those with the pattern."""

    def parts(texts: Sequence[str]) -> Parts:
        found = np.array([bool(pattern.search(text)) for text in texts])
        return [f"without {name}", f"with {name}"], found.astype(np.intp)

    return parts


def by_kind(kinds: NDArray[Any]) -> Parts:
    """Split samples by their kind."""
    names, indices = np.unique(kinds.astype(str), return_inverse=True)
    return [str(name) for name in names], indices


SLICERS: tuple[Slicer, ...] = (
    by_length,
    by_pattern(NEGATION, "a negation"),
    by_pattern(EMOJI, "emoji"),
)


def slice_figures(parts: Parts, y: NDArray[Any], predicted: NDArray[Any]) -> list[dict[str, Any]]:
    """Return number and accuracy of each part, without parts that are too small or the only one."""
    names, indices = parts
    figures = []
    for index, name in enumerate(names):
        inside = indices == index
        if FEWEST_SAMPLES <= inside.sum() < len(y):
            figures.append(
                {
                    "name": name,
                    "samples": int(inside.sum()),
                    "accuracy": float(np.mean(y[inside] == predicted[inside])),
                    "macro_recall": macro_recall(y[inside], predicted[inside]),
                }
            )
    return figures


def macro_recall(y: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Return the recall averaged over the classes that occur in `y`."""
    return float(np.mean([np.mean(predicted[y == label] == label) for label in np.unique(y)]))


def slice_texts(
    texts: Sequence[str], y: NDArray[Any], predicted: NDArray[Any]
) -> list[dict[str, Any]]:
    """Return the figures of every slice of held-out texts."""
    return [figure for slicer in SLICERS for figure in slice_figures(slicer(texts), y, predicted)]
