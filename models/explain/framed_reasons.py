"""Why, for a pipeline that takes a table: exactly where each input has its own part, else by occlusion."""

from dataclasses import replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model._base import LinearClassifierMixin
from sklearn.pipeline import Pipeline

from models.explain.contributions import margin_weights
from models.explain.explanation import (
    AVERAGE,
    EXACT,
    MIDDLE,
    PATHS,
    TYPICAL,
    Baselines,
    Reasons,
    first_two,
    strongest_first,
)
from models.explain.occlusion import occlude_values
from models.explain.ownership import Owners, column_owners
from models.explain.tree_paths import explain_paths, follows_paths
from models.framed import FramedPipeline

Floats = NDArray[np.float64]


def explain_framed(
    pipeline: FramedPipeline, titles: tuple[str, ...], sample: NDArray[Any], baselines: Baselines
) -> Reasons:
    """Return the probabilities of a sample, of shape (n_features,), and what each value adds."""
    steps, classifier = split_steps(pipeline.estimator)
    is_linear = isinstance(classifier, LinearClassifierMixin) and is_dense(classifier)
    owners = None
    if is_linear or follows_paths(classifier):
        owners = column_owners(steps, len(titles))
    if owners is None or len(owners) != classifier.n_features_in_:
        return occlude_values(pipeline, titles, sample, baselines)
    if is_linear:
        return explain_linear(pipeline, titles, sample, baselines, owners)
    row = to_columns(steps, pipeline.to_table(sample[np.newaxis]))[0]
    probabilities = ask(classifier, row)
    toward, against = first_two(probabilities)
    paths = explain_paths(classifier, row, probabilities, toward, against)
    added = np.bincount(owners, paths.added, len(titles)).tolist()
    contributions = strongest_first(titles, added, [()] * len(titles))
    return Reasons(
        PATHS, probabilities, toward, against, paths.start, contributions, baseline=AVERAGE
    )


def split_steps(estimator: Any) -> tuple[list[Any], Any]:
    """Return the steps before the classifier, and the classifier."""
    if not isinstance(estimator, Pipeline):
        return [], estimator
    inner, classifier = split_steps(estimator.steps[-1][1])
    return [step for _, step in estimator.steps[:-1]] + inner, classifier


def is_dense(classifier: Any) -> bool:
    return isinstance(classifier.coef_, np.ndarray)


def to_columns(steps: list[Any], table: Any) -> Floats:
    """Return what the classifier gets for a table of few rows, shape (n_rows, n_columns)."""
    for step in steps:
        if step is not None and not isinstance(step, str):
            table = step.transform(table)
    return np.asarray(table.toarray() if sp.issparse(table) else table, np.float64)


def ask(classifier: Any, row: Floats) -> Floats:
    """Return the probabilities of one row of columns."""
    names = getattr(classifier, "feature_names_in_", None)
    rows: Any = row[np.newaxis]
    if names is not None:
        import pandas as pd

        rows = pd.DataFrame(rows, columns=names)
    return np.asarray(classifier.predict_proba(rows)[0], np.float64)


def explain_linear(
    pipeline: FramedPipeline,
    titles: tuple[str, ...],
    sample: NDArray[Any],
    baselines: Baselines,
    owners: Owners,
) -> Reasons:
    """Return what each value adds to the margin of a linear classifier, from one pass through the steps."""
    steps, classifier = split_steps(pipeline.estimator)
    table = pipeline.to_table(np.array([sample, baselines.typical, *baselines.means], sample.dtype))
    rows = to_columns(steps, table)
    probabilities = ask(classifier, rows[0])
    toward, against = first_two(probabilities)
    weights = margin_weights(classifier.coef_.T.astype(np.float64), toward, against)
    constant = np.atleast_1d(classifier.intercept_).astype(np.float64)[np.newaxis]
    if constant.shape[1] != classifier.coef_.shape[0]:
        constant = np.repeat(constant, classifier.coef_.shape[0], axis=1)
    intercept = margin_weights(constant, toward, against)[0]
    start = (rows[2 + toward] + rows[2 + against]) / 2 if baselines.means else rows[1]
    added = np.bincount(owners, (rows[0] - start) * weights, len(titles)).tolist()
    return replace(
        Reasons(
            EXACT,
            probabilities,
            toward,
            against,
            float(intercept + start @ weights),
            strongest_first(titles, added, [()] * len(titles)),
        ),
        baseline=MIDDLE if baselines.means else TYPICAL,
    )
