"""How the command line says what went wrong."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from models.errors import UserError


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error that is safe to show into one line and exit code 2."""
    try:
        yield
    except UserError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)
