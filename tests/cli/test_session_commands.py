"""The command line of review sessions: opened, watched, and refused."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commanding import DECIDE, TEXTS, Refused, Run, judge_session, open_session

from demo.sessions.codes import token_hash
from demo.sessions.model import Plan
from demo.sessions.service import SessionService

CASES = f'''Review,Stars
"{TEXTS[0]}",positive
{TEXTS[1]},negative
,negative
{TEXTS[1]},negative
'''


def flat(text: str) -> str:
    return " ".join(text.split())


def test_without_a_session_the_list_says_how_to_open_one(run: Run) -> None:
    assert "sessions new" in run("list").stdout
    assert json.loads(run("list", "--json").stdout) == []


def test_sessions_are_listed_with_the_newest_first(run: Run, service: SessionService) -> None:
    first = judge_session(service, title="First")
    second, _ = open_session(service, title="[b]Two[/b]")

    table, rows = run("list").stdout, json.loads(run("list", "--json").stdout)

    assert [row["code"] for row in rows] == [second.code, first.code]
    assert [(row["n_cases"], row["n_reviewers"], row["n_verdicts"]) for row in rows] == [
        (3, 3, 0),
        (3, 3, 9),
    ]
    assert first.code in table
    assert "[b]Two[/b]" in table
    assert "hash" not in json.dumps(rows)


def test_a_session_is_opened_with_its_options(run: Run, service: SessionService) -> None:
    out = run(
        *("new", "iris", "--title", "Flowers", "--purpose", "Sorting", "--question", "Do we?"),
        *("--blind", "--order", "shuffled", "--verdicts-per-case", "2", "--anonymous"),
    ).stdout

    (session,) = service.store.sessions.all_sessions()
    assert session.plan == Plan(
        *("Flowers", "iris", "Sorting", "Do we?", True, "shuffled", 2), anonymous=True
    )
    links = re.findall(r"http://127\.0\.0\.1:7860/\?session=\S+", out)
    assert links[0].endswith(f"?session={session.code}")
    token = links[1].partition("&facilitator=")[2]
    assert token_hash(token) == session.facilitator_hash


def test_the_terminal_shows_a_qr_code_of_the_reviewers_link(run: Run) -> None:
    out = run("new", "iris", "--title", "Flowers", "--url", "https://example.org/app/").stdout

    (link,) = re.findall(r"reviewers: (\S+)", out)
    assert link.startswith("https://example.org/app/?session=")
    lines = [line for line in out.splitlines() if set(line) & set("█▀▄")]
    assert len(lines) > 10
    assert len({len(line) for line in lines}) == 1


def test_cases_come_from_a_file_and_say_what_was_left_out(
    run: Run, service: SessionService, tmp_path: Path
) -> None:
    path = tmp_path / "films.csv"
    path.write_text(CASES)

    out = run("new", "reviews", "--title", "Films", "--cases", path, "--no-open-floor").stdout

    (session,) = service.store.sessions.all_sessions()
    assert [case.true_label for case in service.store.verdicts.cases(session)] == [
        "positive",
        "negative",
    ]
    assert not session.plan.open_floor
    assert "2 of 2 cases" in out
    assert "Lines left out: 2" in out
    assert "line 4: Text is empty" in out


def test_columns_that_are_named_go_before_those_that_are_guessed(
    run: Run, service: SessionService, tmp_path: Path
) -> None:
    path = tmp_path / "films.csv"
    path.write_text("text,words\nwrong,right one\nbad,right two\n")

    run("new", "reviews", "--title", "A", "--cases", path, "--column", "text=words")

    (session,) = service.store.sessions.all_sessions()
    assert [case.record["text"] for case in service.store.verdicts.cases(session)] == [
        "right one",
        "right two",
    ]


@pytest.mark.parametrize("how", ["unsure", "random", "mix", None])
def test_a_choice_of_the_models_own_data_makes_the_list(
    run: Run, service: SessionService, how: str | None
) -> None:
    choose = ("--choose", how) if how else ()

    out = run("new", "iris", "--title", "A", "--own-data", *choose, "--size", "5", "--json").stdout

    (session,) = service.store.sessions.all_sessions()
    assert len(service.store.verdicts.cases(session)) == 5
    answer = json.loads(out)
    assert (answer["code"], answer["n_cases"]) == (session.code, 5)
    assert token_hash(answer["facilitator_token"]) == session.facilitator_hash


def test_the_board_is_shown_as_tables(run: Run, service: SessionService) -> None:
    session = judge_session(service, question="Do we [i]rely[/i] on it?")

    out = flat(run("show", session.code).stdout)

    for words in (
        "[b]Cem[/b] 3 of 3",
        "Do we [i]rely[/i] on it?",
        "verdicts: 9",
        "=1+1",
        "when it",
    ):
        assert words in out
    assert "2 A dull script negative negative 1, positive 2" in out


def test_the_board_is_shown_as_json(run: Run, service: SessionService) -> None:
    session = judge_session(service)

    board = json.loads(run("show", session.code.upper(), "--json").stdout)

    assert (board["code"], board["n_verdicts"]) == (session.code, 9)
    assert board["figures"]["verdicts"] == {"agree": 4, "disagree": 2, "cannot_tell": 3}


def test_a_session_without_verdicts_can_be_shown(run: Run, service: SessionService) -> None:
    session, _ = open_session(service)

    assert "Cases: 3 · reviewers: 3 · verdicts: 0" in flat(run("show", session.code).stdout)


def test_open_feedback_can_be_shown(run: Run) -> None:
    assert "Open feedback" in run("show", "open-feedback-iris").stdout


def test_a_new_link_takes_the_place_of_the_old_one(run: Run, service: SessionService) -> None:
    session, token = service.open_session(Plan("A title", model="iris"))

    link = run("link", session.code, "--url", "https://example.org").stdout.strip()

    start, _, new = link.partition("&facilitator=")
    assert start == f"https://example.org/?session={session.code}"
    assert service.session_for_facilitator(session.code, new).id == session.id
    assert new != token


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "2222-2222-2222-2222"), "No review session"),
        (("show", "\udcff"), "No review session"),
        (("report", "plums"), "No review session"),
        (("export", "plums", "--corrections"), "No review session"),
        (("link", "plums"), "No review session"),
        (("close", "plums", *DECIDE, "--signed-by", "A"), "No review session"),
        (("new", "plums", "--title", "A"), "tweets, reviews, iris"),
        (("new", "iris", "--title", " "), "no title"),
        (("new", "iris", "--title", "A", "--order", "random"), "shared, shuffled"),
        (("new", "iris", "--title", "A", "--verdicts-per-case", "0"), "from 1 to"),
        (("new", "iris", "--title", "A", "--no-open-floor"), "no cases and no open floor"),
        (("new", "iris", "--title", "A", "--cases", "nowhere.csv"), "nowhere.csv"),
        (("new", "iris", "--title", "A", "--size", "5"), "--cases"),
        (("new", "iris", "--title", "A", "--own-data", "--size", "0"), "1 to"),
        (("new", "iris", "--title", "A", "--own-data", "--choose", "best"), "all, unsure"),
        (("new", "iris", "--title", "A", "--own-data", "--choose", "all", "--size", "3"), "--size"),
        (("new", "reviews", "--title", "A", "--own-data"), "CSV or Excel"),
        (("verify", "nowhere.html"), "cannot be read"),
        (("verify", "README.md"), "no hash"),
        (("close", "open-feedback-iris", *DECIDE, "--signed-by", "A"), "never closed"),
        (("report", "open-feedback-iris"), "still open"),
        (("export", "open-feedback-iris", "--corrections"), "nothing to learn"),
    ],
    ids=lambda part: " ".join(part)[:50] if isinstance(part, tuple) else None,
)
def test_bad_input_is_one_line_and_exit_code_2(
    refused: Refused, arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(*arguments)


@pytest.mark.parametrize("column", ["text", "txet=Review", "text=Foo", "text="])
def test_a_column_that_cannot_be_taken_is_refused(
    refused: Refused, tmp_path: Path, column: str
) -> None:
    path = tmp_path / "films.csv"
    path.write_text(CASES)

    assert refused("new", "reviews", "--title", "A", "--cases", path, "--column", column)


def test_a_database_that_is_not_there_is_told(
    run_python: Callable[..., Any], root: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    setting = {"SECOND_OPINION_DATABASE_URL": f"sqlite:///{tmp_path}/file/reviews.db"}

    done = run_python(root, "-m", "demo", "sessions", "list", **setting)

    assert (done.returncode, done.stdout) == (2, "")
    # The line before tells the cause, which may not be told on the page.
    assert "SECOND_OPINION_DATABASE_URL" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_the_command_line_does_without_the_page(
    run_python: Callable[..., Any], root: Path, tmp_path: Path
) -> None:
    asked = "from demo.__main__ import app; app(['sessions', 'show', 'open-feedback-iris'], standalone_mode=False)"
    check = f"import sys; {asked}; print({{'gradio', 'fastapi', 'uvicorn'}} & set(sys.modules))"

    done = run_python(
        root, "-c", check, SECOND_OPINION_DATABASE_URL=f"sqlite:///{tmp_path}/reviews.db"
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "set()"
