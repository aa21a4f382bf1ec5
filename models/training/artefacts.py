"""Files of a model on disk: each is the old one or the new one at any time."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.errors import UserError


class NotWritten(UserError):
    """A file or folder cannot be written."""

    code = "not_written"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Raise NotWritten for what goes wrong with a folder's files."""
    try:
        yield
    except OSError as error:
        raise NotWritten(
            f"{folder} cannot be written to ({error.strerror}); choose another --folder or make room."
        ) from error


def make_folder(folder: Path) -> None:
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def as_json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files beside those that they replace, then replace them.

    Raises NotWritten; then every file is the one that it was.
    """
    make_folder(folder)
    parts = {folder / f"{name}.part": content for name, content in files.items()}
    with writing(folder):
        try:
            for part, content in parts.items():
                part.write_bytes(content)
            for part in parts:
                part.replace(part.with_suffix(""))
        finally:
            for part in parts:
                part.unlink(missing_ok=True)
