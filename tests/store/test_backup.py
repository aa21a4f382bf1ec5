"""What was said is in the file once the app has stopped, and the README's commands keep a copy of it."""

import os
import re
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from loading import open_code
from running import Running
from storing import join, open_session, put, record_of

from benchmarks.cluster import Cluster
from demo.sessions.model import VerdictInput
from demo.store.sessions import Store, open_store

SHOWN_URL = "postgresql://user:password@host/name"


def test_after_a_clean_stop_the_file_alone_holds_everything(
    launch: Callable[..., Running], tmp_path: Path
) -> None:
    path = tmp_path / "reviews.db"
    running = launch(["-m", "demo", "serve"], SECOND_OPINION_DATABASE_URL=f"sqlite:///{path}")
    codes = [open_code(running, 20) for _ in range(5)]
    with closing(sqlite3.connect(path)) as other:
        # As long as another process has the file open, SQLite leaves the log of changes as it is.
        other.execute("select count(*) from sessions").fetchall()
        assert running.end(signal.SIGTERM) == 0
        (tmp_path / "copy").mkdir()
        copy = shutil.copy(path, tmp_path / "copy")

    store = open_store(f"sqlite:///{copy}", "wal")
    assert {session.code for session in store.sessions.all_sessions()} == set(codes)
    assert [len(store.verdicts.cases(session)) for session in store.sessions.all_sessions()] == [
        20
    ] * 5
    store.close()
    assert running.stderr() == ""


def test_a_store_that_is_closed_leaves_everything_in_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    store = open_store(f"sqlite:///{path}", "wal")
    codes = {fill(store) for _ in range(5)}
    store.close()

    assert [found.name for found in tmp_path.iterdir()] == ["reviews.db"]
    (tmp_path / "copy").mkdir()
    copied = open_store(f"sqlite:///{shutil.copy(path, tmp_path / 'copy')}", "wal")
    assert contents(copied) == dict.fromkeys(codes, 1)
    copied.close()


def test_who_closes_while_another_writes_says_what_to_copy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path}/reviews.db"
    store, other = open_store(url, "wal"), open_store(url, "wal")
    open_session(store)
    with other.database.writer.begin():
        store.close()

    assert f"copy {tmp_path}/reviews.db-wal along with it" in caplog.text
    assert len(other.sessions.all_sessions()) == 1
    other.close()


def commands(root: Path, heading: str) -> list[str]:
    """Return the commands of the block after a line of the README."""
    text = (root / "README.md").read_text("utf-8").split(heading)[1]
    found = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1].splitlines()


def run(command: str, folder: Path, programs: Path | None = None) -> None:
    """Run a command as a shell does, with the Python that runs the tests."""
    words = [sys.executable if word == "python" else word for word in shlex.split(command)]
    if programs:
        words[0] = str(programs / words[0])
    subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=60)


def fill(store: Store) -> str:
    """Store a session with a verdict, and return its code."""
    session = open_session(store)
    put(
        store,
        session,
        join(store, session),
        store.verdicts.cases(session)[0],
        VerdictInput("agree"),
    )
    return session.code


def contents(store: Store) -> dict[str, int]:
    """Return the number of verdicts of each session."""
    return {
        session.code: len(store.verdicts.verdicts(session))
        for session in store.sessions.all_sessions()
    }


def test_a_file_is_backed_up_while_it_is_written_and_restored(root: Path, tmp_path: Path) -> None:
    url, stop = f"sqlite:///{tmp_path}/reviews.db", Event()
    store = open_store(url, "wal")
    before = contents(store) | {fill(store): 1}
    session = open_session(store)
    anna = join(store, session)

    def write() -> int:
        number = 100
        while not stop.is_set():
            store.verdicts.add_case(session, anna, record_of(number))
            number += 1
        return number

    umask, backup = commands(root, "A file of SQLite, while the app runs")
    assert umask == "umask 077"
    earlier = os.umask(0o077)
    try:
        with ThreadPoolExecutor(1) as threads:
            writing = threads.submit(write)
            try:
                run(backup, tmp_path)
            finally:
                stop.set()
            assert writing.result() > 100
    finally:
        os.umask(earlier)
    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    fill(store)
    # As after a crash: what is restored must not be mixed with what stands in the files beside it.
    beside = {name: (tmp_path / name).read_bytes() for name in ("reviews.db-wal", "reviews.db-shm")}
    store.close()
    for name, content in beside.items():
        (tmp_path / name).write_bytes(content)

    for command in commands(root, "Back in its place"):
        run(command, tmp_path)

    restored = open_store(url, "wal")
    assert contents(restored) == before | {session.code: 0}
    restored.close()


def test_a_database_of_postgresql_is_backed_up_and_restored(
    root: Path, tmp_path: Path, postgres: Cluster
) -> None:
    url = postgres.make_database(f"test_{uuid4().hex}")
    store = open_store(url, "wal")
    before = {fill(store): 1, fill(store): 1}
    backup, restore = (
        command.replace(SHOWN_URL, url) for command in commands(root, "A database of PostgreSQL")
    )
    run(backup, tmp_path, postgres.programs)
    fill(store)
    store.close()

    run(restore, tmp_path, postgres.programs)

    restored = open_store(url, "wal")
    assert contents(restored) == before
    assert fill(restored) not in before
    restored.close()
