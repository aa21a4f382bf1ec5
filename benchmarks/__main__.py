"""The command line: `python -m benchmarks [prediction] [explanation] [own] [rest] [reviews] [browser] [page] [start]`."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import browser, explanation, first_page, own, prediction, rest, reviews, start
from benchmarks.table import Row, Skipped, show


class Name(StrEnum):
    """The benchmarks, in the order in which they run."""

    PREDICTION = "prediction"
    EXPLANATION = "explanation"
    OWN = "own"
    REST = "rest"
    REVIEWS = "reviews"
    BROWSER = "browser"
    PAGE = "page"
    START = "start"


BENCHMARKS: dict[Name, Callable[[], list[Row]]] = {
    Name.PREDICTION: prediction.measure,
    Name.EXPLANATION: explanation.measure,
    Name.OWN: own.measure,
    Name.REST: rest.measure,
    Name.REVIEWS: reviews.measure,
    Name.BROWSER: browser.measure,
    Name.PAGE: first_page.measure,
    Name.START: start.measure,
}


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    names: Annotated[
        list[Name] | None, typer.Argument(help="The benchmarks to run.", show_default="all")
    ] = None,
) -> None:
    """Measure how fast the app is, each figure beside its baseline in the same run, and print a table."""
    rows: list[Row] = []
    skipped: list[str] = []
    for name in names or list(BENCHMARKS):
        with Console(stderr=True).status(f"Measuring: {name}"):
            try:
                rows += BENCHMARKS[name]()
            except Skipped as reason:
                skipped.append(str(reason))
    show(rows, skipped)


if __name__ == "__main__":
    app(prog_name="python -m benchmarks")
