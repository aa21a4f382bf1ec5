"""Models that are named on the command line or in the environment."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.errors import UserError

if TYPE_CHECKING:
    from models.own.description import Brought
    from models.registry import LoadedModel

Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        help="A model to bring along: a .skops, .joblib or .pkl file, a folder of MLflow, or hf://user/name; "
        "may be repeated.",
    ),
]
Trust = Annotated[
    bool,
    typer.Option("--trust", help="Open pickles too; whatever is in them runs on this machine."),
]
Examples = Annotated[
    list[Path] | None,
    typer.Option(
        "--examples",
        help="A CSV file with examples for the model; the second for the second, and so on.",
    ),
]
Labels = Annotated[
    list[str] | None,
    typer.Option("--label", help="The column of the examples with the true label."),
]


class TooManyExamples(UserError):
    """There are more files of examples, or labels, than models."""

    code = "too_many_examples"


def read_brought(
    sources: Sequence[str] | None,
    trust: bool,
    examples: Sequence[Path] | None,
    labels: Sequence[str] | None,
) -> "list[Brought]":
    """Return the models that options name, each with its examples."""
    from models.own.description import Brought

    sources, examples, labels = sources or [], examples or [], labels or []
    if max(len(examples), len(labels)) > len(sources):
        raise TooManyExamples(
            f"--examples and --label belong to a --model each, but {len(sources)} came; name the model first."
        )
    rows = zip_longest(sources, examples, labels)
    return [
        Brought(source, trust, file, label or "")
        for source, file, label in rows
        if source is not None
    ]


def find_model(
    name: str,
    trust: bool,
    examples: Sequence[Path] | None,
    labels: Sequence[str] | None,
) -> "LoadedModel":
    """Return the app's model of a name, or the one that a source holds; raise UserError if there is none."""
    from models.own.catalogue import load_model_named

    return load_model_named(read_brought([name], trust, examples, labels)[0])
