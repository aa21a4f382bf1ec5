import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.files.errors import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, CaseListError
from demo.files.sheet import column_names
from demo.files.table import read_table

ENTRIES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"',;"), max_size=30
)
ROWS = st.lists(st.tuples(ENTRIES, ENTRIES).filter(lambda row: "".join(row).strip()), min_size=1)


def written(rows: list[tuple[str, ...]], delimiter: str = ",") -> str:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=delimiter).writerows(rows)
    return sheet.getvalue()


def read(content: bytes | str, name: str = "cases.csv") -> Any:
    return read_table(content.encode() if isinstance(content, str) else content, name)


def rows_of(content: bytes | str) -> list[list[str]]:
    rows: list[list[str]] = read(content).to_numpy().tolist()
    return rows


def refusal(content: bytes | str, name: str = "cases.csv") -> str:
    with pytest.raises(CaseListError) as caught:
        read(content, name)
    assert caught.value.code == "invalid_cases"
    return caught.value.message


@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_as_csv_is_read_back(
    rows: list[tuple[str, str]], delimiter: str, encoding: str
) -> None:
    content = written([("Text", "Movie"), *rows], delimiter).encode(encoding)

    table = read(content)

    assert table.columns.tolist() == ["Text", "Movie"]
    assert table.to_numpy().tolist() == [list(row) for row in rows]


@given(st.lists(ENTRIES.filter(str.strip), min_size=1))
def test_a_file_with_one_column_is_read_back_whatever_its_texts_hold(texts: list[str]) -> None:
    content = written([("text",), *((text,) for text in texts)])

    assert rows_of(content) == [[text] for text in texts]


def test_one_text_on_each_line_needs_no_quotation_marks() -> None:
    content = 'text\nI came, I saw; I left\n"Great" they said, and it was "great"\n'

    assert rows_of(content) == [
        ["I came, I saw; I left"],
        ['"Great" they said, and it was "great"'],
    ]


def test_quotation_marks_mean_nothing_in_a_file_with_tabs_that_has_odd_ones() -> None:
    content = 'id\ttext\n1\t"Great" they said\n2\t6" of snow\n'

    assert rows_of(content) == [["1", '"Great" they said'], ["2", '6" of snow']]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_encodings_are_read(encoding: str) -> None:
    assert rows_of("text,film\nÜber gut,Amélie\n".encode(encoding)) == [["Über gut", "Amélie"]]


def test_typographic_marks_of_windows_are_read() -> None:
    assert rows_of("text\n“Fine” – really…\n".encode("cp1252")) == [["“Fine” – really…"]]


def test_bytes_that_no_windows_program_writes_are_read() -> None:
    assert rows_of(b"text\ncaf\xe9 \x81 nice\n") == [["café  nice"]]


def test_control_characters_are_left_out() -> None:
    assert rows_of("text,b\nabc\x00def,\x1b[31mred\x07\n") == [["abcdef", "[31mred"]]


def test_the_index_says_where_each_row_begins() -> None:
    table = read('text,n\n\n"two\nlines",1\n\nafter,2\r\nlast,3')

    assert table.index.tolist() == [3, 6, 7]
    assert table["n"].tolist() == ["1", "2", "3"]


def test_a_file_of_measurements_needs_no_header() -> None:
    table = read("5.1,3.5,setosa\n7.0,3.2,versicolor\n", "iris.data")

    assert table.columns.tolist() == ["Column 1", "Column 2", "Column 3"]
    assert table.index.tolist() == [1, 2]


def test_every_column_has_a_name_of_its_own() -> None:
    table = read("text, Text  of\ttweet ,text,text (2),\na,b,c,d,e\n")

    assert table.columns.tolist() == [
        "text",
        "Text of tweet",
        "text (2)",
        "text (2) (2)",
        "Column 5",
    ]


def test_empty_columns_without_a_name_are_left_out_and_short_lines_filled() -> None:
    table = read("text,,n,,\na,,1,,\nb\n")

    assert table.columns.tolist() == ["text", "n"]
    assert table.to_numpy().tolist() == [["a", "1"], ["b", ""]]


@pytest.mark.parametrize("content", ["", " \r\n\t\n", "\ufeff", "\x00\x00"])
def test_an_empty_file_is_refused(content: str) -> None:
    assert refusal(content) == (
        "'cases.csv' is empty; write a header and a case on each line below it."
    )


def test_a_header_alone_is_refused() -> None:
    assert "has a header and nothing below it" in refusal("text,label\n\n , \n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('text,n\nfine,1\n"never closed,2\n', "from line 3 on"),
        ('text,n\n"odd" mark,1\n', "from line 2 on"),
        ("text,n\n" + "a" * 200_000 + ",1\n", "from line 2 on"),
        ("a" * 200_000, "from line 1 on"),
        ("text,n\nfine,1\nan entry, with a comma,2\n", "Line 3 of 'cases.csv' has 3 entries"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(content: str, reason: str) -> None:
    message = refusal(content)

    assert reason in message
    assert "needs quotation marks around it" in message


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n1 0 obj\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8,
        b"\x1f\x8b\x08" + bytes(range(256)) * 8,
        b"\xff\xfea",
        b"\xff\xfe\x00\xd8a\x00",
        b"<!DOCTYPE html><table><tr><td>text</td></tr></table>",
        b'[{"text": "fine"}]',
        b'{\n "text": "fine"}',
        b"PK\x03\x04 is no archive",
    ],
    ids=["pdf", "png", "jpeg", "gzip", "half", "surrogate", "html", "json", "object", "zip"],
)
def test_another_kind_of_file_is_refused_under_any_name(content: bytes) -> None:
    for name in ("cases.csv", "cases.xlsx"):
        assert refusal(content, name).endswith(
            "that can be read; save it as “CSV UTF-8” or as an Excel workbook (.xlsx)."
        )


@pytest.mark.parametrize("name", ["cases.xls", "cases.xlsx", "cases.csv"])
def test_an_old_or_encrypted_excel_file_is_refused_with_what_to_do(name: str) -> None:
    message = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000), name)

    assert "protected by a password; save it without one" in message


def test_the_most_rows_and_columns_are_taken_and_one_more_is_not() -> None:
    assert len(read("text\n" + "a\n" * MOST_ROWS)) == MOST_ROWS
    assert "has more than 20,000 rows" in refusal("text\n" + "a\n" * (MOST_ROWS + 1))

    header = ",".join(f"c{place}" for place in range(MOST_COLUMNS))
    assert read(f"{header}\n1\n").shape == (1, MOST_COLUMNS)
    assert "has 201 columns; at most 200" in refusal(f"{header},more\n1\n")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.touch()
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)

    with pytest.raises(CaseListError, match=r"'large.csv' has 20.0 MB; at most 20 MB are taken"):
        read_table(path, path.name)
    assert "at most 20 MB" in refusal(bytes(LARGEST_FILE + 1))


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("text\nfine\n", "utf-8")

    assert read_table(path, "cases.csv").equals(read_table(str(path), str(path)))


def test_a_file_that_is_gone_is_refused_without_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"

    for missing in (path, tmp_path):
        with pytest.raises(CaseListError) as caught:
            read_table(missing, str(missing))
        assert f"'{missing.name}' cannot be read" in caught.value.message
        assert str(tmp_path) not in caught.value.message


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    for start in (b"", b"text,n\n", b"\xff\xfe", b"PK\x03\x04"):
        try:
            cells = read(start + content).to_numpy().ravel().tolist()
        except CaseListError as error:
            cells = [error.message]
        assert cells
        assert all(isinstance(cell, str) for cell in cells)


def test_a_file_without_a_header_is_taken_however_long_its_first_text() -> None:
    first, second = "good " * 600, "good " * 601
    table = read(f"{first}\nfine\n")

    assert table.columns.tolist() == [("good " * 20).rstrip() + "…"]
    assert read(f"{first},{second}\nfine,bad\n").columns.tolist()[1].endswith("… (2)")


def test_many_columns_of_one_name_are_numbered_quickly() -> None:
    start = time.process_time()

    names = column_names(["same"] * 2_000)

    assert (names[0], names[-1]) == ("same", "same (2000)")
    assert time.process_time() - start < 2
