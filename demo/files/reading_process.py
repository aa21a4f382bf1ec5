"""A separate process that reads one file of cases within limits: `python -m demo.files.reading_process PATH NAME`.

It writes a line of JSON for the names of the columns, one for each row, and one with how many there were;
or a single one that says why the file cannot be read.
"""

import json
import sys
from typing import Any

from demo.files.errors import CaseListError
from demo.files.sheet import read_sheet

MEMORY_BYTES, CPU_S = 1 << 30, 30


def limit_process() -> None:
    """Bound memory and time of this process where the platform can."""
    try:
        import resource
    except ImportError:
        return
    lower(resource.RLIMIT_AS, MEMORY_BYTES)
    lower(resource.RLIMIT_CPU, CPU_S)


def lower(kind: int, wanted: int) -> None:
    """Set a limit, unless a lower one is set already or the platform has none of this kind."""
    import resource

    _, hard = resource.getrlimit(kind)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(kind, (allowed, hard))
    except (OSError, ValueError):
        return


def write(content: Any) -> None:
    """Write a line for the process that waits for it."""
    line = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(line + b"\n")


def main(path: str, filename: str) -> None:
    """Read a file and write what it holds."""
    limit_process()
    try:
        sheet = read_sheet(path, filename)
    except CaseListError as error:
        write({"error": error.message})
        return
    write({"names": sheet.names})
    for row in sheet.rows:
        write(row)
    write({"rows": len(sheet.rows)})


if __name__ == "__main__":
    main(*sys.argv[1:])
