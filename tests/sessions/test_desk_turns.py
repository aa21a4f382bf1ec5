"""From case to case at the review desk: which one comes, and how far a reviewer is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seating import first_label, judge_all, open_code, take_seat, turn_of
from storing import record_of

from demo.sessions.errors import (
    UnknownCase,
)
from demo.sessions.model import Draft
from demo.sessions.service import Progress, ReviewDesk
from demo.store.sessions import Store, open_store
from models.explain.answers import predict_explained
from models.registry import Shelf


@pytest.fixture
def desk(shelf: Shelf, store: Store) -> ReviewDesk:
    return ReviewDesk(shelf, lambda: store)


def test_cases_come_one_by_one_until_none_is_left(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk))
    seen = []
    for number in range(3):
        turn = turn_of(desk, seat)
        assert (turn.place, turn.done, turn.total, turn.verdict) == (number + 1, number, 3, None)
        seen.append(turn.case.record)
        desk.judge(seat, turn.case.id, Draft("agree"))

    assert seen == [record_of(0), record_of(1), record_of(2)]
    assert desk.next_turn(seat) is None
    assert desk.progress(seat) == Progress(3, 3)


def test_a_turn_shows_the_answer_with_its_reasons(desk: ReviewDesk) -> None:
    turn = turn_of(desk, take_seat(desk, open_code(desk)))

    assert turn.answer == predict_explained(desk.shelf["iris"], turn.case.record, with_flip=True)


def test_what_is_skipped_comes_again_at_the_end(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk))
    first = turn_of(desk, seat)
    second = turn_of(desk, seat, first.case.id)
    third = turn_of(desk, seat, second.case.id)

    assert [turn.place for turn in (first, second, third)] == [1, 2, 3]
    assert turn_of(desk, seat, third.case.id).case == first.case
    desk.judge(seat, second.case.id, Draft("agree"))
    assert turn_of(desk, seat, first.case.id).case == third.case
    assert turn_of(desk, seat, 10**6).case == first.case


def test_one_can_go_back_as_far_as_the_first(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk))
    first, second, third = judge_all(desk, seat)

    def before(case: int | None) -> int | None:
        turn = desk.turn_before(seat, case)
        return turn.case.id if turn else None

    assert [before(None), before(third), before(second), before(first)] == [
        *(third, second, first, None),
    ]
    turn = desk.turn(seat, second)
    assert turn.verdict
    assert turn.verdict.draft == Draft("agree", "setosa")


def test_a_reviewer_of_an_empty_floor_has_nothing_to_do_yet(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk, 0))

    assert desk.next_turn(seat) is None
    assert desk.turn_before(seat, None) is None
    assert desk.progress(seat) == Progress(0, 0)


def test_a_shuffled_session_has_the_same_order_after_a_restart(
    desk: ReviewDesk, database_url: str
) -> None:
    code = open_code(desk, 8, order="shuffled")
    seats = [desk.join(code, name) for name in ("Anna", "Ben")]
    begun = turn_of(desk, seats[0][0]).case.id
    orders = [judge_all(desk, seat) for seat, _ in seats]
    again = ReviewDesk(desk.shelf, lambda: open_store(database_url, "wal"))
    seat = again.seat(code, seats[0][1])

    assert orders[0][0] == begun
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]
    assert again.queue(seat)[0] == orders[0]
    again.leave()


def test_a_case_of_another_session_or_reviewer_is_unknown(desk: ReviewDesk) -> None:
    seat, other = take_seat(desk, open_code(desk)), take_seat(desk, open_code(desk))
    foreign = turn_of(desk, other).case.id
    own = desk.try_case(take_seat(desk, seat.review.code, "Ben"), record_of(9)).id

    for case in (foreign, own, 0, 10**30):
        with pytest.raises(UnknownCase):
            desk.turn(seat, case)
        with pytest.raises(UnknownCase):
            desk.judge(seat, case, Draft("agree"))
    assert desk.store.verdicts(seat.review) == desk.store.verdicts(other.review) == []


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["next", "skip", "back", "agree", "disagree", "cannot_tell", "again", "try"]
        ),
        st.integers(0, 3),
    ),
    max_size=25,
)


@pytest.fixture(params=[{}, {"blind": True}, {"order": "shuffled"}, {"verdicts_per_case": 1}])
def plan(request: pytest.FixtureRequest) -> dict[str, object]:
    return dict(request.param)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_a_reviewer_does_progress_tells_what_is_stored(
    desk: ReviewDesk, plan: dict[str, object], steps: list[tuple[str, int]]
) -> None:
    seat = take_seat(desk, open_code(desk, 3, **plan))
    judged: dict[int, str] = {}
    case: int | None = None
    for step, number in steps:
        if step == "try":
            case = desk.try_case(seat, record_of(10 + number)).id
            continue
        if step in ("next", "skip"):
            turn = desk.next_turn(seat, case if step == "skip" else None)
        elif step == "back":
            turn = desk.turn_before(seat, case)
        elif case:
            verdict = judged.get(case, "agree") if step == "again" else step
            label = "virginica" if verdict == "disagree" else None
            desk.judge(seat, case, Draft(verdict, label, first_label(seat)))
            judged[case] = verdict
            turn = desk.turn(seat, case)
        else:
            continue
        case = turn.case.id if turn else None
        if turn:
            assert (turn.verdict.draft.verdict if turn.verdict else None) == judged.get(
                turn.case.id
            )
            assert (turn.done, turn.total) == (len(judged), desk.progress(seat).total)
        elif step in ("next", "skip"):
            assert len(judged) == desk.progress(seat).total

    stored = {row.case_id: row.draft.verdict for row in desk.store.verdicts(seat.review)}
    assert stored == judged
    assert desk.progress(seat).done == len(judged)
    assert desk.progress(seat).total == 3 + sum(
        case.added_by is not None for case in desk.store.cases(seat.review)
    )
