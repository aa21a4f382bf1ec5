"""What explaining an answer of a model that was brought along costs, beside its own prediction."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import cores
from benchmarks.prediction import against_bare
from benchmarks.table import Row, at_most, at_most_times
from models.explain.answers import predict_explained
from models.formats.opened import Artefact, Opened
from models.own.description import Brought
from models.own.loading import OwnModel, load_opened

N_FEATURES, N_TREES, N_SAMPLES = 30, 200, 600
LINEAR_LIMIT, FOREST_LIMIT_MS, FLIPS_LIMIT_MS = 2, 100, 300
ROUNDS = 60


def measure() -> list[Row]:
    """Return rows for a linear pipeline behind its columns, and for a forest."""
    linear, forest = build_linear(), build_forest()
    with cores.pinned(cores.MEASURED):
        return [
            at_most_times(explained("linear", linear), LINEAR_LIMIT),
            at_most(explained(f"forest of {N_TREES} trees", forest), FOREST_LIMIT_MS),
            at_most(explained("the same", forest, with_flip=True), FLIPS_LIMIT_MS),
        ]


def explained(title: str, model: OwnModel, *, with_flip: bool = False) -> Any:
    record = model.spec.examples[0].record
    more = ", with what would turn it" if with_flip else ""
    return against_bare(
        f"explained, {title}, {N_FEATURES} features{more}",
        model,
        record,
        lambda: predict_explained(model, record, with_flip=with_flip),
        ROUNDS,
    )


def samples() -> tuple[pd.DataFrame, Any]:
    X = np.random.default_rng(0).normal(size=(N_SAMPLES, N_FEATURES))
    table = pd.DataFrame(X, columns=[f"measure {n}" for n in range(N_FEATURES)])
    return table, np.where(X[:, 0] + X[:, 1] ** 2 > 1, "high", "low")


def build_linear() -> OwnModel:
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table, y = samples()
    columns = make_column_transformer((StandardScaler(), list(table.columns)))
    return show(make_pipeline(columns, LogisticRegression()).fit(table, y))


def build_forest() -> OwnModel:
    from sklearn.ensemble import RandomForestClassifier

    return show(RandomForestClassifier(N_TREES, random_state=0).fit(*samples()))


def show(estimator: Any) -> OwnModel:
    artefact = Artefact(Path("model.skops"), "skops", "the benchmark", "model")
    return load_opened(Brought("the benchmark"), Opened(estimator, artefact, "ab" * 32, 0), [])
