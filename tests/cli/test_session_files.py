"""What the command line writes of review sessions: reports, verdicts, corrections."""

import csv
import io
import json
from pathlib import Path

import pytest
from commanding import DECIDE, TEXTS, Refused, Run, judge_session, open_session
from sessions import Elsewhere

from demo.main import build_service
from demo.report.report import report
from demo.sessions.model import NONE_OF_THESE, Plan, VerdictInput
from demo.sessions.service import SessionService
from demo.settings import Settings
from models.registry import ModelCatalogue
from models.training.corrections import read_corrections


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_session_is_closed_and_its_report_written_and_verified(
    run: Run, service: SessionService, tmp_path: Path
) -> None:
    session, page = judge_session(service), tmp_path / "report.html"

    run("close", session.code, *DECIDE, "--signed-by", "Anna", "--signed-by", "Ben")
    run("report", session.code, "--output", page)

    closed = service.session(session.code)
    assert closed.signature
    assert closed.signature.decision == "approve_with_conditions"
    assert closed.signature.signed_by == ("Anna", "Ben")
    assert page.read_bytes() == service.store.sessions.report(closed, "html").encode()  # type: ignore[union-attr]
    assert session.code in run("verify", page).stdout


@pytest.mark.parametrize("kind", ["html", "json", "csv"])
def test_a_report_is_printed_as_it_is_stored(run: Run, service: SessionService, kind: str) -> None:
    session = judge_session(service)
    run("close", session.code, *DECIDE, "--signed-by", "Anna")

    printed = run("report", session.code, "--format", kind).stdout_bytes

    stored = service.store.sessions.report(service.session(session.code), kind)
    assert stored
    assert printed == stored.encode()


def test_a_session_closed_here_keeps_the_reasons_of_the_model_that_was_judged(
    run: Run, service: SessionService
) -> None:
    session = judge_session(service)

    run("close", session.code, *DECIDE, "--signed-by", "Anna")

    later = Elsewhere(service).with_another_version("reviews")
    closed = later.session(session.code)
    frozen = {kind: service.store.sessions.report(closed, kind) for kind in ("json", "html")}
    assert frozen == {kind: report(later, closed, kind) for kind in frozen}
    document = json.loads(report(later, closed, "json"))
    assert document["unexplained"] == ""
    assert any(entry.get("explanation") for entry in document["cases"])


def test_a_report_that_was_changed_is_found_out(
    run: Run, refused: Refused, service: SessionService, tmp_path: Path
) -> None:
    session, page = judge_session(service), tmp_path / "report.html"
    run("close", session.code, *DECIDE, "--signed-by", "Anna")
    run("report", session.code, "--output", page)
    page.write_bytes(page.read_bytes().replace(b"Mostly right", b"Always right"))

    assert refused("verify", page).startswith("Changed")


def test_a_report_that_was_sealed_anew_is_found_out_by_the_database(
    run: Run, refused: Refused, service: SessionService, tmp_path: Path
) -> None:
    from demo.report.seal import SLOT, ZEROS, seal

    session, page = judge_session(service), tmp_path / "report.html"
    run("close", session.code, *DECIDE, "--signed-by", "Anna")
    run("report", session.code, "--output", page)
    forged = page.read_text("utf-8").replace("Mostly right", "Always right")
    page.write_bytes(seal(SLOT.sub(rf"\g<1>{ZEROS}", forged)).encode())

    assert "sealed this one anew" in refused("verify", page)


def test_a_report_of_another_database_cannot_be_told(
    refused: Refused, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    from demo.sessions.model import check_signature

    other = build_service(catalogue, Settings(database_url=f"sqlite:///{tmp_path}/other.db"))
    closed = other.close(judge_session(other), check_signature("reject", "No.", ["Anna"]))
    page = tmp_path / "report.json"
    page.write_bytes(report(other, closed, "json").encode())
    other.leave()

    assert "this database has no report" in refused("verify", page)


def test_every_verdict_of_an_open_session_is_exported(run: Run, service: SessionService) -> None:
    session = judge_session(service)

    rows = rows_of(run("export", session.code).stdout)

    assert len(rows) == 9
    assert {row["reviewer"] for row in rows} == {"Anna", "Ben", "[b]Cem[/b]"}
    comments = {row["comment"] for row in rows if row["text"] == TEXTS[1]}
    assert comments == {"'=1+1"}


def test_corrections_are_what_most_reviewers_say_against_the_model(
    run: Run, service: SessionService, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    session, path = judge_session(service), tmp_path / "corrections.csv"

    run("export", session.code, "--corrections", "--output", path)

    assert rows_of(path.read_text("utf-8")) == [
        {
            "text": TEXTS[1],
            "label": "positive",
            "predicted": "negative",
            "reviewers": "2",
            "session": session.code,
        }
    ]
    read = read_corrections([path], catalogue["reviews"].spec)
    assert (list(read.samples.X), list(read.samples.y)) == ([TEXTS[1]], ["positive"])


def test_confirmed_cases_come_along_when_they_are_asked_for(
    run: Run, service: SessionService
) -> None:
    session = judge_session(service)

    rows = rows_of(run("export", session.code, "--corrections", "--confirmed").stdout)

    corrected = [row["text"] for row in rows if row["label"] != row["predicted"]]
    confirmed = [row["text"] for row in rows if row["label"] == row["predicted"]]
    assert corrected == [TEXTS[1]]
    assert confirmed == [TEXTS[0]]


def test_a_text_is_learnt_from_as_it_was_read(
    run: Run, service: SessionService, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    text = '=SUM(A1) "great",\r\nloved\nit; süß 😍 '
    session, (anna, *_) = open_session(service)
    case = service.try_case(anna, {"text": text})
    service.judge(anna, case.id, VerdictInput("disagree"))
    path = tmp_path / "corrections.csv"

    run("export", session.code, "--corrections", "--output", path)

    assert list(read_corrections([path], catalogue["reviews"].spec).samples.X) == [text]


def test_one_input_of_several_reviewers_is_one_correction(
    run: Run, service: SessionService
) -> None:
    session, (anna, ben, cem) = open_session(service)
    for participant, said in ((anna, "disagree"), (ben, "disagree"), (cem, "agree")):
        for movie in ("", "Jaws") if participant is cem else ("",):
            case = service.try_case(participant, {"text": "The same words", "movie": movie})
            service.judge(participant, case.id, VerdictInput(said))

    (row,) = rows_of(run("export", session.code, "--corrections").stdout)

    assert (row["text"], row["reviewers"]) == ("The same words", "2")


def test_a_case_that_no_label_fits_is_nothing_to_learn_from(
    run: Run, service: SessionService
) -> None:
    session, participants = open_session(service)
    for participant in participants:
        first, second, _ = service.queue(participant)[0]
        service.judge(participant, first, VerdictInput("disagree", NONE_OF_THESE))
        service.judge(participant, second, VerdictInput("disagree"))

    done = run("export", session.code, "--corrections", "--confirmed")

    assert [row["text"] for row in rows_of(done.stdout)] == [TEXTS[1]]
    assert done.stderr == "Left out: 1 case that no label fits, most people say.\n"
    assert "none of these 3" in run("show", session.code).stdout


def test_columns_of_the_file_stand_beside_the_cases(
    run: Run, service: SessionService, tmp_path: Path
) -> None:
    path = tmp_path / "films.csv"
    path.write_text("text,author,source\nFine,@anna,mail\n")
    kept = []
    for context in ((), ("--context", "source"), ("--context", "")):
        made = run("new", "reviews", "--title", "Films", "--cases", path, *context)
        (session, *_) = service.queries.all_sessions()
        kept.append(service.queries.cases(session)[0].context)
        assert ("Reviewers see beside each:" in made.stdout) == bool(kept[-1])

    assert kept == [{"author": "@anna", "source": "mail"}, {"source": "mail"}, {}]


def test_measurements_are_learnt_from_as_they_were_read(
    run: Run, service: SessionService, catalogue: ModelCatalogue, tmp_path: Path
) -> None:
    flower = {"sepal_length": 5.1, "sepal_width": 3.55, "petal_length": 1.4, "petal_width": 0.2}
    session, _ = service.open_session(Plan("Flowers", model="iris"), [(flower, None)])
    anna, _ = service.join(session.code, "Anna")
    service.judge(anna, service.queue(anna)[0][0], VerdictInput("disagree", "virginica"))
    path = tmp_path / "corrections.csv"

    run("export", session.code, "--corrections", "--output", path)

    read = read_corrections([path], catalogue["iris"].spec)
    assert read.samples.X.tolist() == [list(flower.values())]
    assert list(read.samples.y) == ["virginica"]


def test_a_decision_must_be_whole(refused: Refused, service: SessionService) -> None:
    session = judge_session(service)
    for change in (("--decision", "maybe"), ("--reasons", " "), ("--signed-by", " ")):
        asked = {"--decision": "reject", "--reasons": "No.", "--signed-by": "A"} | dict([change])
        assert refused("close", session.code, *(part for pair in asked.items() for part in pair))

    assert service.session(session.code).closed_at is None


def test_a_session_is_closed_once(run: Run, refused: Refused, service: SessionService) -> None:
    session = judge_session(service)
    run("close", session.code, *DECIDE, "--signed-by", "Anna")

    assert "closed" in refused("close", session.code, *DECIDE, "--signed-by", "Ben")
    assert "html, json, csv" in refused("report", session.code, "--format", "pdf")
    assert "cannot be written" in refused(
        "report", session.code, "--output", "/nowhere/report.html"
    )
