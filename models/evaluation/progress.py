"""How far a training has come, for whoever waits for it."""

import typer


def tell(message: str) -> None:
    """Say it beside the results, on the error stream."""
    typer.echo(message, err=True)
