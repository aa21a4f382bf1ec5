"""Exact contributions to the margin of a linear pipeline: nothing is estimated.

The margin of a linear model is its intercept plus one term, value times weight, for each feature.
"""

from __future__ import annotations

from typing import Any, NamedTuple

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
from models.explain.plain_texts import read_any_text
from models.folded import FoldedTexts
from models.registry import LoadedModel
from models.text.reading import Floats, Ints, Reading, Row


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


def margin_weights(coefficients: Floats, toward: int, against: int) -> Floats:
    """Return the weights of columns in the margin of `toward` over `against`, shape (n_columns,).

    `coefficients` has shape (n_columns, n_margins); intercepts are those of one more column.
    """
    if coefficients.shape[1] == 1:
        # One margin stands for the second class of two.
        return coefficients[:, 0] if toward == 1 else -coefficients[:, 0]
    return coefficients[:, toward] - coefficients[:, against]


class Weighed(NamedTuple):
    """What a classifier gets for one text: columns and values, with their coefficients; and what it says."""

    columns: Ints
    values: Floats
    coefficients: Floats
    intercepts: Floats
    probabilities: Floats


def explain_text(model: LoadedModel, text: str) -> Reasons:
    """Return the probabilities of a text and what its words add, from one pass of the vectorizer."""
    pipeline: Any = model.pipeline
    reading = read_any_text(pipeline.steps[0][1], text)
    if isinstance(model.predictor, FoldedTexts):
        weighed = weigh_folded(model.predictor, reading.row)
    else:
        weighed = weigh_by_steps(pipeline, reading.row)
    toward, against = first_two(weighed.probabilities)
    added = weighed.values * margin_weights(weighed.coefficients, toward, against)
    return Reasons(
        EXACT,
        weighed.probabilities,
        toward,
        against,
        float(margin_weights(weighed.intercepts[np.newaxis], toward, against)[0]),
        contributions_of(text, reading, weighed.columns, added),
        words_of_text(reading),
    )


def weigh_folded(folded: FoldedTexts, row: Row) -> Weighed:
    columns, values = row
    margins, weights = folded.margins_of(row), folded.weights
    return Weighed(
        columns,
        values * folded.scale_of(len(columns)),
        weights.coefficients.take(columns, axis=0),
        weights.intercepts,
        weights.to_probabilities(margins[np.newaxis])[0],
    )


def weigh_by_steps(pipeline: Pipeline, row: Row) -> Weighed:
    columns, values = row
    classifier = pipeline.steps[-1][1]
    ends = np.array([0, len(columns)], np.int32)
    matrix = sp.csr_matrix((values, columns, ends), shape=(1, classifier.coef_.shape[1]))
    for _, step in pipeline.steps[1:-1]:
        matrix = sp.csr_matrix(step.transform(matrix))
    return Weighed(
        matrix.indices,
        matrix.data,
        classifier.coef_[:, matrix.indices].T.astype(np.float64),
        classifier.intercept_.astype(np.float64),
        classifier.predict_proba(matrix)[0],
    )


def words_of_text(reading: Reading) -> tuple[Word, ...]:
    flags = zip(reading.words, reading.known.tolist(), strict=True)
    return tuple([Word(start, end, known) for (start, end), known in flags])


def explain_values(
    model: LoadedModel, titles: tuple[str, ...], sample: NDArray[Any], baselines: Baselines
) -> Reasons:
    """Return the probabilities of a sample and what each value adds, against a baseline.

    `sample` has shape (n_features,); the intercept is the margin of the baseline. That is the middle
    between the two likeliest classes if their means are known: then a value that speaks for one of them is
    one that fits it better than the other. Else it is a typical sample.
    """
    pipeline: Any = model.pipeline
    rows = np.array([sample, baselines.typical, *baselines.means])
    for _, step in pipeline.steps[:-1]:
        rows = step.transform(rows)
    probabilities = model.predictor.predict_proba(sample[np.newaxis])[0]
    toward, against = first_two(probabilities)
    classifier = pipeline.steps[-1][1]
    weights = margin_weights(classifier.coef_.T.astype(np.float64), toward, against)
    intercept = margin_weights(classifier.intercept_[np.newaxis], toward, against)[0]
    start = (rows[2 + toward] + rows[2 + against]) / 2 if baselines.means else rows[1]
    added = ((rows[0] - start) * weights).tolist()
    return Reasons(
        EXACT,
        probabilities,
        toward,
        against,
        float(intercept + start @ weights),
        strongest_first(titles, added, [()] * len(titles)),
        baseline=MIDDLE if baselines.means else TYPICAL,
    )
