import csv
import io
import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from sessions import FLOWERS, judge_all, open_session, rows_of

from demo.report.document import Entry
from demo.report.report import report, verdicts_csv
from demo.report.sheets import FORMULA_STARTS, MEASURED, SAID, safe_cell, write_sheet
from demo.sessions.model import Session, VerdictInput
from demo.sessions.service import SessionService
from demo.sessions.text import clean_line, clean_text


def test_a_row_of_the_csv_holds_everything_that_was_stored(
    service: SessionService, flower_session: Session
) -> None:
    first = rows_of(report(service, flower_session, "csv"))[0]
    stored = service.store.verdicts.verdicts(flower_session)[0]

    assert first == {
        "session": flower_session.code,
        "case": str(stored.case_id),
        "position": "1",
        **{name: str(value) for name, value in FLOWERS[0].items()},
        "true_label": "setosa",
        "predicted": "setosa",
        **{f"probability_{name}": str(p) for name, p in stored.answered.probabilities.items()},
        "reviewer": "Anna",
        "verdict": "disagree",
        "label": "versicolor",
        "first_label": "setosa",
        "comment": "The ending decides.",
        "model_sha256": flower_session.model_sha256,
        "latency_ms": str(stored.answered.latency_ms),
        "created_at": stored.created_at,
        "changed_at": stored.changed_at,
    }


def test_a_spreadsheet_runs_nothing(service: SessionService) -> None:
    typed = "=HYPERLINK(1)"
    session, participants = open_session(
        service, "reviews", [({"text": "@dull", "movie": "+1"}, None)], [typed]
    )
    judge_all(service, session, participants, lambda *_: VerdictInput("agree", comment="-1+1"))
    row = rows_of(verdicts_csv(service, session))[0]

    assert (row["text"], row["movie"]) == ("'@dull", "'+1")
    assert (row["reviewer"], row["comment"]) == (f"'{typed}", "'-1+1")


@given(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text()))
def test_a_cell_is_no_formula_and_keeps_its_text(value: object) -> None:
    cell = safe_cell(value)

    if isinstance(value, str):
        assert not str(cell).startswith(FORMULA_STARTS)
        assert not str(cell).lstrip().startswith(FORMULA_STARTS)
        assert "\r" not in str(cell)
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        assert cell in (text, f"'{text}")
    else:
        assert cell == ("" if value is None else value)


FORMULAS = [
    f"{start}{sign}cmd" for start in ("", " ", "\u3000", "\r", "x\r") for sign in "=+-@\t＝＋－＠"
]
TYPED = st.lists(
    st.sampled_from(
        [*FORMULAS, "\r", "\n", "\r\n", '"', '""', ",", ";", "'", "=", "a", " ", "\u2028"]
    )
    | st.characters(exclude_categories=["Cs", "Cc"])
).map("".join)


def entry(text: str, comment: str, name: str) -> Entry:
    said = dict.fromkeys((*SAID, *MEASURED), "x") | {"reviewer": name, "comment": comment}
    verdict = said | {"predicted": "negative", "probabilities": {"negative": 1.0}}
    record = {"text": text, "movie": text[::-1]}
    return {"case": 1, "number": 1, "record": record, "true_label": None, "verdicts": [verdict] * 2}


def rows_as_spreadsheets_see(sheet: str) -> int:
    """Count the rows that have an end: any line break outside of quotation marks is one."""
    outside = "".join(sheet.split('"')[::2])
    return len(re.findall(r"\r\n|\r|\n", outside))


@given(TYPED, TYPED, TYPED)
def test_whatever_is_typed_makes_no_row_and_no_formula(text: str, comment: str, name: str) -> None:
    typed = entry(text, clean_text(comment, "comment"), clean_line(name, "name"))

    sheet = write_sheet("abc", ["negative"], [typed, typed])

    rows = list(csv.reader(io.StringIO(sheet, newline="")))
    assert len(rows) == 1 + 4
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA_STARTS)]
    assert rows_as_spreadsheets_see(sheet) == 1 + 4
    assert len(pd.read_csv(io.StringIO(sheet))) == 4


def test_what_was_stored_with_a_carriage_return_stays_in_its_row() -> None:
    sheet = write_sheet(
        "abc", ["negative"], [entry("nice\r=cmd|' /C calc'!A0", "so\r=1+1", "Anna")]
    )

    assert rows_as_spreadsheets_see(sheet) == 1 + 2
    assert [row["comment"] for row in csv.DictReader(io.StringIO(sheet, newline=""))] == [
        "so\n=1+1"
    ] * 2
