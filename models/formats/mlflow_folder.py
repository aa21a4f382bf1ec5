"""A folder that MLflow made: the file MLmodel says what is in it; MLflow itself is not needed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.formats.opened import Artefact, Column, SourceError
from models.formats.reading import FORMATS, PICKLE, SKOPS

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTION = "MLmodel"
# Where runs and registered models keep their folder of a model.
USUAL_PLACES = ("", "artifacts", "model", "artifacts/model")
# MLflow's types of columns, and the kinds that they stand for.
KINDS = {
    "double": "number",
    "float": "number",
    "integer": "integer",
    "long": "integer",
    "string": "text",
    "boolean": "flag",
    "datetime": "date",
}
LARGEST_DESCRIPTION = 10_000_000


def find_mlflow(folder: Path) -> Path | None:
    """Return the folder with the file MLmodel, here or where MLflow puts it below a run; else None."""
    places = (folder / place for place in USUAL_PLACES)
    return next((place for place in places if (place / DESCRIPTION).is_file()), None)


def describe_mlflow(folder: Path, origin: str) -> Artefact:
    """Return the artefact of a model folder; raise SourceError if it holds no scikit-learn model.

    The types that the folder would have trusted are not read: a folder must not vouch for itself.
    """
    described = read_yaml(folder / DESCRIPTION)
    flavour = find_flavour(described, origin)
    relative = str(flavour.get("pickled_model") or flavour.get("data") or "model.pkl")
    path = (folder / relative).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SourceError(f"{origin}: MLmodel names a file outside of its folder; make it anew.")
    written = str(flavour.get("serialization_format", ""))
    return Artefact(
        path=path,
        format=SKOPS if written == SKOPS else FORMATS.get(path.suffix, PICKLE),
        origin=origin,
        name=name_of(described, folder),
        made_with=str(flavour.get("sklearn_version", "")),
        columns=read_signature(described.get("signature")),
        input_example=read_example(folder, described.get("saved_input_example_info")),
        about="A model folder of MLflow.",
    )


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the content of a small YAML file of plain values."""
    import yaml

    try:
        if path.stat().st_size > LARGEST_DESCRIPTION:
            raise ValueError("it is too large")
        content = yaml.safe_load(path.read_text("utf-8"))
        if not isinstance(content, dict):
            raise ValueError("it holds no names with values")
    except (OSError, ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())[:120]
        raise SourceError(f"{path} cannot be read ({reason}); write it again.") from error
    return content


def find_flavour(described: Mapping[str, Any], origin: str) -> Mapping[str, Any]:
    """Return what MLmodel says of the scikit-learn model; raise SourceError if it is of another kind."""
    flavours = described.get("flavors")
    flavours = flavours if isinstance(flavours, dict) else {}
    for name in ("sklearn", "skops"):
        if isinstance(flavours.get(name), dict):
            return dict(flavours[name])
    found = ", ".join(sorted(map(str, flavours)))[:80] or "none"
    raise SourceError(
        f"{origin} holds no scikit-learn model (its flavours: {found}); name a folder with the flavour "
        "sklearn."
    )


def name_of(described: Mapping[str, Any], folder: Path) -> str:
    """Return what the model is called: the path it was logged under, else the folder."""
    logged = str(described.get("artifact_path") or "").rstrip("/").rpartition("/")[2]
    if logged and not logged.startswith(("models:", "m-")):
        return logged
    return folder.name if folder.name != "artifacts" else folder.parent.name


def read_signature(signature: Any) -> tuple[Column, ...]:
    """Return the columns of a signature, nothing for one that is missing or of tensors."""
    inputs = signature.get("inputs") if isinstance(signature, dict) else None
    try:
        listed = json.loads(inputs) if isinstance(inputs, str) else inputs
    except ValueError:
        return ()
    if not isinstance(listed, list):
        return ()
    columns = [
        Column(str(each["name"]), KINDS.get(str(each.get("type")), ""), each.get("required", True))
        for each in listed
        if isinstance(each, dict) and "name" in each
    ]
    return tuple(columns) if len(columns) == len(listed) else ()


def read_example(folder: Path, info: Any) -> "pd.DataFrame | None":
    """Return the input example as a table, None if there is none or it is of another kind."""
    if not isinstance(info, dict) or info.get("type") not in ("dataframe", "json_object"):
        return None
    import pandas as pd

    path = (folder / str(info.get("artifact_path", ""))).resolve()
    try:
        if not path.is_relative_to(folder.resolve()) or path.stat().st_size > LARGEST_DESCRIPTION:
            return None
        content = json.loads(path.read_text("utf-8"))
        return pd.DataFrame(content["data"], columns=content["columns"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
