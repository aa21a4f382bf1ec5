from pathlib import Path

import pytest

from models.csv_sheet import InvalidSheet, as_text, read_content, read_lines


def lines_of(content: bytes) -> list[tuple[str, list[str]]]:
    return list(read_lines("cases.csv", as_text("cases.csv", content)))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbftext,label\r\nIt slaps.,positive\r\n",
        b"text;label\r\nIt slaps.;positive\r\n",
        b"text\tlabel\nIt slaps.\tpositive\n",
        b"text,label\rIt slaps.,positive\r",
        b"text,label\nIt slaps.,positive,,",
        b'"text","label"\n"It slaps.","positive"',
    ],
)
def test_a_file_may_look_as_spreadsheets_and_people_write_it(content: bytes) -> None:
    assert lines_of(content) == [
        ("cases.csv, line 1", ["text", "label"]),
        ("cases.csv, line 2", ["It slaps.", "positive"]),
    ]


def test_lines_without_any_entry_are_passed_over_and_counted() -> None:
    found = lines_of(b"\n,\ntext,label\n\nIt slaps.,positive\n ,\t\n\n")

    assert [place for place, _ in found] == ["cases.csv, line 3", "cases.csv, line 5"]


def test_the_place_of_an_entry_with_line_breaks_is_where_it_begins() -> None:
    found = lines_of(b'text,label\n"Two\nlines.",a\n\n"Three\nmore\nlines.",b\n')

    assert found[1:] == [
        ("cases.csv, line 2", ["Two\nlines.", "a"]),
        ("cases.csv, line 5", ["Three\nmore\nlines.", "b"]),
    ]


@pytest.mark.parametrize("entries", ["1", "1,2,3", ",,3"])
def test_a_line_needs_as_many_entries_as_the_header(entries: str) -> None:
    with pytest.raises(InvalidSheet, match=r"^cases.csv, line 3 has \d entries, but the header"):
        lines_of(f"a,b\n1,2\n{entries}\n".encode())


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for place, reason in ((tmp_path / "none.csv", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(InvalidSheet, match=f"cannot be read \\({reason}"):
            read_content(place)
