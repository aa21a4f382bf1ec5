"""The board of a session: the progress of its reviewers, their comments, and the figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from demo.sessions.metrics.agreement import Figures, figures
from demo.sessions.metrics.intervals import Id
from demo.sessions.model import Reviewer, Session
from demo.sessions.queries import to_judgement
from demo.sessions.rules import queue_of
from demo.sessions.service import SessionService
from models.spec import Record

# How many of the most disputed cases are shown with their inputs.
N_SHOWN = 50


@dataclass(frozen=True)
class ReviewerProgress:
    """How far a reviewer is: `done` of `total` cases are judged, and `started` more have a first label."""

    id: int
    name: str
    joined_at: str
    done: int
    started: int
    total: int


@dataclass(frozen=True)
class DisputedCase:
    """A disputed case with its input and what stands beside it; `number` is counted from 1."""

    case: Id
    number: int
    record: Record
    context: Mapping[str, str]


@dataclass(frozen=True)
class Comment:
    """A comment on a case, with the verdict that it explains, None after a first label alone."""

    case: int
    reviewer: str
    verdict: str | None
    label: str | None
    text: str
    number: int


@dataclass(frozen=True)
class Board:
    """A session as its facilitator sees it: page, REST and command line say what stands here.

    `disputed` are the first of `figures.disputes`, the most disputed ones. Comments stand in the order in
    which their verdicts came. First labels alone are not among the verdicts.
    """

    session: Session
    n_cases: int
    n_verdicts: int
    reviewers: tuple[ReviewerProgress, ...]
    figures: Figures
    disputed: tuple[DisputedCase, ...]
    comments: tuple[Comment, ...]

    def describe(self) -> dict[str, Any]:
        """Return the board as JSON has it, after what is known of the session."""
        return self.session.describe() | {
            "n_cases": self.n_cases,
            "n_verdicts": self.n_verdicts,
            "reviewers": [vars(each) for each in self.reviewers],
            "figures": self.figures.describe(),
            "disputed": [vars(each) for each in self.disputed],
            "comments": [vars(each) for each in self.comments],
        }


def board(service: SessionService, session: Session) -> Board:
    # Verdicts are read first, so that every case and reviewer they refer to is found.
    queries = service.queries
    said = queries.judgement_rows(session)
    positions = queries.case_positions(session)
    people = queries.reviewers(session)
    spec = service.catalogue.specs.get(session.plan.model)
    judgements = [to_judgement(row) for row in said if row.verdict]
    found = figures(judgements, spec.classes if spec else (), [person.id for person in people])
    numbers = {case.id: case.position + 1 for case in positions}
    disputed = [int(case) for case in found.disputed[:N_SHOWN]]
    cases = queries.some_cases(session, disputed)
    names = {person.id: person.name for person in people}
    return Board(
        session,
        len(positions),
        len(judgements),
        tuple(attend(people, said, positions, queries.full_cases(session))),
        found,
        tuple(
            DisputedCase(case, numbers[case], cases[case].record, cases[case].context)
            for case in disputed
        ),
        tuple(comments(said, names, numbers)),
    )


def comments(
    said: Iterable[Any], names: dict[int, str], numbers: dict[int, int]
) -> Iterable[Comment]:
    for row in said:
        if row.comment:
            about = (row.verdict, row.label, row.comment, numbers[row.case_id])
            yield Comment(row.case_id, names[row.reviewer_id], *about)


def attend(
    people: Iterable[Reviewer], said: Iterable[Any], positions: Iterable[Any], full: Set[int]
) -> Iterable[ReviewerProgress]:
    """Yield how far each reviewer is, from what was said and the `full` ones among the cases."""
    added: dict[int | None, set[int]] = defaultdict(set)
    for case in positions:
        added[case.added_by].add(case.id)
    # Whether what a reviewer began is judged, by case.
    said_by: dict[int, dict[int, bool]] = defaultdict(dict)
    for row in said:
        said_by[row.reviewer_id][row.case_id] = row.verdict is not None
    for person in people:
        begun = said_by[person.id]
        done = sum(begun.values())
        total = len(queue_of(added[None] | added[person.id], full, begun.keys()))
        yield ReviewerProgress(**vars(person), done=done, started=len(begun) - done, total=total)
