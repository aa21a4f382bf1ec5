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
from demo.sessions.errors import InvalidSession, SessionOpen
from demo.sessions.model import Session, VerdictInput
from demo.sessions.service import SessionService
from models.spec import Prediction


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_session_has_no_report(service: SessionService, kind: str) -> None:
    session, _ = open_session(service, "reviews", [(PRAISE, None)], NAMES)
    standing = service.session("open-feedback-reviews")

    for each, said in ((session, "The facilitator closes"), (standing, "export its verdicts")):
        with pytest.raises(SessionOpen, match=said):
            report(service, each, kind)
        assert service.store.sessions.report(each, kind) is None


def test_there_is_no_other_kind_of_report(service: SessionService, film_session: Session) -> None:
    with pytest.raises(InvalidSession, match="html, json, csv"):
        report(service, film_session, "pdf")


def test_page_json_and_csv_agree_with_the_rows(
    service: SessionService, flower_session: Session
) -> None:
    document = document_of(service, flower_session)
    rows = rows_of(report(service, flower_session, "csv"))
    stored = service.store.verdicts.verdicts(flower_session)
    names = {one.id: one.name for one in service.store.sessions.reviewers(flower_session)}

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
            *(one.verdict_input.verdict, one.verdict_input.label, one.verdict_input.blind_label),
        )
        for one in stored
    ]
    counted = Counter(row["verdict"] for row in rows)
    assert document["figures"]["verdicts"] == {"agree": 8, "disagree": 1, "cannot_tell": 0}
    assert counted == {"agree": 8, "disagree": 1}
    assert "8 of 9 verdicts" in text_of(report(service, flower_session, "html"))


def test_a_report_is_made_once(service: SessionService, film_session: Session) -> None:
    made = {kind: report(service, film_session, kind) for kind in KINDS}

    assert made == {kind: service.store.sessions.report(film_session, kind) for kind in KINDS}
    assert made == {kind: report(service, film_session, kind) for kind in KINDS}


def test_a_stored_report_stays_whatever_would_be_made_now(
    service: SessionService, film_session: Session
) -> None:
    kept = service.store.sessions.keep_report(film_session, "html", "made by an earlier template")

    assert report(service, film_session, "html") == kept


def test_a_report_stays_when_the_model_changes(
    service: SessionService, film_session: Session
) -> None:
    made = {kind: report(service, film_session, kind) for kind in KINDS}
    for other in (
        Elsewhere(service).with_another_version("reviews"),
        Elsewhere(service).with_models({"iris": service.catalogue["iris"]}),
    ):
        assert {kind: report(other, film_session, kind) for kind in KINDS} == made


def test_a_page_that_was_not_stored_in_time_is_made_of_the_stored_document(
    service: SessionService, film_session: Session
) -> None:
    report(service, film_session, "json")
    page = report(Elsewhere(service).with_another_version("reviews"), film_session, "html")

    assert re.search(r"<b class=p3>wonderful", page)
    assert "Another version's reasons" not in text_of(page)


def test_all_who_ask_at_once_get_the_same(service: SessionService, film_session: Session) -> None:
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: report(service, film_session, "html"), range(4)))

    assert set(pages) == {service.store.sessions.report(film_session, "html")}


def test_verdicts_can_be_had_while_the_session_is_open(service: SessionService) -> None:
    session, participants = open_session(service, "reviews", [(PRAISE, "positive")], NAMES)
    judge_all(service, session, participants[:2])

    assert [row["reviewer"] for row in rows_of(verdicts_csv(service, session))] == ["Anna", "Björn"]
    (entry,) = json.loads(verdicts_json(service, session))["cases"]
    assert [said["verdict"] for said in entry["verdicts"]] == ["agree", "agree"]
    assert service.store.sessions.report(session, "csv") is None


@pytest.mark.parametrize("kind", ["html", "json"])
def test_a_report_can_be_verified(
    service: SessionService, film_session: Session, kind: str
) -> None:
    made = report(service, film_session, kind)
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


def test_five_hundred_cases_with_ten_reviewers_stay_small(service: SessionService) -> None:
    words = [
        word
        for part in service.catalogue["reviews"].metadata["strongest_features"].values()
        for word in part
    ]
    texts = [
        " ".join(words[(7 * place + 3 * n) % len(words)] + " the film" for n in range(75))
        for place in range(500)
    ]
    listed = [({"text": f"{place} {text}", "movie": ""}, None) for place, text in enumerate(texts)]
    names = [f"Reviewer with a long name {number}" for number in range(10)]
    session, participants = open_session(service, "reviews", listed, names)

    def say(prediction: Prediction, case: int, reviewer: int) -> VerdictInput:
        if (case + reviewer) % 10 < 7:
            return VerdictInput("agree", prediction.label)
        return VerdictInput(
            "disagree", "other", comment="I would not say so: it is meant the other way."
        )

    judge_at_once(service, session, participants, say)
    ended = service.close(session, SIGNATURE)
    page = report(service, ended, "html")

    assert page.count("<article") == 500
    assert page.count("it is meant the other way") == 1500
    assert len(page.encode()) < LARGEST_BYTES
