from pathlib import Path

import pytest

from models.training.artefacts import NotWritten, as_json, make_folder, write_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_replace_what_was_there_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    write_files(tmp_path / "new" / "iris", {"a.joblib": b"old", "b.json": b"old"})
    write_files(tmp_path / "new" / "iris", {"a.joblib": b"new"})

    assert contents(tmp_path / "new" / "iris") == {"a.joblib": b"new", "b.json": b"old"}


def test_if_one_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.joblib": b"old", "b.json": b"old"})
    too_long = "b" * 300

    with pytest.raises(NotWritten, match=r"cannot be written to .File name too long"):
        write_files(tmp_path, {"a.joblib": b"new", too_long: b"new"})

    assert contents(tmp_path) == {"a.joblib": b"old", "b.json": b"old"}


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "iris").write_text("")

    with pytest.raises(NotWritten, match="choose another --folder or make room"):
        make_folder(tmp_path / "iris" / "challenger")


def test_json_is_readable_and_ends_with_a_line_break() -> None:
    assert as_json({"title": "Amélie"}) == '{\n "title": "Amélie"\n}\n'.encode()
