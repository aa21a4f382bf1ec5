"""The board: how far everyone is, what was said, and that it is soon there."""

import random
import time
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, Insert, insert, literal, select
from storing import store_of

from demo.main import build_service
from demo.sessions.board import N_SHOWN, Board, board
from demo.sessions.case_view import Participant
from demo.sessions.codes import token_hash
from demo.sessions.model import Plan, Session, VerdictInput, now
from demo.sessions.service import SessionService
from demo.settings import Settings
from demo.store.tables import reviewers, verdicts
from models.registry import ModelCatalogue

TEXTS = ("A great film, loved it", "A dull script", "Not bad at all", "Hm", "So good")
N_CASES, N_REVIEWERS, N_MINDS = 500, 100, 10


@pytest.fixture
def service(catalogue: ModelCatalogue, database_url: str) -> Iterator[SessionService]:
    service = build_service(catalogue, Settings(database_url=database_url))
    yield service
    service.leave()


def opened(service: SessionService, n_cases: int = len(TEXTS), **plan: object) -> Session:
    asked = Plan(**{"title": "A title", "model": "reviews"} | plan)  # type: ignore[arg-type]
    return service.open_session(asked, [({"text": text}, None) for text in TEXTS[:n_cases]])[0]


def joined(service: SessionService, session: Session, *names: str) -> list[Participant]:
    return [service.join(session.code, name)[0] for name in names]


def progress(seen: Board) -> list[tuple[str, int, int, int]]:
    return [(each.name, each.done, each.started, each.total) for each in seen.reviewers]


def test_a_session_without_anybody_has_an_empty_board(service: SessionService) -> None:
    seen = board(service, opened(service))

    assert (seen.reviewers, seen.comments, seen.disputed, seen.n_verdicts) == ((), (), (), 0)
    assert seen.n_cases == len(TEXTS)
    assert seen.describe()["figures"]["overall"]["share"] is None


def test_verdicts_become_figures(service: SessionService) -> None:
    session = opened(service)
    anna, ben = joined(service, session, "Anna", "Ben")
    first, second, *_ = service.queue(anna)[0]
    service.judge(anna, first, VerdictInput("agree"))
    service.judge(ben, first, VerdictInput("disagree"))
    service.judge(anna, second, VerdictInput("cannot_tell"))

    seen = board(service, session)

    assert seen.figures.verdicts == {"agree": 1, "disagree": 1, "cannot_tell": 1}
    assert (seen.figures.overall.right, seen.figures.overall.total) == (1, 2)
    assert [group.key for group in seen.figures.by_reviewer] == [
        anna.reviewer.id,
        ben.reviewer.id,
    ]
    assert progress(seen) == [("Anna", 2, 0, 5), ("Ben", 1, 0, 5)]


def test_a_first_label_alone_is_a_start_and_no_verdict(service: SessionService) -> None:
    session = opened(service, blind=True)
    (anna,) = joined(service, session, "Anna")
    first, second, *_ = service.queue(anna)[0]
    service.judge(anna, first, VerdictInput(blind_label="negative"))
    service.judge(anna, second, VerdictInput("agree", blind_label="cannot_tell"))

    seen = board(service, session)

    assert (seen.n_verdicts, seen.figures.overall.total) == (1, 1)
    assert progress(seen) == [("Anna", 1, 1, 5)]


def test_a_first_label_that_could_not_be_told_does_not_count(service: SessionService) -> None:
    session = opened(service, blind=True)
    (anna,) = joined(service, session, "Anna")
    for case, label in zip(service.queue(anna)[0], ("positive", "cannot_tell"), strict=False):
        service.judge(anna, case, VerdictInput("agree", blind_label=label))

    blind = board(service, session).figures.blind

    assert blind
    assert (blind.first.right, blind.first.total) == (1, 1)


def test_the_most_disputed_cases_stand_first_with_their_inputs(service: SessionService) -> None:
    session = opened(service)
    participants = joined(service, session, "Anna", "Ben", "Cem")
    agreed, split, against, *_ = service.queue(participants[0])[0]
    for place, participant in enumerate(participants):
        service.judge(participant, agreed, VerdictInput("agree"))
        service.judge(participant, split, VerdictInput("disagree" if place == 0 else "agree"))
        service.judge(participant, against, VerdictInput("disagree"))

    seen = board(service, session)

    assert [case.case for case in seen.disputed] == [against, split]
    described = seen.describe()["disputed"]
    assert [(each["number"], each["record"]["text"]) for each in described] == [
        (3, TEXTS[2]),
        (2, TEXTS[1]),
    ]


def test_comments_stand_with_who_wrote_them_and_on_what(service: SessionService) -> None:
    session = opened(service)
    anna, ben = joined(service, session, "Anna", "Ben")
    first, second, *_ = service.queue(anna)[0]
    service.judge(anna, second, VerdictInput("disagree", comment="Irony"))
    service.judge(ben, first, VerdictInput("agree"))
    service.judge(ben, second, VerdictInput("cannot_tell", comment="=SUM(A1)"))

    comments = board(service, session).describe()["comments"]

    assert [
        (each["number"], each["reviewer"], each["verdict"], each["text"]) for each in comments
    ] == [
        (2, "Anna", "disagree", "Irony"),
        (2, "Ben", "cannot_tell", "=SUM(A1)"),
    ]


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("wanted", [None, 1, 2])
def test_progress_is_what_each_reviewer_is_told(
    service: SessionService, wanted: int | None, blind: bool
) -> None:
    session = opened(service, verdicts_per_case=wanted, blind=blind)
    participants = joined(service, session, "Anna", "Ben", "Cem", "Dia")
    rng = random.Random(f"{wanted}{blind}")
    for step in range(30):
        participant = rng.choice(participants)
        if step % 7 == 0:
            service.try_case(participant, {"text": f"My own {step}"})
        ids, _ = service.queue(participant)
        first = VerdictInput(blind_label="positive") if blind else None
        said = [
            VerdictInput("agree", blind_label="positive" if blind else None),
            *([first] if first else []),
        ]
        if ids:
            service.judge(participant, rng.choice(ids), rng.choice(said))

    told = [
        (participant.reviewer.name, service.progress(participant)) for participant in participants
    ]

    seen = board(service, session)
    assert [(name, done, total) for name, done, _, total in progress(seen)] == [
        (name, each.done, each.total) for name, each in told
    ]
    assert any(each.done for _, each in told)


def test_another_session_is_another_board(service: SessionService) -> None:
    session, other = opened(service), opened(service)
    (anna,) = joined(service, other, "Anna")
    service.judge(anna, service.queue(anna)[0][0], VerdictInput("agree", comment="Mine"))

    service.try_case(anna, {"text": "Hers"})
    seen, hers = board(service, session), board(service, other)

    assert (seen.reviewers, seen.comments, seen.n_verdicts) == ((), (), 0)
    assert (seen.n_cases, hers.n_cases, hers.n_verdicts) == (len(TEXTS), len(TEXTS) + 1, 1)


def fill(service: SessionService, session: Session, case_ids: list[int]) -> None:
    """Let many reviewers judge every case, without asking the model."""
    people = [
        {
            "session_id": session.id,
            "name": f"Reviewer {number}",
            "token_hash": token_hash(str(number)),
            "joined_at": now(),
        }
        for number in range(N_REVIEWERS)
    ]
    rng, run_unit = random.Random(0), store_of(service).database.run_unit

    def join_all(connection: Connection) -> list[int]:
        return list(
            connection.execute(insert(reviewers).returning(reviewers.c.id), people).scalars()
        )

    joined = run_unit(join_all)
    # A unit each: the database ends a transaction that is silent while so many rows are written out.
    for reviewer in joined[:N_MINDS]:
        rows = [
            verdict_row(session, case, reviewer, agrees=rng.random() < 0.7) for case in case_ids
        ]
        run_unit(partial(Connection.execute, statement=insert(verdicts), parameters=rows))
    # The others say what one of these has said: the database copies it faster than it is sent.
    for place, reviewer in enumerate(joined[N_MINDS:]):
        copied = copy_verdicts(joined[place % N_MINDS], reviewer)
        run_unit(partial(Connection.execute, statement=copied))


def copy_verdicts(of: int, to: int) -> Insert:
    columns = [column for column in verdicts.c if column.name not in ("id", "reviewer_id")]
    found = select(*columns, literal(to)).where(verdicts.c.reviewer_id == of)
    return insert(verdicts).from_select(
        [*(column.name for column in columns), "reviewer_id"], found
    )


def verdict_row(session: Session, case: int, reviewer: int, *, agrees: bool) -> dict[str, object]:
    return {
        "session_id": session.id,
        "case_id": case,
        "reviewer_id": reviewer,
        "verdict": "agree" if agrees else "disagree",
        "label": "positive" if agrees else "negative",
        "comment": "" if agrees else "No.",
        # Nothing that the board reads: to decode 50,000 of these would take most of its time.
        "record": {"text": "x" * 500},
        "model_sha256": session.model_sha256,
        "predicted": "positive",
        "probability": 0.8,
        "probabilities": {"negative": 0.2, "positive": 0.8},
        "latency_ms": 1.0,
        "created_at": now(),
        "changed_at": now(),
    }


def test_fifty_thousand_verdicts_are_on_the_board_in_seconds(service: SessionService) -> None:
    texts = [({"text": f"Film {number}"}, None) for number in range(N_CASES)]
    session, _ = service.open_session(Plan("A title", model="reviews"), texts)
    case_ids = [case.id for case in service.store.verdicts.cases(session)]
    fill(service, session, case_ids)
    board(service, opened(service))

    start = time.thread_time()
    seen = board(service, session)
    described = seen.describe()
    seconds = time.thread_time() - start

    assert described["n_verdicts"] == N_CASES * N_REVIEWERS
    assert len(described["disputed"]) == N_SHOWN
    assert {each.done for each in seen.reviewers} == {N_CASES}
    assert seconds < 3
    assert {"record", "probabilities"}.isdisjoint(
        service.store.verdicts.judgements(session)[0]._fields
    )
