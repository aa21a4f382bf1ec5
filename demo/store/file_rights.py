"""Who may read the files of a database: its owner alone."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# SQLite gives the files beside a database the rights that the database has when they are made.
BESIDE = ("", "-wal", "-shm", "-journal")


def make_private(path: Path) -> None:
    """Make the file of a database if there is none, and let nobody else read it or those beside it.

    What belongs to others stays as it is, and what cannot be made is for the database to say.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    for ending in BESIDE:
        file = path.with_name(path.name + ending)
        if file.is_file():
            shut_out_others(file)


def shut_out_others(path: Path) -> None:
    """Take the rights to a file or folder from all but its owner, if that is who runs the app."""
    # Windows knows no owners of this kind, and some folders of a network know no rights.
    with suppress(OSError, AttributeError):
        status = path.stat()
        if status.st_uid == os.geteuid() and status.st_mode & OTHERS:
            path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
