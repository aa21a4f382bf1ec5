"""The command line of review sessions, run in this process on a database of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from demo.__main__ import app
from demo.sessions.case_view import Participant
from demo.sessions.model import Plan, Session, VerdictInput
from demo.sessions.service import SessionService

Run = Callable[..., Result]
Refused = Callable[..., str]
TEXTS = ("A great film, loved it", "A dull script", "Not bad at all")
DECIDE = ("--decision", "approve-with-conditions", "--reasons", "Mostly right.")
# A command is run as in an environment without any of these.
CLEAN = {f"SECOND_OPINION_{name}": None for name in ("HOST", "PORT", "ROOT_PATH")}


def run_in(url: str, *arguments: str | Path, code: int = 0) -> Result:
    """Run a command, which must end with this exit code."""
    settings = CLEAN | {"SECOND_OPINION_DATABASE_URL": url}
    result = CliRunner().invoke(app, ["sessions", *map(str, arguments)], env=settings)
    assert result.exit_code == code, result.output
    return result


def refused_in(url: str, *arguments: str | Path) -> str:
    """Run a command that is refused; return its one line on stderr."""
    result = run_in(url, *arguments, code=2)
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def open_session(
    service: SessionService, title: str = "A title", **plan: Any
) -> tuple[Session, list[Participant]]:
    """Open a session of three cases with three reviewers."""
    asked = Plan(title, **{"model": "reviews"} | plan)
    session, _ = service.open_session(asked, [({"text": text}, None) for text in TEXTS])
    return session, [service.join(session.code, name)[0] for name in ("Anna", "Ben", "[b]Cem[/b]")]


def judge_session(service: SessionService, **plan: Any) -> Session:
    """Return a session in which most reviewers correct the second of three cases."""
    session, participants = open_session(service, **plan)
    for participant, said in zip(participants, ("agree", "disagree", "disagree"), strict=True):
        first, second, third = service.queue(participant)[0]
        service.judge(participant, first, VerdictInput("agree"))
        service.judge(participant, second, VerdictInput(said, comment="=1+1"))
        service.judge(participant, third, VerdictInput("cannot_tell"))
    return session
