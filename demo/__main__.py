"""The command line: `python -m demo serve | predict | add | models | sessions`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demo.cli import sessions as session_commands
from demo.cli.brought import Examples, Labels, Sources, Trust, read_brought
from demo.cli.models import one_line_errors
from models.errors import InvalidRecord
from models.spec import ModelSpec

if TYPE_CHECKING:
    from models.registry import ModelCatalogue

app = typer.Typer(
    help="Second Opinion: put scikit-learn models in front of the people who must decide about them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(session_commands.app, name="sessions")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


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
    browser: Annotated[
        bool | None,
        typer.Option(help="Open the page in a browser (default: on a desktop only)."),
    ] = None,
    model: Sources = None,
    trust: Trust = False,
    examples: Examples = None,
    label: Labels = None,
    only: Annotated[
        bool, typer.Option("--only", help="Show the models that are named, and no others.")
    ] = False,
) -> None:
    """Serve the page and the REST routes until Ctrl-C.

    For example: `serve --model churn.skops --examples customers.csv --label churned`.
    """
    from demo.server import serve

    with one_line_errors():
        brought = read_brought(model, trust, examples, label)
    serve(host, port, share, browser, brought, only)


@app.command(context_settings={"ignore_unknown_options": True})
def predict(
    model: Annotated[
        str, typer.Argument(help="The name of a model, or its source; `models` lists them.")
    ],
    values: Annotated[
        list[str], typer.Argument(help='A text ("…"), or one number for each measurement.')
    ],
    as_json: AsJson = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also say why, and what would change it.")
    ] = False,
    trust: Trust = False,
    examples: Examples = None,
    label: Labels = None,
) -> None:
    """Ask a model for one answer; a model of your own by its file, folder or Hub repository.

    For example: `predict reviews "Not bad at all"` or `predict iris 5.1 3.5 1.4 0.2`.
    """
    with one_line_errors():
        from demo.cli.brought import find_model
        from models.explain.answers import predict_explained

        found = find_model(model, trust, examples, label)
        answer = predict_explained(found, read_values(found.spec, values), with_flip=explain)
        if as_json:
            more = {"explanation": answer.explanation.describe()} if explain else {}
            typer.echo(json.dumps(asdict(answer.prediction) | more, ensure_ascii=False))
            return
        from demo.cli.models import print_explanation, print_prediction

        print_prediction(answer.prediction)
        if explain:
            print_explanation(answer.explanation)


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


@app.command()
def add(
    source: Annotated[
        str,
        typer.Argument(
            help="A .skops, .joblib or .pkl file, a folder of MLflow, or hf://user/name."
        ),
    ],
    name: Annotated[str, typer.Option(help="The name of its folder.")] = "",
    title: Annotated[str, typer.Option(help="What people know it by.")] = "",
    trust: Trust = False,
    examples: Examples = None,
    label: Labels = None,
) -> None:
    """Take a model of your own into models/NAME, with a model.yaml to be edited."""
    with one_line_errors():
        from models.own.adding import add_model

        brought = read_brought([source], trust, examples, label)[0]
        model, folder = add_model(brought, name, title)
    typer.echo(
        f"{model.spec.title} is in {folder}; edit {folder / 'model.yaml'} to change what is shown."
    )
    if brought.examples:
        typer.echo("The examples are in it too: whoever gets the folder can read them.")


@app.command()
def models(as_json: AsJson = False) -> None:
    """List the models, what they are worth, and whether they can be used."""
    from models.own.catalogue import load_models

    with one_line_errors():
        catalogue = load_models()
    rows = [describe_model(catalogue, name) for name in catalogue.specs]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        from demo.cli.models import print_models

        print_models(rows)


def describe_model(catalogue: "ModelCatalogue", name: str) -> dict[str, Any]:
    """Return what the command line tells of a model."""
    spec, model = catalogue.specs[name], catalogue.loaded.get(name)
    return {
        "name": name,
        "title": spec.title,
        "classes": spec.classes,
        "version": model.version if model else None,
        "metrics": model.metadata["evaluation"]["metrics"] if model else None,
        "main_metric": spec.main_metric,
        "unavailable": None if model else catalogue.unavailable[name].message,
    }


if __name__ == "__main__":
    app(prog_name="python -m demo")
