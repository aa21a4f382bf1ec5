"""A first reading of a file that is not ours, in a process of its own with limits of memory and time.

`python -m models.formats.trial PATH FORMAT` writes one line of JSON: {} or why the file cannot be used.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from models.errors import UserError
from models.formats.opened import Artefact, SourceError

# Of its own work, and of the clock: others may have the machine.
CPU_S, TIME_S = 60, 300
# What an unpacked model may take, beside the interpreter and its packages.
MEMORY_BYTES, MEMORY_TIMES = 3 << 30, 8
ROOT = Path(__file__).parents[2]


class Trial:
    """A reading that goes on beside other work."""

    def __init__(self, artefact: Artefact) -> None:
        self.artefact = artefact
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "models.formats.trial", str(artefact.path), artefact.format],
            env=os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def finish(self, time_s: float = TIME_S) -> None:
        """Wait for the end of the reading; raise SourceError if the file cannot be used."""
        name = self.artefact.path.name
        with self.process as process:
            try:
                said, _ = process.communicate(timeout=time_s)
            except subprocess.TimeoutExpired as error:
                process.kill()
                raise SourceError(
                    f"{name} was not read within {time_s:g} s; use a smaller model."
                ) from error
        try:
            message = json.loads(said).get("error")
        except ValueError as error:
            raise SourceError(
                f"{name} ended the process that tried to read it, or took more memory than it may; "
                "nothing of it was loaded."
            ) from error
        if message:
            raise SourceError(message)


def limit_process(size: int) -> None:
    """Bound memory and time of this process where the platform can."""
    try:
        import resource
    except ImportError:
        return
    wanted = {resource.RLIMIT_AS: MEMORY_BYTES + MEMORY_TIMES * size, resource.RLIMIT_CPU: CPU_S}
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, hard))


def main(path: str, written: str) -> None:
    """Read a file, and write what came of it to the process that waits."""
    from models.formats.reading import read_artefact

    # What a model prints while it is unpacked must not be taken for the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    limit_process(Path(path).stat().st_size)
    said = {}
    try:
        read_artefact(Artefact(Path(path), written, path, Path(path).stem), trust=True)
    except UserError as error:
        said["error"] = error.message
    answer.write(json.dumps(said))
    answer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
