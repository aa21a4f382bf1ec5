"""Candidates side by side, on the same folds of the same data: `python -m models.compare <name>`.

Nothing here touches a test file: every figure comes from samples held out of the training data.
"""

import importlib
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.base import clone

from models.errors import UnknownModel, UserError
from models.evaluation.metrics import measure
from models.evaluation.progress import tell
from models.evaluation.recipe import Fold, load_recipe
from models.evaluation.significance import bootstrap_interval, mcnemar
from models.evaluation.slices import by_kind, slice_figures
from models.registry import MODELS_FOLDER, current_versions, discover_specs
from models.samples import Samples
from models.train import pipeline_bytes

N_TIMED = 100
OURS = "ours"


@dataclass(frozen=True)
class Outcome:
    """The predictions of a candidate for the held-out samples, in the order of the folds, and its cost.

    `rows` are its probabilities, or None if it gives none.
    """

    predicted: NDArray[Any]
    rows: NDArray[np.float64] | None
    fit_seconds: float
    latency_ms: float
    size_bytes: int


def run_candidate(candidate: Any, samples: Samples, folds: Sequence[Fold]) -> Outcome:
    """Fit a clone on each fold and predict the samples that it holds out.

    A candidate that learns a smaller `pipeline_` to be served is asked and measured by that.
    """
    predicted, rows, seconds = [], [], []
    for train, test in folds:
        fitted = clone(candidate)
        start = time.perf_counter()
        fitted.fit(samples.X[train], samples.y[train])
        seconds.append(time.perf_counter() - start)
        served = getattr(fitted, "pipeline_", fitted)
        if hasattr(served, "predict_proba"):
            rows.append(served.predict_proba(samples.X[test]))
        predicted.append(served.predict(samples.X[test]))
    return Outcome(
        np.concatenate(predicted),
        np.concatenate(rows) if rows else None,
        float(np.median(seconds)),
        latency_ms(served, samples.X[folds[-1][1]][:N_TIMED]),
        len(pipeline_bytes(served)),
    )


def latency_ms(served: Any, X: NDArray[Any]) -> float:
    """Return the median time of a prediction for one sample."""
    ask = getattr(served, "predict_proba", None) or served.predict
    times = []
    for index in range(len(X)):
        start = time.perf_counter()
        ask(X[index : index + 1])
        times.append(time.perf_counter() - start)
    return 1000 * float(np.median(times))


def describe_outcome(name: str, outcome: Outcome, held: Samples, metric: str) -> dict[str, Any]:
    """Return a row of the table; None where a candidate gives no probabilities."""
    classes = np.unique(held.y)
    one_hot = (outcome.predicted[:, None] == classes).astype(float)
    measured = measure(classes, held.y, one_hot if outcome.rows is None else outcome.rows)
    metrics: dict[str, float | None] = dict(measured["metrics"])
    if outcome.rows is None:
        metrics |= {"log_loss": None, "calibration_error": None}
    return {
        "name": name,
        "metrics": metrics,
        "interval": bootstrap_interval(held.y, outcome.predicted, held.groups, metric),
        "classes": measured["classes"],
        "slices": slice_figures(by_kind(held.kinds), held.y, outcome.predicted),
        "fit_seconds": round(outcome.fit_seconds, 3),
        "latency_ms": round(outcome.latency_ms, 3),
        "size_bytes": outcome.size_bytes,
    }


def compare(
    candidates: dict[str, Any], samples: Samples, folds: Sequence[Fold], metric: str
) -> dict[str, Any]:
    """Return the figures of every candidate, and McNemar's test of ours against the best other one.

    Candidates whose names begin with "ours" are ours and ours with a part removed. `metric` names
    the runner-up and is what the bootstrap intervals are of.
    """
    held = samples.take(np.concatenate([test for _, test in folds]))
    table, correct = [], {}
    for name, candidate in candidates.items():
        tell(f"  {name}…")
        outcome = run_candidate(candidate, samples, folds)
        correct[name] = outcome.predicted == held.y
        table.append(describe_outcome(name, outcome, held, metric))
    others = [row for row in table if not row["name"].startswith(OURS)]
    runner_up = max(others, key=lambda row: row["metrics"][metric])["name"]
    # A sample that several folds hold out is counted once: the test is for independent ones.
    _, once = np.unique(np.concatenate([test for _, test in folds]), return_index=True)
    test = mcnemar(correct[OURS][once], correct[runner_up][once])
    return {
        "metric": metric,
        "folds": len(folds),
        "samples_fitted": round(float(np.mean([len(train) for train, _ in folds]))),
        "samples_held_out": len(once),
        "predictions": len(held.y),
        "table": table,
        "against_runner_up": {"name": runner_up} | test,
    }


def search(name: str, grid: Any, samples: Samples) -> dict[str, Any]:
    """Fit a scikit-learn search; return its space and the outcome of each point, best first.

    Of a halving search, the points of the last round stand first: only those saw the most samples.
    """
    tell(f"  search: {name}…")
    grid.fit(samples.X, samples.y)
    results = grid.cv_results_
    used = results.get("n_resources", np.full(len(results["params"]), len(samples.y)))
    order = np.lexsort((-results["mean_test_score"], -np.asarray(used)))
    return {
        "name": name,
        "tool": type(grid).__name__,
        "scoring": str(grid.scoring),
        "folds": int(grid.n_splits_),
        "space": {key: [str(value) for value in values] for key, values in grid.param_grid.items()},
        "results": [
            {
                "parameters": {key: str(value) for key, value in results["params"][index].items()},
                "samples": int(used[index]),
                "score": float(results["mean_test_score"][index]),
                "deviation": float(results["std_test_score"][index]),
            }
            for index in order
        ],
    }


def take_random(samples: Samples, n_samples: int | None) -> Samples:
    """Return a random part of the samples, the same at each call, or all of them."""
    if not n_samples or n_samples >= len(samples.y):
        return samples
    chosen = np.random.default_rng(0).choice(len(samples.y), n_samples, replace=False)
    return samples.take(np.sort(chosen))


def run(name: str, n_samples: int | None = None) -> dict[str, Any]:
    """Return the whole comparison for the model called `name`."""
    recipe = load_recipe(name)
    rivals = importlib.import_module(f"models.{name}.candidates")
    samples = take_random(recipe.load(), n_samples)
    folds = recipe.folds(samples)[: rivals.N_FOLDS]
    outcome = {
        "method": rivals.METHOD,
        "date": datetime.now(UTC).date().isoformat(),
        "versions": current_versions(),
        "data": list(samples.sources),
        "samples": len(samples.y),
    } | compare(rivals.candidates(), samples, folds, discover_specs()[name].main_metric)
    grids = rivals.searches(samples)
    return outcome | {"searches": [search(title, grid, samples) for title, grid in grids.items()]}


def print_table(table: Iterable[dict[str, Any]]) -> None:
    """Print one line a candidate."""
    from rich.console import Console
    from rich.table import Table

    columns = ("accuracy", "macro_recall", "macro_f1", "log_loss", "calibration_error")
    shown = Table("Candidate", *columns, "fit s", "ms", "MB", box=None)
    for row in table:
        metrics = [row["metrics"][column] for column in columns]
        texts = ["" if value is None else f"{value:.4f}" for value in metrics]
        cost = (
            f"{row['fit_seconds']:.1f}",
            f"{row['latency_ms']:.2f}",
            f"{row['size_bytes'] / 1e6:.2f}",
        )
        shown.add_row(row["name"], *texts, *cost)
    Console(width=140).print(shown)


def main(
    name: Annotated[str, typer.Argument(help="The model: tweets, reviews or iris.")],
    rows: Annotated[int | None, typer.Option(help="Use so many samples, for a quick look.")] = None,
    folder: Annotated[
        Path, typer.Option(help="Where <name>/comparison.json is written.")
    ] = MODELS_FOLDER,
) -> None:
    """Compare a model with baselines, and with itself without one of its parts."""
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
    tell(f"Stored in {path}")


if __name__ == "__main__":
    typer.run(main)
