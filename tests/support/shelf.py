"""Small fitted models of every kind that people bring, and the files that they come in."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.discriminant_analysis import (
    LinearDiscriminantAnalysis,
    QuadraticDiscriminantAnalysis,
)
from sklearn.ensemble import (
    AdaBoostClassifier,
    BaggingClassifier,
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier

ISLANDS = ("Biscoe", "Dream", "Torgersen")
SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def penguins(n_rows: int = 180) -> pd.DataFrame:
    """Return made-up penguins: mixed types, some values missing, the species as the label."""
    random = np.random.default_rng(0)
    kind = np.arange(n_rows) % 3
    frame = pd.DataFrame(
        {
            "island": [ISLANDS[(each + (random.random() < 0.3)) % 3] for each in kind],
            "bill_length_mm": (38 + 5 * kind + random.normal(0, 1.5, n_rows)).round(1),
            "bill_depth_mm": (18 - 1.5 * kind + random.normal(0, 0.8, n_rows)).round(1),
            "body_mass_g": (3500 + 600 * kind + random.normal(0, 200, n_rows)).round(),
            "tagged": random.random(n_rows) < 0.5,
            "species": [SPECIES[each] for each in kind],
        }
    )
    frame.loc[::17, "bill_depth_mm"] = np.nan
    return frame


def penguin_pipeline(classifier: Any = None) -> Pipeline:
    """Return a pipeline of imputers, scaler and encoder, fitted on a table of penguins."""
    table = penguins()
    numbers = ["bill_length_mm", "bill_depth_mm", "body_mass_g"]
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), numbers),
            ("island", OneHotEncoder(handle_unknown="ignore"), ["island"]),
            ("tagged", "passthrough", ["tagged"]),
        ]
    )
    pipeline: Pipeline = make_pipeline(
        columns, LogisticRegression(max_iter=500) if classifier is None else classifier
    )
    return pipeline.fit(table.drop(columns="species"), table["species"])


def text_pipeline(classifier: Any = None) -> Pipeline:
    """Return a pipeline that tells praise from blame."""
    texts = [f"a {word} film" for word in ("good", "fine", "lovely", "bad", "dull", "poor")] * 5
    labels = (["praise"] * 3 + ["blame"] * 3) * 5
    pipeline: Pipeline = make_pipeline(
        TfidfVectorizer(), LogisticRegression(C=50) if classifier is None else classifier
    )
    return pipeline.fit(texts, labels)


def of_numbers(estimator: Any) -> Any:
    """Return an estimator fitted on three columns of numbers."""
    table = penguins()
    numbers = table[["bill_length_mm", "body_mass_g"]].assign(year=np.arange(len(table)) % 4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return estimator.fit(numbers, table["species"])


def of_texts(vectorizer: Any, classifier: Any) -> Any:
    texts = [f"a {word} film" for word in ("good", "fine", "bad", "dull")] * 5
    return make_pipeline(vectorizer, classifier).fit(texts, (["praise"] * 2 + ["blame"] * 2) * 5)


def mixed() -> Any:
    columns = ColumnTransformer(
        [
            ("numbers", StandardScaler(), make_column_selector(dtype_include="number")),
            ("island", OrdinalEncoder(), ["island"]),
        ]
    )
    table = penguins().dropna()
    pipeline = make_pipeline(columns, RandomForestClassifier(5, random_state=0))
    return pipeline.fit(table.drop(columns="species"), table["species"])


SHELF: dict[str, Callable[[], Any]] = {
    "logistic": lambda: of_numbers(make_pipeline(StandardScaler(), LogisticRegression())),
    "sgd": lambda: of_numbers(make_pipeline(StandardScaler(), SGDClassifier(loss="log_loss"))),
    "ridge": lambda: of_numbers(RidgeClassifier()),
    "linear svm": lambda: of_numbers(make_pipeline(StandardScaler(), LinearSVC())),
    "svm": lambda: of_numbers(SVC()),
    "tree": lambda: of_numbers(DecisionTreeClassifier()),
    "forest": lambda: of_numbers(RandomForestClassifier(5)),
    "extra trees": lambda: of_numbers(ExtraTreesClassifier(5)),
    "gradient boosting": lambda: of_numbers(GradientBoostingClassifier(n_estimators=3)),
    "histogram boosting": lambda: of_numbers(HistGradientBoostingClassifier(max_iter=3)),
    "adaboost": lambda: of_numbers(AdaBoostClassifier(n_estimators=3)),
    "bagging": lambda: of_numbers(BaggingClassifier(n_estimators=3)),
    "neighbours": lambda: of_numbers(KNeighborsClassifier()),
    "neighbours, ball tree": lambda: of_numbers(KNeighborsClassifier(algorithm="ball_tree")),
    "naive Bayes": lambda: of_numbers(GaussianNB()),
    "linear discriminant": lambda: of_numbers(LinearDiscriminantAnalysis()),
    "quadratic discriminant": lambda: of_numbers(QuadraticDiscriminantAnalysis()),
    "network": lambda: of_numbers(MLPClassifier((4,), max_iter=20)),
    "network, sgd": lambda: of_numbers(MLPClassifier((4,), max_iter=20, solver="sgd")),
    "calibrated": lambda: of_numbers(CalibratedClassifierCV(GaussianNB(), cv=2)),
    "isotonic": lambda: of_numbers(CalibratedClassifierCV(GaussianNB(), method="isotonic", cv=2)),
    "searched": lambda: of_numbers(GridSearchCV(GaussianNB(), {"var_smoothing": [1e-9, 1e-8]})),
    "voting": lambda: of_numbers(VotingClassifier([("a", GaussianNB())], voting="soft")),
    "stacking": lambda: of_numbers(StackingClassifier([("a", GaussianNB())], cv=2)),
    "columns": penguin_pipeline,
    "columns, forest": mixed,
    "tf-idf": text_pipeline,
    "tf-idf, svm": lambda: text_pipeline(LinearSVC()),
    "counts": lambda: of_texts(CountVectorizer(ngram_range=(1, 2)), MultinomialNB()),
    "hashed": lambda: of_texts(HashingVectorizer(n_features=32), LogisticRegression()),
}


def save_skops(estimator: Any, path: Path) -> Path:
    from skops.io import dump

    dump(estimator, path)
    return path


def save_joblib(estimator: Any, path: Path) -> Path:
    joblib.dump(estimator, path)
    return path


# How MLflow writes a table's schema into MLmodel.
SIGNATURE = [
    {"type": "string", "name": "island", "required": True},
    {"type": "double", "name": "bill_length_mm", "required": True},
    {"type": "double", "name": "bill_depth_mm", "required": False},
    {"type": "long", "name": "body_mass_g", "required": True},
    {"type": "boolean", "name": "tagged", "required": True},
]
MLMODEL = """artifact_path: {artifact_path}
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    model_path: {file}
    predict_fn: predict
    python_version: 3.11.7
  sklearn:
    code: null
    pickled_model: {file}
    serialization_format: {format}
    sklearn_version: {version}
    skops_trusted_types: [os.system]
mlflow_version: {mlflow}
model_uuid: 5a0dd55e0a4e4a8fbd1a1c6b8a1d4c3e
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  type: dataframe
signature:
  inputs: '{inputs}'
  outputs: '[{{"type": "string", "required": true}}]'
  params: null
utc_time_created: '2026-11-20 10:00:00.000000'
"""


def save_mlflow(
    folder: Path, *, mlflow: str = "3.18.0", version: str = "", written: str = "skops"
) -> Path:
    """Write the folder that MLflow 2 or 3 makes of a pipeline, with signature and input example."""
    from sklearn import __version__

    folder.mkdir(parents=True)
    file = "model.skops" if written == "skops" else "model.pkl"
    save = save_skops if written == "skops" else save_joblib
    save(penguin_pipeline(), folder / file)
    described = MLMODEL.format(
        artifact_path="penguins" if mlflow[0] == "2" else "models:/m-4f2a",
        file=file,
        format=written,
        version=version or __version__,
        mlflow=mlflow,
        inputs=json.dumps(SIGNATURE),
    )
    (folder / "MLmodel").write_text(described)
    example = penguins().drop(columns="species").head(3)
    (folder / "input_example.json").write_text(example.to_json(orient="split", index=False))
    return folder
