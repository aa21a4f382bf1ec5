"""The board of a session: how far everyone is, what was said, and the figures that come of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from demo.sessions.metrics.agreement import Figures, figures
from demo.sessions.metrics.dispute import CaseFigures
from demo.sessions.model import Reviewer, Session
from demo.sessions.queries import to_judgement
from demo.sessions.service import SessionService
from models.spec import Record

# So many of the most disputed cases are shown with their inputs.
N_SHOWN = 50


@dataclass(frozen=True)
class ReviewerProgress:
    """How far a reviewer is: `done` of `total` cases are judged, and `started` more have a first label."""

    reviewer: Reviewer
    done: int
    started: int
    total: int


@dataclass(frozen=True)
class Comment:
    """A comment on a case, with the verdict that it explains, None after a first label alone."""

    case: int
    reviewer: str
    verdict: str | None
    label: str | None
    text: str


@dataclass(frozen=True)
class Board:
    """A session as its facilitator sees it.

    `numbers` are what its cases are called, counted from 1, by id; `records` the inputs of the most
    disputed ones. Remarks stand in the order in which their verdicts came.
    """

    session: Session
    progress: tuple[ReviewerProgress, ...]
    figures: Figures
    comments: tuple[Comment, ...]
    numbers: dict[int, int]
    records: dict[int, Record]

    @property
    def n_verdicts(self) -> int:
        """How many verdicts there are, first labels alone not among them."""
        return sum(self.figures.verdicts.values())

    @property
    def disputed(self) -> list[CaseFigures]:
        """The most disputed cases, at most as many as there are `records`."""
        return most_disputed(self.figures)

    def describe(self) -> dict[str, Any]:
        """Return the board for JSON, without what is known of the session itself."""
        return {
            "n_cases": len(self.numbers),
            "n_verdicts": self.n_verdicts,
            "reviewers": [
                vars(each.reviewer)
                | {"done": each.done, "started": each.started, "total": each.total}
                for each in self.progress
            ],
            "figures": self.figures.describe(),
            "disputed": [
                {
                    "case": case.case,
                    "number": self.numbers[int(case.case)],
                    "record": self.records[int(case.case)],
                }
                for case in self.disputed
            ],
            "comments": [
                vars(comment) | {"number": self.numbers[comment.case]} for comment in self.comments
            ],
        }


def board(service: SessionService, session: Session) -> Board:
    """Return the board of a session as it is now."""
    # Cases and reviewers are read after what refers to them.
    queries = service.queries
    said = queries.judgement_rows(session)
    places = queries.places(session)
    people = queries.reviewers(session)
    spec = service.catalogue.specs.get(session.plan.model)
    made = figures(
        [to_judgement(row) for row in said if row.verdict],
        spec.classes if spec else (),
        [person.id for person in people],
    )
    names = {person.id: person.name for person in people}
    return Board(
        session,
        tuple(attend(session, people, said, places)),
        made,
        tuple(comments(said, names)),
        {place.id: place.position + 1 for place in places},
        queries.records(session, [int(case.case) for case in most_disputed(made)]),
    )


def most_disputed(made: Figures) -> list[CaseFigures]:
    """Return the disputed cases, the most disputed first, up to as many as are shown."""
    return [case for case in made.disputes if case.is_disputed][:N_SHOWN]


def comments(said: Iterable[Any], names: dict[int, str]) -> Iterable[Comment]:
    """Yield the comments."""
    for row in said:
        if row.comment:
            name = names[row.reviewer_id]
            yield Comment(row.case_id, name, row.verdict, row.label, row.comment)


def attend(
    session: Session, people: Sequence[Reviewer], said: Sequence[Any], places: Sequence[Any]
) -> Iterable[ReviewerProgress]:
    """Yield how far each reviewer is; see SessionService.progress, which asks for one alone."""
    wanted = session.plan.verdicts_per_case
    verdicts = Counter(row.case_id for row in said if row.verdict)
    full = {case for case, n in verdicts.items() if wanted is not None and n >= wanted}
    waiting = sum(place.added_by is None and place.id not in full for place in places)
    own = Counter(place.added_by for place in places if place.id not in full)
    done = Counter(row.reviewer_id for row in said if row.verdict)
    started = Counter(row.reviewer_id for row in said if not row.verdict)
    kept = Counter(row.reviewer_id for row in said if row.case_id in full)
    for person in people:
        total = waiting + own[person.id] + kept[person.id]
        yield ReviewerProgress(person, done[person.id], started[person.id], total)
