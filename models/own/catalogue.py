"""Every model of a start: those that were brought along first, then those of the app's own folders."""

from collections.abc import Sequence
from pathlib import Path

from models.errors import ArtefactError, UnknownModel, UserError
from models.own.description import Brought, find_described, read_description
from models.registry import (
    MODELS_FOLDER,
    LoadedModel,
    ModelCatalogue,
    discover_specs,
    load_catalogue,
    load_model,
)
from models.spec import ModelSpec


def load_models(
    brought: Sequence[Brought] = (), *, only: bool = False, folder: Path = MODELS_FOLDER
) -> ModelCatalogue:
    """Load what was brought, what model.yaml files of `folder` describe, and, unless `only`, the app's own.

    What was brought must be sound: else its SourceError is raised. Others are set aside.
    """
    if not brought and not find_described(folder):
        return load_catalogue(discover_specs())
    from models.own.loading import bring

    # Their files are tried in other processes, meanwhile the others are loaded.
    pending = [bring(each) for each in brought]
    own = ModelCatalogue({}, {}, {}) if only else load_catalogue(discover_specs())
    loaded: dict[str, LoadedModel] = {}
    unavailable: dict[str, ArtefactError] = {}
    for each in pending:
        model = each.load([*loaded, *own.specs])
        loaded[model.spec.name] = model
    for path in [] if only and brought else find_described(folder):
        try:
            model = bring(read_description(path)).load([*loaded, *own.specs])
            loaded[model.spec.name] = model
        except UserError as error:
            unavailable[path.name] = ArtefactError(error.message)
    specs: dict[str, ModelSpec] = {name: model.spec for name, model in loaded.items()}
    if not loaded and only:
        raise ArtefactError("--only leaves no model; name one with --model.")
    return ModelCatalogue(specs | own.specs, loaded | own.loaded, unavailable | own.unavailable)


def load_model_named(asked: Brought, folder: Path = MODELS_FOLDER) -> LoadedModel:
    """Return the model whose name is the source that is asked for, else the one that it leads to."""
    specs = discover_specs()
    if asked.source in specs:
        return load_model(specs[asked.source])
    described = {path.name: path for path in find_described(folder)}
    is_source = "/" in asked.source or "." in asked.source
    if asked.source not in described and not is_source:
        raise UnknownModel(asked.source, [*described, *specs])
    from models.own.loading import bring

    chosen = read_description(described[asked.source]) if asked.source in described else asked
    return bring(chosen).load([])
