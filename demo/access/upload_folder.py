"""The folder of uploaded files."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Where a host wants uploads, for example because replicas share them.
FOLDER_VARIABLE = "GRADIO_TEMP_DIR"
# How long a file is kept.
KEPT_S = 3_600


@contextmanager
def upload_folder(host: str, port: int) -> Iterator[Path]:
    """Make a folder for uploads that is gone in the end, and remove those that killed processes left.

    Nobody else has this address, so nobody else's folder has its name. A folder that the host names is
    taken as it is: others may share it.
    """
    if named := os.environ.get(FOLDER_VARIABLE):
        yield Path(named)
        return
    prefix = f"second-opinion-{host.replace(':', '_')}-{port}-"
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def clear_out(folder: Path) -> int:
    """Delete the files of a folder that are an hour old, and return how many bytes the others have."""
    oldest = time.time() - KEPT_S
    return sum(clear_place(Path(place), oldest) for place, _, _ in os.walk(folder, topdown=False))


def clear_place(place: Path, oldest: float) -> int:
    """Delete the old files of one folder, and return how many bytes the others have."""
    kept = []
    for path in files_in(place):
        with suppress(OSError):
            facts = path.stat()
            if facts.st_mtime < oldest:
                path.unlink()
            else:
                kept.append(facts.st_size)
    return sum(kept)


def files_in(place: Path) -> list[Path]:
    """Return the files of a folder, none if it is gone."""
    with suppress(OSError):
        return [path for path in place.iterdir() if path.is_file()]
    return []
