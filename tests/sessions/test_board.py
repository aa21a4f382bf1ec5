"""The board: how far everyone is, what was said, and that it is soon there."""

import random
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, insert
from storing import store_of

from demo.main import build_desk
from demo.sessions.board import N_SHOWN, Board, board
from demo.sessions.codes import token_hash
from demo.sessions.model import Draft, Plan, Review, now
from demo.sessions.service import ReviewDesk, Seat
from demo.settings import Settings
from demo.store.tables import reviewers, verdicts
from models.registry import Shelf

TEXTS = ("A great film, loved it", "A dull script", "Not bad at all", "Hm", "So good")
N_CASES, N_REVIEWERS = 500, 100


@pytest.fixture
def desk(shelf: Shelf, database_url: str) -> Iterator[ReviewDesk]:
    desk = build_desk(shelf, Settings(database_url=database_url))
    yield desk
    desk.leave()


def opened(desk: ReviewDesk, n_cases: int = len(TEXTS), **plan: object) -> Review:
    asked = Plan(**{"title": "A title", "model": "reviews"} | plan)  # type: ignore[arg-type]
    return desk.open_review(asked, [({"text": text}, None) for text in TEXTS[:n_cases]])[0]


def joined(desk: ReviewDesk, review: Review, *names: str) -> list[Seat]:
    return [desk.join(review.code, name)[0] for name in names]


def progress(seen: Board) -> list[tuple[str, int, int, int]]:
    return [(each.reviewer.name, each.done, each.started, each.total) for each in seen.attendance]


def test_a_session_without_anybody_has_an_empty_board(desk: ReviewDesk) -> None:
    seen = board(desk, opened(desk))

    assert (seen.attendance, seen.remarks, seen.disputed, seen.n_verdicts) == ((), (), [], 0)
    assert len(seen.numbers) == len(TEXTS)
    assert seen.describe()["figures"]["overall"]["share"] is None


def test_verdicts_become_figures(desk: ReviewDesk) -> None:
    review = opened(desk)
    anna, ben = joined(desk, review, "Anna", "Ben")
    first, second, *_ = desk.queue(anna)[0]
    desk.judge(anna, first, Draft("agree"))
    desk.judge(ben, first, Draft("disagree"))
    desk.judge(anna, second, Draft("cannot_tell"))

    seen = board(desk, review)

    assert seen.figures.verdicts == {"agree": 1, "disagree": 1, "cannot_tell": 1}
    assert (seen.figures.overall.right, seen.figures.overall.total) == (1, 2)
    assert [group.key for group in seen.figures.by_reviewer] == [
        anna.reviewer.id,
        ben.reviewer.id,
    ]
    assert progress(seen) == [("Anna", 2, 0, 5), ("Ben", 1, 0, 5)]


def test_a_first_label_alone_is_a_start_and_no_verdict(desk: ReviewDesk) -> None:
    review = opened(desk, blind=True)
    (anna,) = joined(desk, review, "Anna")
    first, second, *_ = desk.queue(anna)[0]
    desk.judge(anna, first, Draft(blind_label="negative"))
    desk.judge(anna, second, Draft("agree", blind_label="cannot_tell"))

    seen = board(desk, review)

    assert (seen.n_verdicts, seen.figures.overall.total) == (1, 1)
    assert progress(seen) == [("Anna", 1, 1, 5)]


def test_a_first_label_that_could_not_be_told_does_not_count(desk: ReviewDesk) -> None:
    review = opened(desk, blind=True)
    (anna,) = joined(desk, review, "Anna")
    for case, label in zip(desk.queue(anna)[0], ("positive", "cannot_tell"), strict=False):
        desk.judge(anna, case, Draft("agree", blind_label=label))

    blind = board(desk, review).figures.blind

    assert blind
    assert (blind.first.right, blind.first.total) == (1, 1)


def test_the_most_disputed_cases_stand_first_with_their_inputs(desk: ReviewDesk) -> None:
    review = opened(desk)
    seats = joined(desk, review, "Anna", "Ben", "Cem")
    agreed, split, against, *_ = desk.queue(seats[0])[0]
    for place, seat in enumerate(seats):
        desk.judge(seat, agreed, Draft("agree"))
        desk.judge(seat, split, Draft("disagree" if place == 0 else "agree"))
        desk.judge(seat, against, Draft("disagree"))

    seen = board(desk, review)

    assert [case.case for case in seen.disputed] == [against, split]
    assert set(seen.records) == {against, split}
    described = seen.describe()["disputed"]
    assert [(each["number"], each["record"]["text"]) for each in described] == [
        (3, TEXTS[2]),
        (2, TEXTS[1]),
    ]


def test_comments_stand_with_who_wrote_them_and_on_what(desk: ReviewDesk) -> None:
    review = opened(desk)
    anna, ben = joined(desk, review, "Anna", "Ben")
    first, second, *_ = desk.queue(anna)[0]
    desk.judge(anna, second, Draft("disagree", comment="Irony"))
    desk.judge(ben, first, Draft("agree"))
    desk.judge(ben, second, Draft("cannot_tell", comment="=SUM(A1)"))

    remarks = board(desk, review).describe()["comments"]

    assert [
        (each["number"], each["reviewer"], each["verdict"], each["text"]) for each in remarks
    ] == [
        (2, "Anna", "disagree", "Irony"),
        (2, "Ben", "cannot_tell", "=SUM(A1)"),
    ]


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("wanted", [None, 1, 2])
def test_progress_is_what_each_reviewer_is_told(
    desk: ReviewDesk, wanted: int | None, blind: bool
) -> None:
    review = opened(desk, verdicts_per_case=wanted, blind=blind)
    seats = joined(desk, review, "Anna", "Ben", "Cem", "Dia")
    rng = random.Random(f"{wanted}{blind}")
    for step in range(30):
        seat = rng.choice(seats)
        if step % 7 == 0:
            desk.try_case(seat, {"text": f"My own {step}"})
        ids, _ = desk.queue(seat)
        first = Draft(blind_label="positive") if blind else None
        said = [
            Draft("agree", blind_label="positive" if blind else None),
            *([first] if first else []),
        ]
        if ids:
            desk.judge(seat, rng.choice(ids), rng.choice(said))

    told = [(seat.reviewer.name, desk.progress(seat)) for seat in seats]

    seen = board(desk, review)
    assert [(name, done, total) for name, done, _, total in progress(seen)] == [
        (name, each.done, each.total) for name, each in told
    ]
    assert any(each.done for _, each in told)


def test_another_session_is_another_board(desk: ReviewDesk) -> None:
    review, other = opened(desk), opened(desk)
    (anna,) = joined(desk, other, "Anna")
    desk.judge(anna, desk.queue(anna)[0][0], Draft("agree", comment="Mine"))

    seen = board(desk, review)

    assert (seen.attendance, seen.remarks, seen.n_verdicts) == ((), (), 0)
    assert seen.numbers.keys().isdisjoint(board(desk, other).numbers)


def fill(desk: ReviewDesk, review: Review, case_ids: list[int]) -> None:
    """Let many reviewers judge every case, without asking the model."""
    people = [
        {
            "review_id": review.id,
            "name": f"Reviewer {number}",
            "token_hash": token_hash(str(number)),
            "joined_at": now(),
        }
        for number in range(N_REVIEWERS)
    ]
    rng = random.Random(0)

    def work(connection: Connection) -> None:
        ids = connection.execute(insert(reviewers).returning(reviewers.c.id), people).scalars()
        rows = [
            verdict_row(review, case, reviewer, agrees=rng.random() < 0.7)
            for reviewer in list(ids)
            for case in case_ids
        ]
        connection.execute(insert(verdicts), rows)

    store_of(desk).database.write(work)


def verdict_row(review: Review, case: int, reviewer: int, *, agrees: bool) -> dict[str, object]:
    return {
        "review_id": review.id,
        "case_id": case,
        "reviewer_id": reviewer,
        "verdict": "agree" if agrees else "disagree",
        "label": "positive" if agrees else "negative",
        "comment": "" if agrees else "No.",
        # Nothing that the board reads: to decode 50,000 of these would take most of its time.
        "record": {"text": "x" * 500},
        "model_sha256": review.model_sha256,
        "predicted": "positive",
        "probability": 0.8,
        "probabilities": {"negative": 0.2, "positive": 0.8},
        "latency_ms": 1.0,
        "created_at": now(),
        "changed_at": now(),
    }


def test_fifty_thousand_verdicts_are_on_the_board_in_seconds(desk: ReviewDesk) -> None:
    texts = [({"text": f"Film {number}"}, None) for number in range(N_CASES)]
    review, _ = desk.open_review(Plan("A title", model="reviews"), texts)
    case_ids = [case.id for case in desk.store.cases(review)]
    fill(desk, review, case_ids)
    board(desk, opened(desk))

    start = time.thread_time()
    seen = board(desk, review)
    described = seen.describe()
    seconds = time.thread_time() - start

    assert described["n_verdicts"] == N_CASES * N_REVIEWERS
    assert len(described["disputed"]) == N_SHOWN
    assert {each.done for each in seen.attendance} == {N_CASES}
    assert seconds < 3
    assert {"record", "probabilities"}.isdisjoint(desk.store.judgements(review)[0]._fields)
