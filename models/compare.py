"""Candidates side by side, on the same folds of the same data: `python -m models.compare <name>`.

Nothing here touches a test file: every figure comes from samples held out of the training data.
"""

import importlib
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.base import clone

from models.datasets import Samples
from models.errors import UnknownModel, UserError
from models.evaluate import measure
from models.registry import MODELS_FOLDER, discover_specs
from models.significance import bootstrap_interval, mcnemar
from models.slices import macro_recall
from models.train import pipeline_bytes

Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
N_TIMED = 50
OURS = "ours"


def held_out(pipeline: Any, samples: Samples, folds: Sequence[Fold]) -> dict[str, Any]:
    """Fit a clone on each fold; return predictions for what was held out, times and size.

    `rows` is None for an estimator without probabilities. Predictions are in the order of `folds`.
    """
    predicted, rows, fit_seconds = [], [], []
    for train, test in folds:
        fitted = clone(pipeline)
        start = time.perf_counter()
        fitted.fit(samples.X[train], samples.y[train])
        fit_seconds.append(time.perf_counter() - start)
        if hasattr(fitted, "predict_proba"):
            rows.append(fitted.predict_proba(samples.X[test]))
            predicted.append(fitted.classes_[rows[-1].argmax(axis=1)])
        else:
            predicted.append(fitted.predict(samples.X[test]))
    return {
        "predicted": np.concatenate(predicted),
        "rows": np.concatenate(rows) if rows else None,
        "fit_seconds": float(np.median(fit_seconds)),
        "latency_ms": latency_ms(fitted, samples.X[folds[-1][1]][:N_TIMED]),
        "size_bytes": len(pipeline_bytes(fitted)),
    }


def latency_ms(fitted: Any, X: NDArray[Any]) -> float:
    """Return the median time of a prediction for one sample."""
    ask = getattr(fitted, "predict_proba", None) or fitted.predict
    times = []
    for place in range(len(X)):
        start = time.perf_counter()
        ask(X[place : place + 1])
        times.append(time.perf_counter() - start)
    return 1000 * float(np.median(times))


def figures(name: str, outcome: dict[str, Any], y: NDArray[Any]) -> dict[str, Any]:
    """Return what the table says of a candidate; None where it gives no probabilities."""
    classes = np.unique(y)
    rows = outcome["rows"]
    one_hot = (outcome["predicted"][:, None] == classes).astype(float)
    measured = measure(classes, y, rows if rows is not None else one_hot)
    if rows is None:
        measured["metrics"] |= {"log_loss": None, "calibration_error": None}
    kept = {key: outcome[key] for key in ("fit_seconds", "latency_ms", "size_bytes")}
    interval = bootstrap_interval(y, outcome["predicted"], macro_recall)
    return {
        "name": name,
        "metrics": measured["metrics"],
        "classes": measured["classes"],
        "macro_recall_interval": interval,
        **kept,
    }


def compare(candidates: dict[str, Any], samples: Samples, folds: Sequence[Fold]) -> dict[str, Any]:
    """Return the figures of every candidate, and McNemar's test of ours against the best other one.

    Candidates whose names begin with "ours" are ours and ours with a part removed.
    """
    y = np.concatenate([samples.y[test] for _, test in folds])
    table, predictions = [], {}
    for name, pipeline in candidates.items():
        typer.echo(f"{name}…", err=True)
        outcome = held_out(pipeline, samples, folds)
        predictions[name] = outcome["predicted"]
        table.append(figures(name, outcome, y))
    others = [row for row in table if not row["name"].startswith(OURS)]
    runner_up = max(others, key=lambda row: row["metrics"]["macro_recall"])["name"]
    test = mcnemar(predictions[OURS] == y, predictions[runner_up] == y)
    return {
        "data": list(samples.sources),
        "samples_held_out": len(y),
        "folds": len(folds),
        "table": table,
        "against_runner_up": {"name": runner_up} | test,
    }


def search(name: str, grid: Any, samples: Samples) -> dict[str, Any]:
    """Fit a scikit-learn search; return its space and the outcome of each point, best first."""
    typer.echo(f"search: {name}…", err=True)
    grid.fit(samples.X, samples.y)
    results = grid.cv_results_
    order = np.argsort(results["rank_test_score"], kind="stable")
    space = getattr(grid, "param_grid", None) or grid.param_distributions
    return {
        "name": name,
        "tool": type(grid).__name__,
        "scoring": str(grid.scoring),
        "space": {key: [str(value) for value in values] for key, values in space.items()},
        "results": [
            {
                "parameters": {key: str(value) for key, value in results["params"][place].items()},
                "score": float(results["mean_test_score"][place]),
                "deviation": float(results["std_test_score"][place]),
            }
            for place in order
        ],
    }


def limited(samples: Samples, n_samples: int | None) -> Samples:
    """Return a random part of the samples, the same at each call, or all of them."""
    if not n_samples or n_samples >= len(samples.y):
        return samples
    chosen = np.sort(np.random.default_rng(0).choice(len(samples.y), n_samples, replace=False))
    return samples.take(chosen)


def run(name: str, n_samples: int | None = None, searches: bool = True) -> dict[str, Any]:
    """Return the whole comparison for the model called `name`."""
    training = importlib.import_module(f"models.{name}.training")
    rivals = importlib.import_module(f"models.{name}.candidates")
    samples = limited(training.training_samples(), n_samples)
    outcome = compare(rivals.candidates(), samples, training.folds(samples))
    found = rivals.searches(samples) if searches else {}
    outcome["searches"] = [search(title, grid, samples) for title, grid in found.items()]
    return outcome


def print_table(table: Iterable[dict[str, Any]]) -> None:
    """Print one line a candidate."""
    from rich.console import Console
    from rich.table import Table

    columns = ("accuracy", "macro_recall", "macro_f1", "log_loss", "calibration_error")
    shown = Table("Candidate", *columns, "fit s", "ms", "MB", box=None)
    for row in table:
        metrics = [row["metrics"][column] for column in columns]
        texts = ["" if value is None else f"{value:.4f}" for value in metrics]
        size = row["size_bytes"] / 1e6
        shown.add_row(
            row["name"],
            *texts,
            f"{row['fit_seconds']:.1f}",
            f"{row['latency_ms']:.2f}",
            f"{size:.1f}",
        )
    Console(width=140).print(shown)


def main(
    name: Annotated[str, typer.Argument(help="The model: tweets, reviews or iris.")],
    rows: Annotated[int | None, typer.Option(help="Use so many samples, for a quick look.")] = None,
    folder: Annotated[
        Path, typer.Option(help="Where <name>/comparison.json is written.")
    ] = MODELS_FOLDER,
) -> None:
    """Compare a model with what others would have tried, and with itself less one part."""
    specs = discover_specs()
    try:
        if name not in specs:
            raise UnknownModel(name, specs)
        outcome = run(name, rows)
    except UserError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)
    print_table(outcome["table"])
    path = folder / name / "comparison.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(outcome, indent=1, ensure_ascii=False) + "\n", "utf-8")
    typer.echo(f"Stored in {path}")


if __name__ == "__main__":
    typer.run(main)
