"""Exact contributions to the margin of a linear pipeline: nothing is estimated.

The margin of a linear model is its intercept plus one term, value times weight, for each feature.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import OneToOneFeatureMixin
from sklearn.linear_model._base import LinearClassifierMixin
from sklearn.pipeline import Pipeline

from models.explain.explanation import (
    EXACT,
    MIDDLE,
    TYPICAL,
    Baselines,
    Reasons,
    Word,
    first_two,
    strongest_first,
)
from models.explain.phrases import contributions_of
from models.text.reading import Floats, Ints, Reading, read_text


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
    flags = zip(reading.words, reading.known.tolist(), strict=True)
    return tuple([Word(start, end, known) for (start, end), known in flags])


def explain_values(
    pipeline: Pipeline, titles: tuple[str, ...], sample: NDArray[Any], baselines: Baselines
) -> Reasons:
    """Return the probabilities of a sample and what each value adds, against a baseline.

    `sample` has shape (n_features,); the intercept is the margin of the baseline. That is the middle
    between the two likeliest classes if their means are known: then a value that speaks for one of them is
    one that fits it better than the other. Else it is a typical sample.
    """
    rows = np.array([sample, baselines.typical, *baselines.means])
    for _, step in pipeline.steps[:-1]:
        rows = step.transform(rows)
    classifier = pipeline.steps[-1][1]
    probabilities = classifier.predict_proba(rows[:1])[0]
    toward, against = first_two(probabilities)
    weights, intercept = margin_weights(classifier, slice(None), toward, against)
    start = (rows[2 + toward] + rows[2 + against]) / 2 if baselines.means else rows[1]
    added = ((rows[0] - start) * weights).tolist()
    return Reasons(
        EXACT,
        probabilities,
        toward,
        against,
        intercept + float(start @ weights),
        strongest_first(titles, added, [()] * len(titles)),
        baseline=MIDDLE if baselines.means else TYPICAL,
    )
