"""What a file says of its cases beside their input, from the file to where people see it."""

import pytest
from sessions import PRAISE, SIGNATURE, judge_all, open_session, rows_of, text_of

from demo.files.columns import guess_columns
from demo.files.errors import CaseListError
from demo.files.table import read_table
from demo.render.figures import board_html
from demo.report.report import report
from demo.report.sheets import write_sheet
from demo.sessions.board import board
from demo.sessions.case_context import LONGEST_VALUE, MOST_COLUMNS
from demo.sessions.case_list import CaseList, to_cases
from demo.sessions.model import VerdictInput
from demo.sessions.new_session import NewCase
from demo.sessions.service import SessionService
from models.registry import discover_specs

TWEETS = discover_specs()["tweets"]
FILE = "tweet,author,date,sentiment\nFine.,@anna,1 March,positive\nMeh.,,2 March,\n"
ATTACK = "<img src=x onerror=alert(1)>"


def cases_of(content: str, context: tuple[str, ...] | None = None) -> CaseList:
    table = read_table(content.encode(), "cases.csv")
    return to_cases(table, TWEETS, guess_columns(table, TWEETS), context)


def test_columns_that_hold_no_field_and_no_label_stand_beside_the_cases() -> None:
    assert [case.context for case in cases_of(FILE).cases] == [
        {"author": "@anna", "date": "1 March"},
        {"date": "2 March"},
    ]


@pytest.mark.parametrize(
    ("context", "beside"), [(("date",), {"date": "1 March"}), ((), {}), (None, None)]
)
def test_who_opens_a_session_says_which_of_them(
    context: tuple[str, ...] | None, beside: dict[str, str] | None
) -> None:
    wanted = {"author": "@anna", "date": "1 March"} if beside is None else beside

    assert cases_of(FILE, context).cases[0].context == wanted


def test_a_column_that_is_not_there_and_too_many_of_them_are_refused() -> None:
    with pytest.raises(CaseListError) as caught:
        cases_of(FILE, ("place",))
    assert caught.value.message == (
        "The file has no column 'place'; choose one of: 'tweet', 'author', 'date', 'sentiment'."
    )
    with pytest.raises(CaseListError, match="11 columns came to be shown beside the cases"):
        cases_of(FILE, ("date",) * (MOST_COLUMNS + 1))


def test_a_wide_file_gives_its_first_columns_and_a_long_text_its_beginning() -> None:
    names = [f"note {number}" for number in range(12)]
    values = ["x" * 600, "a\u202eb", *"cdefghijkl"]
    content = "\n".join(",".join(row) for row in (["text", *names], ["Fine.", *values]))

    (case,) = cases_of(content).cases

    assert list(case.context) == names[:MOST_COLUMNS]
    assert case.context["note 0"] == "x" * (LONGEST_VALUE - 1) + "…"
    assert case.context["note 1"] == "ab"


def test_of_two_rows_with_the_same_input_the_first_counts() -> None:
    listed = cases_of("tweet,author\nFine.,@anna\nFine.,@ben\n")

    assert [case.context for case in listed.cases] == [{"author": "@anna"}]
    assert [row.reason for row in listed.rejected] == ["It is the same as line 2."]


def test_what_stands_beside_a_case_is_seen_and_written_safely(service: SessionService) -> None:
    listed = [NewCase(PRAISE, None, {"author": ATTACK, "note": "=1+1\x00", "empty": " "})]
    session, participants = open_session(service, "reviews", listed, ["Anna"])
    judge_all(service, session, participants, lambda *_: VerdictInput("disagree"))
    (case,) = service.queries.cases(session)
    view = service.case_view(participants[0], case.id).describe()
    shown = board_html(board(service, session).describe())
    ended = service.close(session, SIGNATURE)
    page = report(service, ended, "html")
    (row,) = rows_of(report(service, ended, "csv"))

    assert case.context == view["case"]["context"] == {"author": ATTACK, "note": "=1+1"}
    assert (row["context_author"], row["context_note"]) == (ATTACK, "'=1+1")
    assert ATTACK not in shown + page
    assert "<dt>author</dt>" in shown
    assert f"author {ATTACK} note =1+1" in text_of(page)


def test_a_sheet_of_a_report_of_before_has_no_such_columns() -> None:
    entry = {"case": 1, "number": 1, "record": {"text": "Fine."}, "true_label": None}

    sheet = write_sheet("abc", [], [entry | {"verdicts": []}])

    assert "context" not in sheet
