import io
import time
import zipfile
from datetime import date
from typing import Any

import openpyxl  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import as_excel_writes

from demo.files.errors import MOST_COLUMNS, MOST_ROWS, CaseListError
from demo.files.excel_file import MOST_ELEMENTS, check_unpacked
from demo.files.table import read_table

# What XML cannot hold is left out.
ENTRIES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t\"',;=<&"),
    max_size=30,
)
ROWS = st.lists(st.tuples(ENTRIES, ENTRIES).filter(lambda row: "".join(row).strip()), min_size=1)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    """Return a workbook with these rows on its first sheet and others on its second."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(place, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # else a text with "=" in front is a formula
    book.create_sheet("Notes").append(["not", "read"])
    book.save(content)
    return content.getvalue()


def read(content: bytes) -> Any:
    return read_table(content, "cases.xlsx")


def refusal(content: bytes) -> str:
    with pytest.raises(CaseListError) as caught:
        read(content)
    return caught.value.message


@given(ROWS)
def test_what_was_written_to_a_workbook_is_read_back(rows: list[tuple[str, str]]) -> None:
    table = read(workbook(("Text", "Movie"), *rows))

    assert table.columns.tolist() == ["Text", "Movie"]
    assert table.to_numpy().tolist() == [list(row) for row in rows]


def test_an_excel_file_with_another_name_is_read_all_the_same() -> None:
    table = read_table(workbook(("text",), ("fine",)), "cases.csv")

    assert table["text"].tolist() == ["fine"]


def test_cells_of_any_kind_are_texts() -> None:
    row = ("a", 5.1, 7, 5.0, True, date(2026, 3, 1), None, "#N/A", "z")
    header = tuple("abcdefghi")

    table = read(workbook(header, row))

    assert table.iloc[0].tolist() == [
        *("a", "5.1", "7", "5", "True"),
        *("2026-03-01 00:00:00", "", "", "z"),
    ]


def test_a_workbook_of_excel_itself_is_read() -> None:
    strings = "<si><t>text</t></si><si><t>two_x000D_\nlines</t></si><si><r><t>in </t></r><r><t>parts</t></r></si>"
    cells = (
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>n</t></is></c></row>'
        '<row r="4"><c r="B4" t="s"><v>1</v></c><c r="C4"><v>5.0999999999999996</v></c></row>'
        '<row r="5"><c r="B5" t="s"><v>2</v></c><c r="C5"><f>1+1</f><v>2</v></c></row>'
        '<row r="6"><c r="B6" t="e"><v>#REF!</v></c><c r="C6"><f>A1</f></c></row>'
    )

    table = read(as_excel_writes(cells, strings))

    assert table.columns.tolist() == ["text", "n"]
    assert table.to_numpy().tolist() == [["two\nlines", "5.1"], ["in parts", "2"]]
    assert table.index.tolist() == [4, 5]


def test_a_column_without_a_name_is_named_by_its_place() -> None:
    table = read(workbook((None, "text"), (0, "fine", "beside"), (1, "bad")))

    assert table.columns.tolist() == ["Column 1", "text", "Column 3"]
    assert table["Column 3"].tolist() == ["beside", ""]


def test_a_workbook_without_cases_is_refused() -> None:
    assert "is empty; write a header" in refusal(workbook())
    assert "has a header and nothing below it" in refusal(workbook(("text", "label"), ("  ",)))


def test_more_rows_or_columns_than_are_taken_are_refused() -> None:
    rows = '<row><c t="inlineStr"><is><t>a</t></is></c></row>' * (MOST_ROWS + 2)
    wide = tuple(f"c{place}" for place in range(MOST_COLUMNS + 1))

    assert "has more than 20,000 rows" in refusal(as_excel_writes(rows))
    assert "at most 200 are taken" in refusal(workbook(wide, (1,)))


def test_a_row_far_below_costs_nothing() -> None:
    cell = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>fine</t></is></c></row>'

    table = read(as_excel_writes(cell.format(1) + cell.format(3) + cell.format(10**12)))

    assert table.index.tolist() == [3]


def test_a_small_file_that_unpacks_to_very_much_is_refused() -> None:
    many, large = as_excel_writes("<row/>" * (MOST_ELEMENTS + 1)), io.BytesIO()
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(100_000_001))

    assert len(many) < 100_000
    assert "has too many cells" in refusal(many)
    assert "unpacked, has 100.0 MB; at most 100 MB" in refusal(large.getvalue())


def test_an_archive_of_something_else_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    assert refusal(content.getvalue()) == (
        "'cases.xlsx' is no Excel workbook that can be read; "
        "save it as “CSV UTF-8” or as an Excel workbook (.xlsx)."
    )


SOUND = workbook(("text", "n"), ("fine", 1.5), ("bad", 2))


@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=20), st.booleans())
def test_a_damaged_workbook_is_read_or_refused(place: int, damage: bytes, cut: bool) -> None:
    rest = b"" if cut else SOUND[place + len(damage) :]
    content = SOUND[:place] + damage + rest

    try:
        cells = read(content).to_numpy().ravel().tolist()
    except CaseListError as error:
        cells = [error.message]
    assert cells
    assert all(isinstance(cell, str) for cell in cells)


def test_as_many_cells_as_a_list_may_have_are_taken() -> None:
    n_rows, n_columns = MOST_ROWS + 1, 10
    cells = "<c t='s'><v>0</v></c>" * n_columns
    texts = "".join(f"<si><t>{place}</t></si>" for place in range(n_rows * n_columns))

    check_unpacked("cases.xlsx", as_excel_writes(f"<row>{cells}</row>" * n_rows, texts))


@pytest.mark.parametrize("cell", ["<c/>", "<row/>", "<c r='A1'></c>"])
def test_empty_elements_are_counted_like_others(cell: str) -> None:
    content = as_excel_writes(cell * (MOST_ELEMENTS + 1))

    with pytest.raises(CaseListError, match="has too many cells"):
        check_unpacked("cases.xlsx", content)


def test_one_long_text_in_every_cell_is_refused() -> None:
    cells = "<c t='s'><v>0</v></c>" * 10
    content = as_excel_writes(f"<row>{cells}</row>" * 60, f"<si><t>{'a' * 100_000}</t></si>")

    assert "has too many cells" in refusal(content)


def test_a_cell_far_to_the_right_costs_no_more_than_another() -> None:
    content = as_excel_writes("<row><c r='XFD1'/></row>" * 20_000)
    start = time.process_time()

    assert "is empty" in refusal(content)
    assert time.process_time() - start < 5
