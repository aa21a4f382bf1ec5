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
    """Make a temporary folder for uploads, and remove those that killed processes left behind.

    Nobody else has this address, so nobody else's folder has its name. A folder that the host names is
    used as it is: others may share it.
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
    oldest, kept = time.time() - KEPT_S, 0
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            # Another upload may have deleted it meanwhile.
            with suppress(OSError):
                facts = path.stat()
                if facts.st_mtime < oldest:
                    path.unlink()
                else:
                    kept += facts.st_size
    return kept
