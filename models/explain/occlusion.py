"""What each part adds to a prediction by leaving it out: for pipelines that are not linear.

After Zeiler and Fergus (2014): an approximation, since parts that work together are left out one by one.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.explain.explanation import (
    OCCLUSION,
    TYPICAL,
    Baselines,
    Reasons,
    Span,
    Word,
    first_two,
    strongest_first,
)
from models.explain.phrases import phrase_name
from models.text.reading import cut_words
from models.text.removal import remove_spans

Floats = NDArray[np.float64]
# A tree's bare 0 or 1 says no more than one in a thousand: its log-odds must stay finite.
LEAST_PROBABILITY = 1e-3
# A longer text is left out in longer pieces, so that the number of texts to score stays bounded.
MAX_PIECES = 200


def margins(rows: Floats, toward: int, against: int) -> Floats:
    """Return the log-odds of `toward` over `against`, of shape (n_rows,)."""
    logs = np.log(np.maximum(rows, LEAST_PROBABILITY))
    return np.asarray(logs[:, toward] - logs[:, against])


def cut_pieces(text: str) -> list[Span]:
    """Return the words of a text, or runs of words when there are too many, as (start, end)."""
    words = [span for span in cut_words(text) if any(map(str.isalnum, text[slice(*span)]))]
    size = max(1, math.ceil(len(words) / MAX_PIECES))
    runs = [words[first : first + size] for first in range(0, len(words), size)]
    return [(run[0][0], run[-1][1]) for run in runs]


def occlude_text(pipeline: Any, text: str) -> Reasons:
    """Return the probabilities of a text and what each word adds, in one call of the pipeline."""
    pieces = cut_pieces(text)
    rows = pipeline.predict_proba([text, *(remove_spans(text, [piece]) for piece in pieces)])
    names = [phrase_name(text[start:end]) for start, end in pieces]
    spans = [((start, end),) for start, end in pieces]
    words = tuple(Word(start, end, known=True) for start, end in cut_words(text))
    return reasons(rows, names, spans, words)


def occlude_values(
    pipeline: Any, titles: tuple[str, ...], sample: NDArray[Any], baselines: Baselines
) -> Reasons:
    """Return the probabilities of a sample and what each value adds, set to the typical one by one."""
    changed = np.where(np.eye(len(sample), dtype=bool), baselines.typical, sample)
    rows = pipeline.predict_proba(np.vstack([sample, changed]))
    return replace(reasons(rows, titles, [()] * len(titles)), baseline=TYPICAL)


def reasons(
    rows: Floats, names: list[str] | tuple[str, ...], spans: list[Any], words: tuple[Word, ...] = ()
) -> Reasons:
    """Return what rows of probabilities say: the first of all there is, the others of one part less.

    The intercept is what the parts leave over, so that the sum comes out.
    """
    toward, against = first_two(rows[0])
    left = margins(rows, toward, against)
    added = (left[0] - left[1:]).tolist()
    return Reasons(
        OCCLUSION,
        rows[0],
        toward,
        against,
        float(left[0]) - sum(added),
        strongest_first(names, added, spans),
        words,
    )
