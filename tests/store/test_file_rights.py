"""What people said is for whoever runs the app: no other user of the machine may read its files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from storing import join, open_session

from demo.settings import JOURNAL_MODES
from demo.store.engines import default_url
from demo.store.sessions import Store, open_store

ALL_FILES = {"reviews.db", "reviews.db-wal", "reviews.db-shm"}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no rights of this kind")


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """The usual one, which lets everybody read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The app's own folder, which is not there yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "second-opinion"


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def mode_of(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def used(url: str, mode: str = "wal") -> Store:
    store = open_store(url, mode)
    join(store, open_session(store))
    return store


def test_the_own_folder_and_the_files_in_it_are_the_owners_alone(data_folder: Path) -> None:
    store = used(default_url())

    assert mode_of(data_folder) == 0o700
    assert modes(data_folder) == dict.fromkeys(ALL_FILES, 0o600)
    store.close()


def test_rights_that_others_had_are_taken_from_them(data_folder: Path) -> None:
    data_folder.mkdir(0o755)
    earlier = used(default_url())
    for name in ALL_FILES:
        (data_folder / name).chmod(0o644)
    data_folder.chmod(0o755)
    store = used(default_url())

    assert mode_of(data_folder) == 0o700
    assert modes(data_folder) == dict.fromkeys(ALL_FILES, 0o600)
    earlier.close()
    store.close()


def test_a_folder_that_was_there_may_be_meant_for_others_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    store = used(f"sqlite:///{tmp_path}/reviews.db")

    assert mode_of(tmp_path) == 0o755
    assert modes(tmp_path) == dict.fromkeys(ALL_FILES, 0o600)
    store.close()


@pytest.mark.parametrize("mode", JOURNAL_MODES)
def test_a_folder_that_is_made_is_the_owners_alone(tmp_path: Path, mode: str) -> None:
    store = used(f"sqlite:///{tmp_path}/made/reviews.db", mode)

    assert mode_of(tmp_path / "made") == 0o700
    assert set(modes(tmp_path / "made").values()) == {0o600}
    store.close()


def test_a_file_that_its_owner_may_only_read_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    used(f"sqlite:///{path}").close()
    path.chmod(0o444)
    open_store(f"sqlite:///{path}", "wal").close()

    assert modes(tmp_path)["reviews.db"] == 0o400
