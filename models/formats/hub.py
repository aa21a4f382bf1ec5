"""A repository of the Hugging Face Hub with a scikit-learn model, at one commit."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from models.formats.opened import Artefact, Column, SourceError
from models.formats.reading import FORMATS

if TYPE_CHECKING:
    import pandas as pd

SCHEME = "hf://"
ADDRESS = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w./-]+))?/?", re.ASCII)
CONFIG = "config.json"
# What a model is called where config.json does not say.
USUAL_NAMES = (
    "model.skops",
    "sklearn_model.skops",
    "sklearn_model.joblib",
    "model.joblib",
    "model.pkl",
    "sklearn_model.pickle",
)


@dataclass(frozen=True)
class Repository:
    """A repository at the commit that was resolved; `offline` if only the cache could be asked."""

    name: str
    commit: str
    files: tuple[str, ...]
    offline: bool = False

    def fetch(self, file: str) -> Path:
        """Return the local copy of a file; raise SourceError if there is none."""
        from huggingface_hub import hf_hub_download

        try:
            return Path(
                hf_hub_download(
                    self.name, file, revision=self.commit, local_files_only=self.offline
                )
            )
        except (OSError, ValueError) as error:
            where = "cache" if self.offline else "Hub"
            raise SourceError(
                f"{SCHEME}{self.name}: {file} could not be taken from the {where}; check the name and "
                "the network."
            ) from error


def describe_hub(source: str) -> Artefact:
    """Return the artefact of `hf://user/name`, or `hf://user/name@revision`.

    Private repositories need HF_TOKEN. Without a network what the cache holds is used.
    """
    found = ADDRESS.fullmatch(source.removeprefix(SCHEME))
    if not found:
        raise SourceError(
            f"{source[:80]} is no repository of the Hub; write hf://user/name, or hf://user/name@revision."
        )
    repository = find_repository(found["repository"], found["revision"] or "main")
    config = read_config(repository)
    file = str(config.get("model", {}).get("file", "")) or usual_file(repository)
    suffix = PurePosixPath(file).suffix
    if suffix not in FORMATS:
        raise SourceError(
            f"{source}: {file[:80]} is no .skops, .joblib or .pkl file; name another."
        )
    where = (
        "from the cache, as the Hub could not be reached" if repository.offline else "from the Hub"
    )
    return Artefact(
        path=repository.fetch(file),
        format=FORMATS[suffix],
        origin=f"{SCHEME}{repository.name}@{repository.commit}",
        name=repository.name.rpartition("/")[2],
        made_with=version_in(config),
        columns=tuple(Column(str(name)) for name in config.get("columns", ())),
        input_example=example_in(config),
        about=f"Repository {repository.name} {where}, commit {repository.commit[:12]}.",
    )


def find_repository(name: str, revision: str) -> Repository:
    """Return the repository at the commit of a revision; raise SourceError if there is none."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

    try:
        info = HfApi().model_info(name, revision=revision, timeout=10)
    except RepositoryNotFoundError as error:
        raise SourceError(
            f"The Hub has no model repository {name}, or it is private; check the name, and set HF_TOKEN "
            "for a private one."
        ) from error
    except (HfHubHTTPError, OSError) as error:
        if getattr(getattr(error, "response", None), "status_code", 500) == 404:
            raise SourceError(
                f"{SCHEME}{name} has no revision {revision[:40]}; name one that it has."
            ) from error
        return find_cached(name, revision)
    files = tuple(each.rfilename for each in info.siblings or ())
    return Repository(name, str(info.sha), files)


def find_cached(name: str, revision: str) -> Repository:
    """Return what the cache holds of a repository; raise SourceError if that is nothing."""
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(name, revision=revision, local_files_only=True))
    except (OSError, ValueError) as error:
        raise SourceError(
            f"The Hub could not be reached, and the cache does not hold {name}; check the network."
        ) from error
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return Repository(name, folder.name, tuple(files), offline=True)


def read_config(repository: Repository) -> dict[str, Any]:
    """Return what config.json says of the scikit-learn model, nothing if it says nothing."""
    if CONFIG not in repository.files:
        return {}
    try:
        content = json.loads(repository.fetch(CONFIG).read_text("utf-8"))
    except ValueError:
        return {}
    described = content.get("sklearn") if isinstance(content, dict) else None
    return described if isinstance(described, dict) else {}


def usual_file(repository: Repository) -> str:
    """Return the file that is called as models are; raise SourceError if there is none or no single one."""
    for name in USUAL_NAMES:
        if name in repository.files:
            return name
    found = [name for name in repository.files if PurePosixPath(name).suffix in FORMATS]
    if len(found) != 1:
        what = (
            f"{len(found)} files that may be models" if found else "no .skops, .joblib or .pkl file"
        )
        raise SourceError(
            f"{SCHEME}{repository.name} has {what} and no config.json that names one; download the right "
            "one and give its path."
        )
    return found[0]


def version_in(config: Mapping[str, Any]) -> str:
    """Return the version of scikit-learn that the environment of config.json pins, else ""."""
    for requirement in config.get("environment", ()):
        name, _, version = str(requirement).partition("==")
        if name.strip() == "scikit-learn" and version:
            return version.strip().strip('"')
    return ""


def example_in(config: Mapping[str, Any]) -> "pd.DataFrame | None":
    """Return the example input of config.json as a table, None if there is none."""
    import pandas as pd

    example = config.get("example_input")
    try:
        return pd.DataFrame(example) if isinstance(example, dict) else None
    except ValueError:
        return None
