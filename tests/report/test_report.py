import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sessions import (
    NAMES,
    PRAISE,
    SIGNATURE,
    Elsewhere,
    document_of,
    judge_all,
    judge_at_once,
    open_session,
    rows_of,
    text_of,
)

from demo.report.page import LARGEST_BYTES
from demo.report.report import KINDS, report, verdicts_csv, verdicts_json, verify_report
from demo.sessions.errors import InvalidReview, ReviewOpen
from demo.sessions.model import Draft, Review
from demo.sessions.service import ReviewDesk
from models.spec import Prediction


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_session_has_no_report(desk: ReviewDesk, kind: str) -> None:
    review, _ = open_session(desk, "reviews", [(PRAISE, None)], NAMES)
    standing = desk.review("open-feedback-reviews")

    for session, said in ((review, "The facilitator closes"), (standing, "export its verdicts")):
        with pytest.raises(ReviewOpen, match=said):
            report(desk, session, kind)
        assert desk.store.report(session, kind) is None


def test_there_is_no_other_kind_of_report(desk: ReviewDesk, film_session: Review) -> None:
    with pytest.raises(InvalidReview, match="html, json, csv"):
        report(desk, film_session, "pdf")


def test_page_json_and_csv_agree_with_the_rows(desk: ReviewDesk, flower_session: Review) -> None:
    document = document_of(desk, flower_session)
    rows = rows_of(report(desk, flower_session, "csv"))
    stored = desk.store.verdicts(flower_session)
    names = {one.id: one.name for one in desk.store.reviewers(flower_session)}

    assert len(stored) == len(rows) == 9
    in_document = [
        (entry["case"], said["reviewer"], said["verdict"], said["label"], said["first_label"])
        for entry in document["cases"]
        for said in entry["verdicts"]
    ]
    in_rows = [
        (int(row["case"]), *(row[name] for name in ("reviewer", "verdict", "label", "first_label")))
        for row in rows
    ]
    assert in_document == in_rows
    assert in_rows == [
        (
            *(one.case_id, names[one.reviewer_id]),
            *(one.draft.verdict, one.draft.label, one.draft.blind_label),
        )
        for one in stored
    ]
    counted = Counter(row["verdict"] for row in rows)
    assert document["figures"]["verdicts"] == {"agree": 8, "disagree": 1, "cannot_tell": 0}
    assert counted == {"agree": 8, "disagree": 1}
    assert "8 of 9 verdicts" in text_of(report(desk, flower_session, "html"))


def test_a_report_is_made_once(desk: ReviewDesk, film_session: Review) -> None:
    made = {kind: report(desk, film_session, kind) for kind in KINDS}

    assert made == {kind: desk.store.report(film_session, kind) for kind in KINDS}
    assert made == {kind: report(desk, film_session, kind) for kind in KINDS}


def test_a_stored_report_stays_whatever_would_be_made_now(
    desk: ReviewDesk, film_session: Review
) -> None:
    kept = desk.store.keep_report(film_session, "html", "made by an earlier template")

    assert report(desk, film_session, "html") == kept


def test_a_report_stays_when_the_model_changes(desk: ReviewDesk, film_session: Review) -> None:
    made = {kind: report(desk, film_session, kind) for kind in KINDS}
    for other in (
        Elsewhere(desk).with_another_version("reviews"),
        Elsewhere(desk).with_models({"iris": desk.shelf["iris"]}),
    ):
        assert {kind: report(other, film_session, kind) for kind in KINDS} == made


def test_a_page_that_was_not_stored_in_time_is_made_of_the_stored_document(
    desk: ReviewDesk, film_session: Review
) -> None:
    report(desk, film_session, "json")
    page = report(Elsewhere(desk).with_another_version("reviews"), film_session, "html")

    assert re.search(r"<b class=p3>wonderful", page)
    assert "Another version's reasons" not in page


def test_all_who_ask_at_once_get_the_same(desk: ReviewDesk, film_session: Review) -> None:
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: report(desk, film_session, "html"), range(4)))

    assert set(pages) == {desk.store.report(film_session, "html")}


def test_verdicts_can_be_had_while_the_session_is_open(desk: ReviewDesk) -> None:
    review, seats = open_session(desk, "reviews", [(PRAISE, "positive")], NAMES)
    judge_all(desk, review, seats[:2])

    assert [row["reviewer"] for row in rows_of(verdicts_csv(desk, review))] == ["Anna", "Björn"]
    (entry,) = json.loads(verdicts_json(desk, review))["cases"]
    assert [said["verdict"] for said in entry["verdicts"]] == ["agree", "agree"]
    assert desk.store.report(review, "csv") is None


@pytest.mark.parametrize("kind", ["html", "json"])
def test_a_report_can_be_verified(desk: ReviewDesk, film_session: Review, kind: str) -> None:
    made = report(desk, film_session, kind)
    found = verify_report(made.encode())

    assert found.unchanged
    assert found.code == film_session.code
    assert made.count(found.sha256) == (2 if kind == "html" else 1)
    for changed in (
        made.replace("Anna Berger", "Anna Burger"),
        made.replace("\n", "\r\n"),
        made.replace("83", "84"),
        made[:-1],
        made + " ",
    ):
        assert changed != made
        assert not verify_report(changed.encode()).unchanged


def test_five_hundred_cases_with_ten_reviewers_stay_small(desk: ReviewDesk) -> None:
    words = [
        word
        for part in desk.shelf["reviews"].metadata["strongest_features"].values()
        for word in part
    ]
    texts = [
        " ".join(words[(7 * place + 3 * n) % len(words)] + " the film" for n in range(75))
        for place in range(500)
    ]
    listed = [({"text": f"{place} {text}", "movie": ""}, None) for place, text in enumerate(texts)]
    names = [f"Reviewer with a long name {number}" for number in range(10)]
    review, seats = open_session(desk, "reviews", listed, names)

    def say(prediction: Prediction, case: int, reviewer: int) -> Draft:
        if (case + reviewer) % 10 < 7:
            return Draft("agree", prediction.label)
        return Draft("disagree", "other", comment="I would not say so: it is meant the other way.")

    judge_at_once(desk, review, seats, say)
    ended = desk.close(review, SIGNATURE)
    page = report(desk, ended, "html")

    assert page.count("<article") == 500
    assert page.count("it is meant the other way") == 1500
    assert len(page.encode()) < LARGEST_BYTES
