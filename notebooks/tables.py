"""The tables of both notebooks: what `models` measured, in a form for reading."""

import io
import warnings
from collections.abc import Mapping
from contextlib import AbstractContextManager, redirect_stderr
from typing import Any

import pandas as pd
from IPython import display as ipython

TITLES = {
    "accuracy": "Accuracy",
    "macro_recall": "Macro recall",
    "macro_f1": "Macro F1",
    "log_loss": "Log loss",
    "calibration_error": "Calibration error",
}
# Jupyter's widgets would only draw a progress bar.
warnings.filterwarnings("ignore", message="IProgress not found")
pd.set_option("display.max_colwidth", None)


def show(*things: object) -> None:
    """Show tables, or texts in Markdown, under the cell."""
    for thing in things:
        content: Any = ipython.Markdown(thing) if isinstance(thing, str) else thing  # type: ignore[no-untyped-call]
        ipython.display(content)  # type: ignore[no-untyped-call]


def percent(value: float | None) -> str:
    """Return a share as a percentage, or nothing for None."""
    return "" if value is None else f"{100 * value:.1f} %"


def number(value: float) -> str:
    """Return a quantity of seconds, milliseconds or megabytes with the digits that tell something."""
    if value >= 10:
        return f"{value:.0f}"
    if value >= 1:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.005 else "< 0.01"


def missing(what: str) -> None:
    """Say that the metadata has no such figures yet."""
    show(f"*The metadata holds no {what} yet: run `make train`, then this cell again.*")


def prose(table: pd.DataFrame) -> Any:
    """Return a table of texts: to the left, where reading begins."""
    left = {"text-align": "left", "white-space": "normal"}
    return table.style.set_properties(**left).set_table_styles(  # type: ignore[arg-type]
        [{"selector": "th", "props": [("text-align", "left")]}]
    )


def quietly() -> AbstractContextManager[Any]:
    """Keep what a comparison says of its progress off the page."""
    return redirect_stderr(io.StringIO())


def metric_table(metrics: Mapping[str, float]) -> pd.DataFrame:
    """Return the metrics of one model as a row."""
    texts = {
        title: f"{metrics[name]:.3f}" if name == "log_loss" else percent(metrics[name])
        for name, title in TITLES.items()
    }
    return pd.DataFrame(texts, index=["Reached"])


def comparison_table(stored: dict[str, Any]) -> pd.DataFrame:
    """Return the rows of a stored comparison, best first."""
    rows = sorted(stored["table"], key=lambda row: -row["metrics"][stored["metric"]])
    table = pd.DataFrame(
        {
            "Candidate": row["name"],
            **{
                title: percent(row["metrics"][name])
                for name, title in TITLES.items()
                if name != "log_loss"
            },
            "Log loss": "" if (loss := row["metrics"]["log_loss"]) is None else f"{loss:.3f}",
            "Fit, s": number(row["fit_seconds"]),
            "One sample, ms": number(row["latency_ms"]),
            "Size, MB": number(row["size_bytes"] / 1e6),
        }
        for row in rows
    )
    return table.set_index("Candidate")


def class_table(classes: dict[str, Any]) -> pd.DataFrame:
    """Return precision, recall and F1 of each class."""
    return pd.DataFrame(
        {
            name: {
                **{title.title(): percent(row[title]) for title in ("precision", "recall", "f1")},
                "Samples": f"{row['samples']:,}",
            }
            for name, row in classes.items()
        }
    ).T


def search_table(search: dict[str, Any], n_points: int = 5) -> pd.DataFrame:
    """Return the best points of a stored search."""
    return pd.DataFrame(
        {
            **{name.split("__")[-1]: value for name, value in point["parameters"].items()},
            "Samples": f"{point['samples']:,}",
            "Score": f"{point['score']:.4f}",
            "± over folds": f"{point['deviation']:.4f}",
        }
        for point in search["results"][:n_points]
    ).rename(lambda index: index + 1)


def against_runner_up(stored: dict[str, Any]) -> str:
    """Return McNemar's test of a stored comparison in a sentence."""
    test = stored["against_runner_up"]
    p_value = "less than 0.001" if test["p_value"] < 0.001 else f"{test['p_value']:.3f}"
    return (
        f"Of {stored['samples_held_out']:,} held-out samples, ours alone is right on "
        f"**{test['better']:,}**, the runner-up ({test['name']}) alone on **{test['worse']:,}**; were "
        f"both equally good, so uneven a split would have a probability of {p_value} (McNemar's test)."
    )
