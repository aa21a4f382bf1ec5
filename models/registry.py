"""Finding the models of a folder, and loading only what can be trusted."""

import hashlib
import importlib
import json
import platform
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as installed_version
from io import BytesIO
from pathlib import Path
from pickle import PickleError
from typing import Any, Protocol, cast

import joblib
import numpy as np
from numpy.typing import NDArray

from models.errors import ArtefactError, UnknownModel
from models.folded import fold_pipeline
from models.metadata import Metadata
from models.samples import to_samples
from models.spec import ModelSpec

MODELS_FOLDER = Path(__file__).parent
# What unpickling raises for content that is no pipeline of this code.
UNREADABLE = (
    PickleError,
    AttributeError,
    ImportError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    zlib.error,
)
PINNED_PACKAGES = ("scikit-learn", "numpy", "nltk")


class Predictor(Protocol):
    """What answers: raw inputs in, probabilities of shape (n_samples, n_classes) out."""

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Return the probability of each class for each sample of `X`."""


class Classifier(Predictor, Protocol):
    """A fitted pipeline."""

    classes_: NDArray[Any]


@dataclass(frozen=True)
class LoadedModel:
    """A spec with its fitted pipeline, the metadata and the card that came with it.

    `file_name` is what the file is called that the pipeline was loaded from; a model that
    `can_be_trained` has a recipe here.
    """

    spec: ModelSpec
    pipeline: Classifier
    metadata: Metadata
    card: str
    folder: Path = MODELS_FOLDER
    file_name: str = "pipeline.joblib"
    can_be_trained: bool = True

    @property
    def suffix(self) -> str:
        """The end of the file's name, such as ".joblib"."""
        return Path(self.file_name).suffix

    @property
    def version(self) -> str:
        """The first 12 hexadecimal digits of the pipeline's SHA-256."""
        return self.metadata["sha256"][:12]

    @cached_property
    def predictor(self) -> Predictor:
        """The pipeline in its folded form if it has one, else the pipeline itself."""
        examples = [example.record for example in self.spec.examples]
        folded = fold_pipeline(self.pipeline, to_samples(self.spec, examples))
        return folded or self.pipeline

    def read_pipeline(self) -> bytes:
        """Return the file that the pipeline was loaded from; raise ArtefactError if it is gone or another."""
        return read_artefacts(self.spec, self.folder, self.metadata)[0]


@dataclass(frozen=True)
class ModelCatalogue:
    """The models of one start: those that are sound, and why the others are not."""

    specs: dict[str, ModelSpec]
    loaded: dict[str, LoadedModel]
    unavailable: dict[str, ArtefactError]

    def __getitem__(self, name: str) -> LoadedModel:
        """Return a sound model; raise its ArtefactError, or UnknownModel."""
        if name in self.loaded:
            return self.loaded[name]
        if name in self.unavailable:
            raise self.unavailable[name]
        raise UnknownModel(name, self.specs)


def current_versions() -> dict[str, str]:
    """Return the versions that decide whether a pickled pipeline can be read."""
    versions = {name: installed_version(name) for name in PINNED_PACKAGES}
    return {"python": platform.python_version()} | versions


def discover_specs(folder: Path = MODELS_FOLDER, package: str = "models") -> dict[str, ModelSpec]:
    """Return the SPEC of every subfolder of `folder` that holds a `model.py`, by name, in order."""
    found: list[ModelSpec] = [
        importlib.import_module(f"{package}.{path.parent.name}.model").SPEC
        for path in folder.glob("*/model.py")
    ]
    return {spec.name: spec for spec in sorted(found, key=lambda spec: (spec.order, spec.name))}


def describes_pipeline(metadata: Any) -> bool:
    """Tell whether the content of a metadata.json has what loading and the page rely on."""
    if not isinstance(metadata, dict):
        return False
    evaluation, versions = metadata.get("evaluation"), metadata.get("versions")
    has_figures = isinstance(evaluation, dict) and isinstance(evaluation.get("metrics"), dict)
    return isinstance(metadata.get("sha256"), str) and isinstance(versions, dict) and has_figures


def read_metadata(spec: ModelSpec, folder: Path) -> Metadata:
    """Return the content of metadata.json; raise ArtefactError if it describes no pipeline."""
    try:
        metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    except (OSError, ValueError):
        metadata = None
    if not describes_pipeline(metadata):
        raise ArtefactError(
            f"The {spec.name} model has no metadata.json that describes its pipeline; "
            f"run `python -m models.train {spec.name}`."
        )
    return cast("Metadata", metadata)


def check_hash(spec: ModelSpec, content: bytes, metadata: Metadata) -> None:
    """Raise ArtefactError unless `content` is the pipeline that the metadata describes."""
    digest, expected = hashlib.sha256(content).hexdigest(), metadata["sha256"]
    if digest != expected:
        raise ArtefactError(
            f"The {spec.name} model's pipeline.joblib is not the file that its metadata describes "
            f"(SHA-256 {digest[:12]}… instead of {expected[:12]}…); restore both files, "
            f"or run `python -m models.train {spec.name}`."
        )


def read_artefacts(spec: ModelSpec, folder: Path, metadata: Metadata) -> tuple[bytes, str]:
    """Return the pipeline's file and the card; raise ArtefactError unless the metadata describes the file."""
    try:
        content = (folder / "pipeline.joblib").read_bytes()
        card = (folder / "README.md").read_text("utf-8")
    except (OSError, ValueError) as error:
        raise ArtefactError(
            f"The {spec.name} model lacks a file ({error}); run `python -m models.train {spec.name}`."
        ) from error
    check_hash(spec, content, metadata)
    return content, card


def check_versions(spec: ModelSpec, metadata: Metadata) -> None:
    """Raise ArtefactError if a package that the pickle depends on has another version here."""
    made_with, here = metadata["versions"], current_versions()
    differing = [
        f"{name} {made_with.get(name)} (here {here[name]})"
        for name in PINNED_PACKAGES
        if made_with.get(name) != here[name]
    ]
    if differing:
        raise ArtefactError(
            f"The {spec.name} model was made with {', '.join(differing)}; install the pinned versions "
            f"(`pip install -r requirements.txt`), or run `python -m models.train {spec.name}`."
        )


@contextmanager
def expect_fit(spec: ModelSpec) -> Iterator[None]:
    """Raise ArtefactError where it turns out that a pipeline does not fit this code."""
    try:
        yield
    except UNREADABLE as error:
        raise ArtefactError(
            f"The {spec.name} model's pipeline.joblib does not fit this code ({error}); "
            f"run `python -m models.train {spec.name}`."
        ) from error


def unpickle(spec: ModelSpec, content: bytes) -> Classifier:
    """Return the pipeline in `content`; raise ArtefactError if it does not fit this code."""
    with expect_fit(spec):
        pipeline = cast("Classifier", joblib.load(BytesIO(content)))
        check_classes(spec, pipeline)
    return pipeline


def check_classes(spec: ModelSpec, pipeline: Classifier) -> None:
    """Raise ArtefactError unless the pipeline answers with the classes of its spec, in order."""
    answers = tuple(map(str, pipeline.classes_))
    if answers != spec.classes:
        raise ArtefactError(
            f"The {spec.name} model answers with {', '.join(answers)}, but its spec says "
            f"{', '.join(spec.classes)}; run `python -m models.train {spec.name}`."
        )


def load_model(spec: ModelSpec, folder: Path | None = None) -> LoadedModel:
    """Load the artefacts of `spec`, from its own folder unless another is given.

    Hash and versions are compared with the metadata before anything is unpickled: a file that was
    changed must not run, and one of another version may not even load. Raises ArtefactError.
    """
    folder = folder or MODELS_FOLDER / spec.name
    metadata = read_metadata(spec, folder)
    content, card = read_artefacts(spec, folder, metadata)
    check_versions(spec, metadata)
    model = LoadedModel(spec, unpickle(spec, content), metadata, card, folder)
    # Folded now: the first who asks need not wait for it, and a pipeline of other code fails here.
    with expect_fit(spec):
        _ = model.predictor
    return model


def load_catalogue(specs: dict[str, ModelSpec], folder: Path = MODELS_FOLDER) -> ModelCatalogue:
    """Load every model from its subfolder of `folder`, setting aside those that are not sound.

    Raises ArtefactError with all reasons when none is left.
    """
    loaded: dict[str, LoadedModel] = {}
    unavailable: dict[str, ArtefactError] = {}
    for name, spec in specs.items():
        try:
            loaded[name] = load_model(spec, folder / name)
        except ArtefactError as error:
            unavailable[name] = error
    if not loaded:
        reasons = "\n".join(error.message for error in unavailable.values())
        raise ArtefactError(f"No model could be loaded.\n{reasons}")
    return ModelCatalogue(specs, loaded, unavailable)
