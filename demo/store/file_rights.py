"""Who may read the files of a database: its owner alone."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# SQLite gives the files beside a database the rights that the database has when they are made.
BESIDE = ("", "-wal", "-shm", "-journal")


def make_private(path: Path) -> None:
    """Make the file of a database if it is missing, and let only its owner read it and the files beside it.

    Files of other owners are left alone; if a file cannot be made, the database reports it.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    for ending in BESIDE:
        file = path.with_name(path.name + ending)
        if file.is_file():
            shut_out_others(file)


def shut_out_others(path: Path) -> None:
    """Remove all rights but the owner's from a file or folder, if the app runs as its owner."""
    # Windows knows no owners of this kind, and some folders of a network know no rights.
    with suppress(OSError, AttributeError):
        status = path.stat()
        if status.st_uid == os.geteuid() and status.st_mode & OTHERS:
            path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
