"""A disk that is full: what was there is kept and can be read, and saving goes on once there is room."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reviewing import RECORDS, checked
from reviewing import join as join_over_rest
from reviewing import open_session as open_over_rest
from storing import join, open_session, put, record_of

from demo.sessions.errors import StoreFull
from demo.sessions.model import VerdictInput
from demo.settings import JOURNAL_MODES
from demo.store.database import open_database
from demo.store.sessions import open_store
from models.registry import ModelCatalogue

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]
SAID = (
    "Not saved: the disk of the database is full. What was saved before is safe; "
    "make room, then send it again."
)


@dataclass(frozen=True)
class Disk:
    """A disk of one megabyte."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/reviews.db"

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.folder / "filling").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        assert shutil.disk_usage(self.folder).free == 0

    def make_room(self) -> None:
        (self.folder / "filling").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"No small disk can be mounted here ({error}); test_api_faults goes without.")
    yield Disk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("mode", JOURNAL_MODES)
def test_what_was_there_is_kept_and_saving_goes_on_once_there_is_room(
    disk: Disk, mode: str
) -> None:
    store = open_store(disk.url, mode)
    session = open_session(store)
    anna, cases = join(store, session), store.verdicts.cases(session)
    put(store, session, anna, cases[0], VerdictInput("agree"))
    disk.fill()
    refused = []
    for number in range(40):
        try:
            store.verdicts.add_case(session, anna, {**record_of(number), "note": "x" * 4_000})
        except StoreFull as error:
            refused.append(error.message)

    assert refused[-1] == SAID
    before = store.verdicts.verdicts(session), store.verdicts.cases(session)
    assert len(before[0]) == 1
    assert len(before[1]) == 3 + 40 - len(refused)
    disk.make_room()
    put(store, session, anna, cases[1], VerdictInput("cannot_tell"))
    store.close()

    again = open_store(disk.url, mode)
    assert again.verdicts.cases(session) == before[1]
    assert [row.verdict_input.verdict for row in again.verdicts.verdicts(session)] == [
        "agree",
        "cannot_tell",
    ]
    again.close()


def test_a_database_on_a_full_disk_is_opened_once_there_is_room(disk: Disk) -> None:
    store = open_store(disk.url, "wal")
    session = open_session(store)
    store.close()
    disk.fill()
    with pytest.raises(StoreFull) as caught:
        open_database(disk.url)

    assert caught.value.message == SAID
    disk.make_room()
    again = open_store(disk.url, "wal")
    assert again.sessions.session(session.code) == session
    again.close()


def test_a_new_database_on_a_full_disk_is_made_once_there_is_room(disk: Disk) -> None:
    disk.fill()
    with pytest.raises(StoreFull):
        open_database(disk.url)

    disk.make_room()
    open_database(disk.url).close()


def test_a_reviewer_is_told_and_goes_on_once_there_is_room(
    asking: Asking, catalogue: ModelCatalogue, disk: Disk
) -> None:
    with asking(catalogue, disk.url) as client:
        reviewer = join_over_rest(open_over_rest(client, cases=RECORDS[:1]))
        case = reviewer.next_id()
        kept = "Kept."
        checked(reviewer.judge(case, verdict="agree", comment=kept))
        disk.fill()
        for number in range(300):
            comment = f"{number} " + "x" * 3_990
            answer = reviewer.judge(case, verdict="agree", comment=comment)
            if answer.status_code != 200:
                break
            kept = comment
        (seen,) = reviewer.rows()
        disk.make_room()
        after = reviewer.judge(case, verdict="agree", comment="There is room.")

    assert answer.status_code == 507
    assert answer.json() == {"error": {"code": "disk_full", "message": SAID, "field": None}}
    assert seen.verdict_input.comment == kept
    assert after.status_code == 200
