"""Exact contributions to the margin of a linear pipeline: nothing is estimated.

The margin of a linear model is its intercept plus one term, value times weight, for each feature.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import OneToOneFeatureMixin
from sklearn.linear_model._base import LinearClassifierMixin
from sklearn.pipeline import Pipeline

from models.explanation import EXACT, Contribution, Reasons, Span, Word, first_two, strongest_first
from models.reading import Ints, Reading, read_text

Floats = NDArray[np.float64]
MARKUP = re.compile(r"<[^<>]*>")
SPACE = re.compile(r"\s")
# Signs that mean little of themselves: a phrase is listed without them at its edges.
QUIET = frozenset(".,;:()\"*-'…")
LONGEST_PHRASE = 3
WHOLE_TEXT = "the text as a whole"


def is_linear(pipeline: Any, first_own: int) -> bool:
    """Tell whether the pipeline's margin is a weighted sum of the columns that step `first_own` gets.

    Its last step must be a linear classifier, and the steps from `first_own` on must keep the columns
    one to one.
    """
    if not isinstance(pipeline, Pipeline):
        return False
    steps = [step for _, step in pipeline.steps]
    return (
        isinstance(steps[-1], LinearClassifierMixin)
        and isinstance(steps[-1].coef_, np.ndarray)
        and all(isinstance(step, OneToOneFeatureMixin) for step in steps[first_own:-1])
    )


def margin_weights(
    classifier: Any, columns: Ints | slice, toward: int, against: int
) -> tuple[Floats, float]:
    """Return the weights of some columns in the margin of `toward` over `against`, and the intercept."""
    weights = classifier.coef_[:, columns].astype(np.float64)
    intercepts = classifier.intercept_.astype(np.float64)
    if len(weights) == 1:
        # One row stands for the second class of two.
        sign = 1 if toward == 1 else -1
        return sign * weights[0], float(sign * intercepts[0])
    return weights[toward] - weights[against], float(intercepts[toward] - intercepts[against])


def explain_text(pipeline: Pipeline, text: str) -> Reasons:
    """Return the probabilities of a text and what its words add, from one pass of the vectorizer."""
    reading = read_text(pipeline.steps[0][1], text)
    row = reading.row
    for _, step in pipeline.steps[1:-1]:
        row = step.transform(row)
    classifier = pipeline.steps[-1][1]
    probabilities = classifier.predict_proba(row)[0]
    toward, against = first_two(probabilities)
    row = row if sp.issparse(row) and row.format == "csr" else sp.csr_matrix(row)
    weights, intercept = margin_weights(classifier, row.indices, toward, against)
    return Reasons(
        EXACT,
        probabilities,
        toward,
        against,
        intercept,
        contributions_of(text, reading, row.indices, row.data * weights),
        words_of_text(reading),
    )


def words_of_text(reading: Reading) -> tuple[Word, ...]:
    """Return the words of a reading."""
    flags = zip(reading.words, reading.known.tolist(), strict=True)
    return tuple([Word(start, end, known) for (start, end), known in flags])


def contributions_of(
    text: str, reading: Reading, columns: Ints, values: Floats
) -> tuple[Contribution, ...]:
    """Return each phrase's sum of what its features add; what has a title is listed under that.

    `columns` and `values` of shape (n_columns,) are the features present and what each adds.
    """
    places = reading.places
    order = np.argsort(columns)
    at = order[np.searchsorted(columns, places.columns, sorter=order)]
    amounts = values[at] * places.shares
    placed = np.zeros(len(columns), np.bool_)
    placed[at] = True
    named = titled_sums(reading, columns, values, placed)
    # What has a title must not be listed under its words as well.
    amounts[np.isin(columns, list(reading.titles))[at]] = 0
    return strongest_first([*phrase_sums(text, reading, amounts), *named])


def phrase_sums(text: str, reading: Reading, amounts: Floats) -> list[Contribution]:
    """Return the sum of the places' amounts, of shape (n_places,), for each different phrase."""
    words, size = reading.words, len(reading.words)
    firsts, lasts = trimmed(text, reading)
    low = lowered(text)
    unique, inverse = np.unique(firsts * size + lasts, return_inverse=True)
    values = np.bincount(inverse, amounts, len(unique)).tolist()
    pairs = [divmod(key, size) for key in unique.tolist()]
    places = [(words[first][0], words[last][1]) for first, last in pairs]
    names = [low[start:end] for start, end in places]
    if "  " in low or "<" in low:
        names = [phrase_name(name) for name in names]
    if not reading.known.all():
        for at, (first, last) in enumerate(pairs):
            if first == last and not reading.known[first]:
                names[at] = f"letters of {names[at]}"
    sums: dict[str, float] = defaultdict(float)
    spans: dict[str, tuple[Span, ...]] = defaultdict(tuple)
    for name, value, place in zip(names, values, places, strict=True):
        sums[name] += value
        spans[name] += (place,)
    return list(map(Contribution, sums, sums.values(), spans.values()))


def trimmed(text: str, reading: Reading) -> tuple[Ints, Ints]:
    """Return the first and last words of all places, without commas, dots and the like at the edges.

    So what "superb" and "superb." add is listed once.
    """
    firsts, lasts = reading.places.firsts, reading.places.lasts
    quiet = np.array([text[start:end] in QUIET for start, end in reading.words], np.bool_)
    for _ in range(LONGEST_PHRASE - 1):
        firsts = firsts + (quiet[firsts] & (firsts < lasts))
        lasts = lasts - (quiet[lasts] & (firsts < lasts))
    return firsts, lasts


def phrase_name(piece: str) -> str:
    """Return a piece of a text as it is listed: lower case, single spaces, no markup."""
    return " ".join(MARKUP.sub(" ", piece).lower().split()) or piece.strip()


def lowered(text: str) -> str:
    """Return a text of the same length, in lower case where that is possible, with plain spaces."""
    low = text.lower()
    # A few capitals (such as U+0130) become two characters.
    return SPACE.sub(" ", low if len(low) == len(text) else text)


def titled_sums(
    reading: Reading, columns: Ints, values: Floats, placed: NDArray[np.bool_]
) -> list[Contribution]:
    """Return the sums of the features that have a title, or no place, with the spans of their words."""
    places, words = reading.places, reading.words
    loose = set(columns[~placed].tolist()) | reading.titles.keys()
    sums: dict[str, float] = defaultdict(float)
    spans: dict[str, set[Span]] = defaultdict(set)
    for column in sorted(loose):
        title = reading.titles.get(column, WHOLE_TEXT)
        sums[title] += float(values[columns == column].sum())
        for place in np.flatnonzero(places.columns == column).tolist():
            spans[title].add((words[places.firsts[place]][0], words[places.lasts[place]][1]))
    return [
        Contribution(title, value, tuple(sorted(spans[title]))) for title, value in sums.items()
    ]


def explain_numbers(
    pipeline: Pipeline, titles: tuple[str, ...], sample: Floats, typical: Floats
) -> Reasons:
    """Return the probabilities of a sample and what each number adds, against a typical sample.

    `sample` and `typical` have shape (n_features,); the intercept is the margin of the typical one.
    """
    rows = np.array([sample, typical])
    for _, step in pipeline.steps[:-1]:
        rows = step.transform(rows)
    classifier = pipeline.steps[-1][1]
    probabilities = classifier.predict_proba(rows[:1])[0]
    toward, against = first_two(probabilities)
    weights, intercept = margin_weights(classifier, slice(None), toward, against)
    added = ((rows[0] - rows[1]) * weights).tolist()
    contributions = [Contribution(title, value) for title, value in zip(titles, added, strict=True)]
    return Reasons(
        EXACT,
        probabilities,
        toward,
        against,
        intercept + float(rows[1] @ weights),
        strongest_first(contributions),
    )
