"""The command line: `python -m demo serve | predict | models`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from models.errors import InvalidRecord, UserError
from models.spec import ModelSpec, Prediction

if TYPE_CHECKING:
    from models.registry import Shelf

app = typer.Typer(
    help="Second Opinion: put scikit-learn models in front of the people who must decide about them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error that is safe to show into one line and exit code 2."""
    try:
        yield
    except UserError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="The address to listen on (default: 127.0.0.1).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65_535, help="The port to listen on (default: 7860).")
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Also open a public link through Gradio's tunnel.")
    ] = False,
) -> None:
    """Serve the page and the REST routes until Ctrl-C."""
    from demo.main import serve

    serve(host, port, share)


@app.command(context_settings={"ignore_unknown_options": True})
def predict(
    model: Annotated[str, typer.Argument(help="The name of a model; `models` lists them.")],
    values: Annotated[
        list[str], typer.Argument(help='A text ("…"), or one number for each measurement.')
    ],
    as_json: AsJson = False,
) -> None:
    """Ask a model for one answer.

    For example: `predict reviews "Not bad at all"` or `predict iris 5.1 3.5 1.4 0.2`.
    """
    with one_line_errors():
        from models.errors import UnknownModel
        from models.predict import predict_one
        from models.registry import discover_specs, load_model

        specs = discover_specs()
        if model not in specs:
            raise UnknownModel(model, specs)
        spec = specs[model]
        prediction = predict_one(load_model(spec), read_values(spec, values))
        if as_json:
            typer.echo(json.dumps(asdict(prediction), ensure_ascii=False))
        else:
            print_prediction(prediction)


def read_values(spec: ModelSpec, values: list[str]) -> dict[str, object]:
    """Return the record that the words of a command line stand for."""
    if len(values) != len(spec.features):
        names = ", ".join(feature.name for feature in spec.features)
        raise InvalidRecord(
            f"The {spec.name} model takes {len(spec.features)} value(s) ({names}), but {len(values)} came; "
            "put a text in quotes."
        )
    pairs = zip(spec.features, values, strict=True)
    return {feature.name: feature.from_text(value) for feature, value in pairs}


def print_prediction(prediction: Prediction) -> None:
    """Print the label, a table of probabilities, and what is unusual."""
    from rich.console import Console
    from rich.table import Table

    from demo.ui.answer import percent_text

    console = Console()
    console.print(f"[bold]{prediction.label}[/bold]")
    table = Table("Class", "Probability", box=None)
    table.columns[1].justify = "right"
    for label, probability in prediction.probabilities.items():
        table.add_row(label, percent_text(probability))
    console.print(table)
    for notice in prediction.notices:
        console.print(notice, markup=False)


@app.command()
def models(as_json: AsJson = False) -> None:
    """List the models, what they are worth, and whether they can be used."""
    from models.registry import discover_specs, load_shelf

    with one_line_errors():
        shelf = load_shelf(discover_specs())
    rows = [describe_model(shelf, name) for name in shelf.specs]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        print_models(rows)


def describe_model(shelf: "Shelf", name: str) -> dict[str, Any]:
    """Return what the command line tells of a model."""
    spec, model = shelf.specs[name], shelf.loaded.get(name)
    return {
        "name": name,
        "title": spec.title,
        "classes": spec.classes,
        "version": model.version if model else None,
        "metrics": model.metadata["evaluation"]["metrics"] if model else None,
        "main_metric": spec.main_metric,
        "unavailable": None if model else shelf.unavailable[name].message,
    }


def print_models(rows: list[dict[str, Any]]) -> None:
    """Print a table of the models, and why some cannot be used."""
    from rich.console import Console
    from rich.table import Table

    from models.card_figures import METRIC_TITLES, metric_text

    table = Table("Name", "Answers", "Figure", "Version", box=None)
    for row in rows:
        metric = row["main_metric"]
        figure = "unavailable"
        if row["metrics"]:
            figure = (
                f"{metric_text(metric, row['metrics'][metric])} {METRIC_TITLES[metric].lower()}"
            )
        table.add_row(row["name"], ", ".join(row["classes"]), figure, row["version"] or "")
    console = Console()
    console.print(table)
    for row in rows:
        if row["unavailable"]:
            console.print(row["unavailable"], markup=False)


if __name__ == "__main__":
    app(prog_name="python -m demo")
