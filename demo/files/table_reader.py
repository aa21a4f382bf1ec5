"""Uploaded files are read one at a time in a separate process, so that a hostile one blocks nobody else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from demo.fair_lock import FairLock
from demo.files.errors import CaseListError
from demo.files.sheet import Sheet, shown_name
from demo.files.table import to_table

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).parents[2]
CHILD = "demo.files.reading_process"
# One thread: each further one would take its share of the memory that the process may have.
FEW_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class TableReader:
    """Reads files of cases in processes of their own, one after the other.

    Reading may take `seconds`; another caller waits up to `wait_s` meanwhile.
    """

    def __init__(self, seconds: float = 60, wait_s: float = 5, child: str = CHILD) -> None:
        self.seconds, self.child = seconds, child
        self.lock = FairLock(1, wait_s)

    def read(self, path: str | Path, filename: str) -> "pd.DataFrame":
        """Return a file as the table that `read_table` gives. Raises CaseListError."""
        name = shown_name(filename)
        try:
            with self.lock.hold():
                output = self.output(name, Path(path), filename)
        except TimeoutError as error:
            raise CaseListError("Another file is being read; try again in a moment.") from error
        return to_table(parse_output(name, output))

    def output(self, name: str, path: Path, filename: str) -> bytes:
        """Return what the process that reads a file has written."""
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        try:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-m", self.child, str(path.absolute()), filename],
                cwd=ROOT,
                env=os.environ | FEW_THREADS | {"PYTHONPATH": paths},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self.seconds,
                check=True,
            )
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise too_much(name) from error
        return done.stdout


def parse_output(name: str, output: bytes) -> Sheet:
    """Return the cells that a process has written line by line; raise CaseListError if it failed."""
    first, *rows = output.splitlines() or [b"{}"]
    head = json.loads(first)
    if "error" in head:
        raise CaseListError(head["error"])
    if not rows or json.loads(rows[-1]) != {"rows": len(rows) - 1}:
        raise too_much(name)
    return Sheet(head["names"], [(line, cells) for line, cells in map(json.loads, rows[:-1])])


def too_much(name: str) -> CaseListError:
    """Return the error for a file whose reading was given up."""
    return CaseListError(
        f"{name} takes too much time or memory to read; leave out rows, columns or other sheets."
    )
