"""What the command line prints: tables for people."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from demo.render.words import percent_text
from models.errors import UserError
from models.explain.explanation import Explanation, ValueFlips, WordFlip, no_flip_sentence
from models.field import short_text
from models.spec import Prediction
from models.training.card_figures import METRIC_TITLES, metric_text

N_SHOWN = 10


def print_prediction(prediction: Prediction) -> None:
    """Print the label, a table of probabilities, and what is unusual."""
    console = Console()
    console.print(Text(prediction.label, "bold"))
    table = Table("Class", "Probability", box=None)
    table.columns[1].justify = "right"
    for label, probability in prediction.probabilities.items():
        table.add_row(Text(label), percent_text(probability))
    console.print(table)
    for notice in prediction.notices:
        console.print(notice, markup=False)


def print_explanation(explanation: Explanation) -> None:
    """Print what speaks for and against the label, and what would change it."""
    console = Console()
    toward = escape(f"for {explanation.toward} over {explanation.against}")
    table = Table("Why", toward, box=None)
    table.columns[1].justify = "right"
    table.add_row("starting point", f"{explanation.intercept:+.2f}")
    for item in explanation.contributions[:N_SHOWN]:
        table.add_row(Text(item.feature), f"{item.value:+.2f}")
    table.add_row("together, in log-odds", f"{explanation.margin:+.2f}")
    console.print(table)
    for line in (*what_if(explanation), *explanation.notices):
        console.print(line, markup=False)


def what_if(explanation: Explanation) -> list[str]:
    """Return what would change the label, a line each."""
    flip = explanation.flip
    if isinstance(flip, WordFlip):
        words = ", ".join(f"“{word}”" for word in flip.words)
        return [f"Without {words}: {flip.label} ({percent_text(flip.probability)})."]
    if isinstance(flip, ValueFlips):
        return [
            f"{name} {short_text(change.value)} instead: {change.label}."
            if change
            else f"{name}: no other value turns it."
            for name, change in flip.changes.items()
        ]
    return [no_flip_sentence(explanation)]


def print_models(rows: list[dict[str, Any]]) -> None:
    """Print a table of the models, and why some cannot be used."""
    table = Table("Name", "Answers", "Figure", "Version", box=None)
    for row in rows:
        metric = row["main_metric"]
        figure = "unavailable" if row["unavailable"] else "not measured"
        if row["metrics"]:
            figure = (
                f"{metric_text(metric, row['metrics'][metric])} {METRIC_TITLES[metric].lower()}"
            )
        answers = Text(", ".join(row["classes"]))
        table.add_row(row["name"], answers, figure, row["version"] or "")
    console = Console()
    console.print(table)
    for row in rows:
        if row["unavailable"]:
            console.print(row["unavailable"], markup=False)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error that is safe to show into one line and exit code 2."""
    try:
        yield
    except UserError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)
