"""Where a model is looked for: a file, a folder of MLflow, or a repository of the Hub."""

from pathlib import Path

from models.errors import shown
from models.formats.hub import SCHEME, describe_hub
from models.formats.mlflow_folder import describe_mlflow, find_mlflow
from models.formats.opened import Artefact, SourceError
from models.formats.reading import FORMATS

TAKEN = "a .skops, .joblib or .pkl file, a folder of MLflow with a file MLmodel, or hf://user/name"


def describe_source(source: str) -> Artefact:
    """Return the artefact that a source names; nothing of it is loaded. Raises SourceError."""
    if source.startswith(SCHEME):
        return describe_hub(source)
    try:
        path = Path(source).expanduser()
        exists, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError, RuntimeError):
        exists = is_folder = False
    if not exists:
        raise SourceError(f"There is no file or folder {shown(source, 120)}; name {TAKEN}.")
    if is_folder:
        folder = find_mlflow(path)
        if folder is None:
            raise SourceError(f"{source} has no file MLmodel; name {TAKEN}.")
        return describe_mlflow(folder, source)
    if path.name == "MLmodel":
        return describe_mlflow(path.parent, source)
    if path.suffix.lower() not in FORMATS:
        raise SourceError(f"{path.name} is of no kind that is taken; name {TAKEN}.")
    return Artefact(path, FORMATS[path.suffix.lower()], source, path.stem)
