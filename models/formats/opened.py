"""What a source of a model holds, whichever format it has."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import UserError

if TYPE_CHECKING:
    import pandas as pd


class SourceError(UserError):
    """A model cannot be taken from where it was looked for."""

    code = "model_source"


@dataclass(frozen=True)
class Column:
    """A column that a model takes, as its source describes it; `kind` is "" where nothing is said.

    The kinds are number, integer, text, flag and date.
    """

    name: str
    kind: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class Artefact:
    """The file of a model: where it is, how it is read, and what is said beside it.

    `sha256` is what the file must have, "" if nothing is known of it; `made_with` the version of
    scikit-learn that the source names. `origin` is what the user named, `about` a sentence on it.
    """

    path: Path
    format: str
    origin: str
    name: str
    sha256: str = ""
    made_with: str = ""
    columns: tuple[Column, ...] = ()
    input_example: "pd.DataFrame | None" = field(default=None, compare=False)
    about: str = ""


@dataclass(frozen=True)
class Opened:
    """A fitted estimator, with the file that it came from and that file's hash and size."""

    estimator: Any
    artefact: Artefact
    sha256: str
    size_bytes: int
