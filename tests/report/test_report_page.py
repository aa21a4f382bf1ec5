import re

import pytest
from sessions import (
    FLOWERS,
    NAMES,
    PRAISE,
    SIGNATURE,
    WARNING,
    Elsewhere,
    document_of,
    judge_all,
    open_session,
    rows_of,
    text_of,
)

from demo.render.figures import CSS as FIGURES_CSS
from demo.report.page import LARGEST_BYTES, write_page
from demo.report.report import report
from demo.sessions.model import NONE_OF_THESE, Session, Signature, VerdictInput
from demo.sessions.service import SessionService
from demo.ui.page import CSS


def test_the_page_says_what_was_decided_and_judged(
    service: SessionService, film_session: Session
) -> None:
    said = text_of(report(service, film_session, "html"))

    for part in (
        "May it sort our mail?",
        "Approved",
        "It was right often enough.",
        "Signed by Anna Berger",
        film_session.code,
        film_session.model_sha256,
        "Large Movie Review Dataset v1.0, training half (25,000 rows)",
        "92.4 % accuracy",
        "2 cases from a list; all of them judged.",
        "the model was right in 1 of 1",
        "People agreed with the model in 5 of 6 verdicts: 83 %",
        "likely between 44 % and 97 %",
        "Counting each case once, most people agreed with the model on 2 of 2 cases",
        "Disagree: negative 1",
        "Anna: The ending decides.",
        "Movie Alien (1979)",
        "Krippendorff's alpha",
    ):
        assert part in said
    for name in NAMES:
        assert name in said


def test_the_reasons_of_another_version_are_not_shown(
    service: SessionService, film_session: Session
) -> None:
    other = Elsewhere(service).with_another_version("reviews")
    page, said = report(other, film_session, "html"), text_of(report(other, film_session, "html"))

    assert "this app ran abababababab. Another version's reasons" in said
    assert "the app did not run this version of the model" in said
    assert "<b class=p" not in page
    assert "92.4" not in said
    assert "Disagree: negative 1" in said
    assert PRAISE["text"] in said


def test_a_session_outlives_its_model(service: SessionService, flower_session: Session) -> None:
    gone = Elsewhere(service).with_models({"reviews": service.catalogue["reviews"]})
    said = text_of(report(gone, flower_session, "html"))

    assert "this app did not run this model" in said
    assert "sepal_length 5" in said
    assert "8 of 9 verdicts" in said
    assert rows_of(report(gone, flower_session, "csv"))[0]["sepal_length"] == "5.0"


def test_the_disputed_cases_are_told_and_explained(
    service: SessionService, film_session: Session
) -> None:
    document, page = document_of(service, film_session), report(service, film_session, "html")
    first, second = document["cases"]

    assert document["disputed"] == [first["case"]]
    assert first["explanation"]["toward"] == "positive"
    assert "explanation" not in second
    assert page.count("<article") == 1
    assert re.search(r"<b class=p3>wonderful</b>", page)
    assert re.search(r"<b class=n\d>dull</b>", page)
    shown = re.search(r'<p class="text"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert shown
    assert re.sub("<[^>]+>", "", shown[1]) == PRAISE["text"]


def test_measurements_are_explained_by_bars(
    service: SessionService, flower_session: Session
) -> None:
    page = report(service, flower_session, "html")

    assert page.count('<table class="contributions">') == 1
    assert "Petal length 1.5 cm" in text_of(page)


def test_what_people_said_before_they_saw_the_answer_is_told(
    service: SessionService, flower_session: Session
) -> None:
    said = text_of(report(service, flower_session, "html"))

    assert "Blind: everyone gave a label of their own" in said
    assert "9 of 9 first labels agreed with the model" in said
    assert "Anna first: setosa: The ending decides." in said


@pytest.mark.parametrize("decision", ["approve", "approve_with_conditions", "reject"])
def test_a_session_without_a_verdict_has_a_report(service: SessionService, decision: str) -> None:
    session, _ = open_session(service, "tweets", [], [])
    ended = service.close(session, Signature(decision, "Nobody came.", ("Anna", "Björn")))
    said = text_of(report(service, ended, "html"))

    assert "Nobody has given a verdict" in said
    assert "There were no cases." in said
    assert rows_of(report(service, ended, "csv")) == []


def test_what_was_begun_and_what_nobody_could_tell_is_no_judgement(service: SessionService) -> None:
    listed = [(flower, None) for flower in FLOWERS]
    session, participants = open_session(service, "iris", listed, NAMES[:2], blind=True)
    cases = service.store.verdicts.cases(session)
    service.judge(participants[0], cases[0].id, VerdictInput(blind_label="cannot_tell"))
    service.judge(
        participants[1], cases[1].id, VerdictInput("cannot_tell", blind_label="cannot_tell")
    )
    ended = service.close(session, SIGNATURE)
    document, said = document_of(service, ended), text_of(report(service, ended, "html"))

    assert document["figures"]["verdicts"] == {"agree": 0, "disagree": 0, "cannot_tell": 1}
    assert document["data"]["judged"] == 1
    assert "In no verdict could anybody tell" in said
    assert [row["verdict"] for row in rows_of(report(service, ended, "csv"))] == ["", "cannot_tell"]


def test_that_no_label_fits_is_said_in_words(service: SessionService) -> None:
    listed = [(FLOWERS[0], "setosa"), (FLOWERS[1], None)]
    session, participants = open_session(service, "iris", listed, NAMES[:2], blind=True)
    none = VerdictInput("disagree", NONE_OF_THESE, NONE_OF_THESE)
    judge_all(service, session, participants, lambda *_: none)
    ended = service.close(session, SIGNATURE)
    document, page = document_of(service, ended), report(service, ended, "html")
    said = text_of(page)

    assert document["data"]["people_right"]["right"] == 0
    assert document["figures"]["confusion"] == [[0, 0, 0]] * 3 + [[2, 2, 0]]
    assert "Disagree: none of these 2" in said
    assert "Most people: none of these" in said
    assert "none of these 2 2 0" in said
    assert NONE_OF_THESE not in page
    assert {row["label"] for row in rows_of(report(service, ended, "csv"))} == {NONE_OF_THESE}


def test_a_report_of_before_there_were_such_labels_still_makes_its_page(
    service: SessionService, flower_session: Session
) -> None:
    document = document_of(service, flower_session)
    del document["figures"]["labels"]

    assert "people ↓ model → setosa versicolor virginica" in text_of(write_page(document))


def test_inputs_of_the_open_floor_name_who_tried_them(service: SessionService) -> None:
    session, participants = open_session(service, "reviews", [(WARNING, None)], NAMES)
    case = service.try_case(participants[1], PRAISE)
    service.judge(participants[1], case.id, VerdictInput("disagree", comment="Mixed."))
    ended = service.close(session, SIGNATURE)
    said = text_of(report(service, ended, "html"))

    assert "1 from a list and 1 tried by reviewers on the open floor; 1 of them judged" in said
    assert "tried by Björn" in said


def test_a_page_that_would_be_too_large_is_shortened_and_says_so(
    service: SessionService, film_session: Session
) -> None:
    document = document_of(service, film_session)
    disputed = document["cases"][0]
    disputed["record"]["text"] += " And so on." * 1_000
    disputed["verdicts"][0]["comment"] = "At length. " * 300
    many = [disputed | {"case": place, "number": place + 1} for place in range(200)]
    large = document | {"cases": many, "disputed": list(range(200))}
    page = write_page(large)
    said = text_of(page)

    assert len(page.encode()) <= LARGEST_BYTES
    assert page.count("<article") == 200
    assert "texts are cut to 3,000 characters and comments to 1,000" in said
    assert len(write_page(document)) < LARGEST_BYTES / 20
    assert "texts are cut" not in text_of(write_page(document))


def test_the_page_looks_like_the_app_where_they_show_the_same(
    service: SessionService, film_session: Session
) -> None:
    figures = FIGURES_CSS.read_text("utf-8")

    assert figures in report(service, film_session, "html")
    assert CSS.startswith(figures)
