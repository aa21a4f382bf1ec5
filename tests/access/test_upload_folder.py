"""The folder of uploads."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from demo.access.upload_folder import FOLDER_VARIABLE, clear_out, upload_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_of_our_own_and_gone_in_the_end() -> None:
    with upload_folder("127.0.0.1", 7860) as folder:
        (folder / "file").write_text("x")
        assert folder.stat().st_mode & 0o777 == 0o700

    assert not folder.exists()


def test_what_a_killed_process_left_is_gone_at_the_next_start(temporary: Path) -> None:
    left = temporary / "second-opinion-::1-7860-abc".replace(":", "_")
    other = temporary / "second-opinion-__1-7861-abc"
    for folder in (left, other):
        folder.mkdir()
        (folder / "file").write_text("x")

    with upload_folder("::1", 7860):
        assert not left.exists()
        assert other.exists()


def test_a_folder_that_the_host_names_is_taken_as_it_is(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(temporary))
    (temporary / "file").write_text("x")

    with upload_folder("127.0.0.1", 7860) as folder:
        assert folder == temporary

    assert (temporary / "file").exists()


def test_old_files_are_deleted_and_the_others_counted(temporary: Path) -> None:
    for name, age_s in (("old", 3_700), ("new", 100)):
        path = temporary / name / "file"
        path.parent.mkdir()
        path.write_bytes(b"xyz")
        os.utime(path, (time.time() - age_s,) * 2)

    assert clear_out(temporary) == 3
    assert not (temporary / "old" / "file").exists()


def test_a_folder_that_is_not_there_holds_nothing(temporary: Path) -> None:
    assert clear_out(temporary / "none") == 0
