"""A model that was brought along, ready to be shown: opened, described, measured on its examples."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from models.errors import ArtefactError
from models.formats.opened import Artefact, Opened, SourceError
from models.formats.reading import UNREADABLE, check_pinned, check_trust, read_artefact, read_bytes
from models.formats.trial import Trial
from models.framed import FramedPipeline, TableColumn
from models.metadata import Metadata
from models.own.card import write_card
from models.own.description import Brought
from models.own.estimator import check_estimator
from models.own.examples import read_examples, read_true_labels
from models.own.facts import find_facts, takes_texts
from models.own.fields import build_fields, override
from models.own.figures import profile_of, study_examples
from models.own.records import choose_examples, read_records
from models.own.spec import build_spec, name_classes
from models.registry import LoadedModel
from models.samples import to_samples
from models.spec import Feature, Record

if TYPE_CHECKING:
    import pandas as pd

# Reading a larger file takes long enough to say so.
LARGE_BYTES = 50_000_000
Fields = list[tuple[Feature, TableColumn]]


@dataclass(frozen=True)
class OwnModel(LoadedModel):
    """A model that was brought along; its file stays where it is."""

    artefact: Artefact | None = None

    def read_pipeline(self) -> bytes:
        """Return the file that the pipeline was loaded from; raise ArtefactError if it is another now."""
        assert self.artefact
        try:
            content = read_bytes(self.artefact.path)
            check_pinned(self.artefact, digest_of(content))
        except SourceError as error:
            raise ArtefactError(error.message) from error
        return content


def digest_of(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Pending:
    """A model whose source was found; a file that is not pinned is being tried in another process."""

    brought: Brought
    artefact: Artefact
    trial: Trial | None

    def load(self, taken: Sequence[str]) -> OwnModel:
        """Return the model, under a name that is not taken; raise SourceError if it cannot be shown."""
        if self.trial:
            self.trial.finish()
        return load_opened(self.brought, read_artefact(self.artefact, trust=True), taken)


def bring(brought: Brought) -> Pending:
    """Find a model and begin to try its file; raise SourceError for what may not be opened at all."""
    artefact = brought.describe()
    if artefact.format == "pickle":
        check_trust(artefact, trust=brought.trust)
    size = artefact.path.stat().st_size if artefact.path.is_file() else 0
    if size > LARGE_BYTES:
        print(f"Opening {artefact.path.name} ({size / 1e6:,.0f} MB)…", file=sys.stderr, flush=True)
    return Pending(brought, artefact, None if artefact.sha256 else Trial(artefact))


def load_opened(brought: Brought, opened: Opened, taken: Sequence[str]) -> OwnModel:
    """Return the model of an opened file, with what its examples say of it."""
    artefact = opened.artefact
    estimator = check_estimator(opened.estimator, artefact.path.name)
    classes = name_classes(estimator, brought.classes)
    table = artefact.input_example
    if brought.examples:
        table = read_examples(brought.examples, brought.label)
    opened = Opened(estimator, artefact, opened.sha256, opened.size_bytes)
    facts = find_facts(opened, table, brought.label)
    fields: Fields = override(build_fields(facts), brought.features)
    records = [] if table is None else read_records(table, fields)
    labels = true_labels(brought, table, estimator, classes)
    examples = choose_examples([field for field, _ in fields], records, labels)
    spec = build_spec(brought, artefact, [f for f, _ in fields], classes, examples, taken)
    pipeline = frame(estimator, [column for _, column in fields], classes)
    sound = [at for at, record in enumerate(records) if record is not None]
    kept: list[Record] = [record for record in records if record is not None]
    told = None if labels is None else labels[sound]
    metadata = base_metadata(opened, spec.name, spec.title)
    with naming_refusals(artefact.path.name):
        pipeline.predict_proba(to_samples(spec, [example.record for example in examples]))
        if told is not None and brought.examples:
            metadata |= study_examples(pipeline, spec, kept, told, brought.examples.name)
    metadata["profile"] = profile_of(spec, kept, told)
    card = write_card(spec, metadata, artefact.about or f"It was opened from {artefact.origin}.")
    pinned = Artefact(
        artefact.path, artefact.format, artefact.origin, artefact.name, sha256=opened.sha256
    )
    return OwnModel(
        spec,
        pipeline,
        metadata,
        card,
        artefact.path.parent,
        file_name=artefact.path.name,
        can_be_trained=False,
        artefact=pinned,
    )


def true_labels(
    brought: Brought, table: pd.DataFrame | None, estimator: Any, classes: tuple[str, ...]
) -> Any:
    """Return the class that each row truly has, by the name that is shown; None without a label."""
    if table is None or not brought.examples or not brought.label:
        return None
    names = dict(zip(map(str, estimator.classes_), classes, strict=True))
    found = read_true_labels(table[brought.label], estimator.classes_)
    labels = np.array([names.get(each) for each in found], object)
    if not any(each is not None for each in labels):
        came = ", ".join(str(each)[:30] for each in table[brought.label].dropna().unique()[:4])
        raise SourceError(
            f"The column {brought.label} holds no class of the model ({came}); it answers with "
            f"{', '.join(names)[:200]}."
        )
    return labels


def frame(estimator: Any, columns: Sequence[TableColumn], classes: tuple[str, ...]) -> Any:
    """Return what answers the samples of a spec: a pipeline of texts itself, another behind its table."""
    if takes_texts(estimator) and hasattr(estimator, "steps"):
        return estimator
    is_named = hasattr(estimator, "feature_names_in_")
    return FramedPipeline(estimator, tuple(columns), np.array(classes, object), is_named)


@contextmanager
def naming_refusals(name: str) -> Iterator[None]:
    """Raise SourceError, in one sentence, if a model does not answer its own examples."""
    try:
        yield
    except UNREADABLE as error:
        reason = " ".join(str(error).split())[:160].rstrip(".")
        raise SourceError(
            f"{name} does not answer a usual record ({reason}); give --examples with rows as it was "
            "trained on."
        ) from error


def base_metadata(opened: Opened, name: str, title: str) -> Metadata:
    """Return what is known of a file before anything is measured."""
    versions = {each: version(each) for each in ("scikit-learn", "numpy")}
    return {
        "name": name,
        "title": title,
        "sha256": opened.sha256,
        "size_bytes": opened.size_bytes,
        "versions": {"python": platform.python_version()} | versions,
        "evaluation": {"metrics": {}},
        "any_language": True,
    }
