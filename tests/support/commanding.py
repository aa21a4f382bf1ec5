"""The command line of review sessions, run in this process on a database of its own."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from demo.__main__ import app
from demo.sessions.model import Draft, Plan, Review
from demo.sessions.service import ReviewDesk, Seat

TEXTS = ("A great film, loved it", "A dull script", "Not bad at all")
DECIDE = ("--decision", "approve-with-conditions", "--reasons", "Mostly right.")
# A command is run as in an environment without any of these.
CLEAN = {f"SECOND_OPINION_{name}": None for name in ("HOST", "PORT", "ROOT_PATH")}


def run_in(url: str, *arguments: str | Path, code: int = 0) -> Result:
    """Run a command, which must end with this exit code."""
    settings = CLEAN | {"SECOND_OPINION_DATABASE_URL": url}
    result = CliRunner().invoke(app, ["reviews", *map(str, arguments)], env=settings)
    assert result.exit_code == code, result.output
    return result


def refused_in(url: str, *arguments: str | Path) -> str:
    """Run a command that is refused; return its one line on stderr."""
    result = run_in(url, *arguments, code=2)
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def opened(desk: ReviewDesk, title: str = "A title", **plan: Any) -> tuple[Review, list[Seat]]:
    """Open a session of three cases with three reviewers."""
    asked = Plan(title, **{"model": "reviews"} | plan)
    review, _ = desk.open_review(asked, [({"text": text}, None) for text in TEXTS])
    return review, [desk.join(review.code, name)[0] for name in ("Anna", "Ben", "[b]Cem[/b]")]


def judged(desk: ReviewDesk, **plan: Any) -> Review:
    """Return a session in which most reviewers correct the second of three cases."""
    review, seats = opened(desk, **plan)
    for seat, said in zip(seats, ("agree", "disagree", "disagree"), strict=True):
        first, second, third = desk.queue(seat)[0]
        desk.judge(seat, first, Draft("agree"))
        desk.judge(seat, second, Draft(said, comment="=1+1"))
        desk.judge(seat, third, Draft("cannot_tell"))
    return review
