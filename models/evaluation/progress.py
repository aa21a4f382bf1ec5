"""Progress messages of a training."""

import typer


def tell(message: str) -> None:
    """Print a message to standard error."""
    typer.echo(message, err=True)
