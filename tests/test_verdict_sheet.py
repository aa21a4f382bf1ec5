from hypothesis import given
from hypothesis import strategies as st
from sessions import FLOWERS, judge_all, open_session, rows_of

from demo.desk import ReviewDesk
from demo.report import report, verdicts_csv
from demo.report.verdict_sheet import FORMULA_STARTS, safe_cell
from demo.reviews import Draft, Review


def test_a_row_of_the_csv_holds_everything_that_was_stored(
    desk: ReviewDesk, flower_session: Review
) -> None:
    first = rows_of(report(desk, flower_session, "csv"))[0]
    stored = desk.store.verdicts(flower_session)[0]

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


def test_a_spreadsheet_runs_nothing(desk: ReviewDesk) -> None:
    typed = "=HYPERLINK(1)"
    review, seats = open_session(
        desk, "reviews", [({"text": "@dull", "movie": "+1"}, None)], [typed]
    )
    judge_all(desk, review, seats, lambda *_: Draft("agree", comment="-1+1"))
    row = rows_of(verdicts_csv(desk, review))[0]

    assert (row["text"], row["movie"]) == ("'@dull", "'+1")
    assert (row["reviewer"], row["comment"]) == (f"'{typed}", "'-1+1")


@given(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text()))
def test_a_cell_is_no_formula_and_keeps_its_text(value: object) -> None:
    cell = safe_cell(value)

    if isinstance(value, str):
        assert not str(cell).startswith(FORMULA_STARTS)
        assert cell in (value, f"'{value}")
    else:
        assert cell == ("" if value is None else value)
