"""What the file model.yaml says of a model: where it is, and how it is to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.errors import shown
from models.formats.mlflow_folder import read_yaml
from models.formats.opened import Artefact, SourceError
from models.formats.source import describe_source

FILE = "model.yaml"
WORDS = ("title", "summary", "cases", "purpose", "not_for", "data", "limits", "licence")
KNOWN = ("artefact", "sha256", "source", "examples", "label", "classes", "features", *WORDS)


@dataclass(frozen=True)
class Brought:
    """A model that somebody brings: its source, what vouches for it, and examples for it.

    `words` are what is said of it in place of what would be found; `features` the same of its columns.
    """

    source: str
    trust: bool = False
    examples: Path | None = None
    label: str = ""
    sha256: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    features: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    origin: str = ""
    folder: Path | None = None

    def describe(self) -> Artefact:
        """Return the artefact of the source, pinned to the hash that is known."""
        from dataclasses import replace

        artefact = describe_source(self.source)
        return replace(
            artefact,
            sha256=self.sha256 or artefact.sha256,
            name=self.folder.name if self.folder else artefact.name,
            origin=self.origin or artefact.origin,
        )


def find_described(folder: Path) -> list[Path]:
    """Return every folder below `folder` that holds a model.yaml, in order."""
    return sorted(path.parent for path in folder.glob(f"*/{FILE}"))


def read_description(folder: Path) -> Brought:
    """Return what the model.yaml of a folder describes; raise SourceError for what it may not say."""
    path = folder / FILE
    content = read_yaml(path)
    for name in content:
        if name not in KNOWN:
            raise SourceError(
                f"{path} says {shown(str(name))}, which means nothing; it may say {', '.join(KNOWN)}."
            )
    if not isinstance(content.get("artefact"), str) or not isinstance(content.get("sha256"), str):
        raise SourceError(
            f"{path} lacks the artefact or its sha256; add the model anew with `python -m demo add`."
        )
    features = content.get("features") or {}
    if not isinstance(features, dict) or not all(isinstance(v, dict) for v in features.values()):
        raise SourceError(f"{path}: features must name columns, each with what is said of it.")
    return Brought(
        source=str(inside(folder, content["artefact"])),
        examples=inside(folder, content["examples"]) if content.get("examples") else None,
        label=str(content.get("label") or ""),
        sha256=content["sha256"],
        words={name: str(content[name]) for name in WORDS if content.get(name)},
        classes=tuple(map(str, content.get("classes") or ())),
        features={str(name): each for name, each in features.items()},
        origin=str(content.get("source") or ""),
        folder=folder,
    )


def inside(folder: Path, name: str) -> Path:
    """Return a file of the folder; raise SourceError for one that lies elsewhere."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SourceError(f"{folder / FILE} names {shown(name)}, which is not in its folder.")
    return path
