"""Taking a model into a folder of the app: its file, its hash, and a model.yaml to be edited."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.formats.opened import SourceError
from models.own.description import FILE, Brought
from models.own.loading import OwnModel, bring
from models.registry import MODELS_FOLDER
from models.spec import ModelSpec
from models.training.artefacts import make_folder, write_files

HEAD = """\
# How this model is shown. Edit what is below; what you leave out is found in the model and its examples.
# The file of the model is opened only if its SHA-256 is the one given here.
"""
# What model.yaml may say of a column, by kind of field.
SHOWN = ("title", "unit", "low", "high", "step", "typical", "choices")


def add_model(
    brought: Brought, name: str, title: str, folder: Path = MODELS_FOLDER
) -> tuple[OwnModel, Path]:
    """Write a model's file, its examples and model.yaml into a folder of their own; return both.

    Raises SourceError if the model cannot be shown, or the folder is there already.
    """
    if title:
        brought = replace(brought, words={**brought.words, "title": title})
    model = bring(brought).load([])
    name = name or model.spec.name
    own = folder / name
    if not name.isidentifier():
        raise SourceError(
            f"{name[:60]!r} is no name for a folder; give letters, digits and underscores with --name."
        )
    if own.exists():
        raise SourceError(f"{own} is there already; remove it, or give another --name.")
    make_folder(own)
    assert model.artefact
    files = {model.file_name: model.read_pipeline()}
    if brought.examples:
        files[brought.examples.name] = brought.examples.read_bytes()
    try:
        write_files(own, files | {FILE: describe(model, brought).encode()})
    except BaseException:
        shutil.rmtree(own)
        raise
    return model, own


def describe(model: OwnModel, brought: Brought) -> str:
    """Return the content of model.yaml."""
    import yaml

    assert model.artefact
    content: dict[str, Any] = {
        "title": model.spec.title,
        "summary": model.spec.summary,
        "artefact": model.file_name,
        "sha256": model.metadata["sha256"],
        "source": model.artefact.origin,
    }
    if brought.examples:
        content |= {"examples": brought.examples.name, "label": brought.label}
    content |= {"cases": model.spec.cases, "classes": list(model.spec.classes)}
    content["features"] = describe_features(model.spec)
    written = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return f"{HEAD}{written}"


def describe_features(spec: ModelSpec) -> dict[str, dict[str, Any]]:
    """Return what can be changed of each field, by its name."""
    return {
        field.name: {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in vars(field).items()
            if key in SHOWN and value not in ("", ())
        }
        for field in spec.features
    }
