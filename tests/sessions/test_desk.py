"""The review desk: sessions are opened, judged and closed."""

import pytest
from seating import open_code, take_seat, turn_of
from storing import record_of

from demo.sessions.codes import normal_code, token_hash
from demo.sessions.errors import (
    InvalidReview,
    InvalidVerdict,
    NotAllowed,
    ReviewClosed,
)
from demo.sessions.model import MOST_CASES, Draft, Plan, Signature
from demo.sessions.service import ReviewDesk
from demo.store.sessions import Store, open_store
from models.errors import InvalidRecord, UnknownModel
from models.registry import Shelf

SIGNATURE = Signature("approve", "It was right.", ("Anna",))


@pytest.fixture
def desk(shelf: Shelf, store: Store) -> ReviewDesk:
    return ReviewDesk(shelf, lambda: store)


def test_a_session_is_about_the_model_that_runs(desk: ReviewDesk) -> None:
    review, token = desk.open_review(Plan("A title", "iris"), [(record_of(1), "setosa")])

    assert review.model_sha256 == desk.shelf["iris"].metadata["sha256"]
    assert normal_code(review.code) == review.code
    assert review.facilitator_hash == token_hash(token)
    assert not review.standing
    assert desk.review(review.code) == review
    (case,) = desk.store.cases(review)
    assert (case.record, case.true_label) == (record_of(1), "setosa")


def test_a_session_in_which_nothing_can_be_judged_is_not_opened(desk: ReviewDesk) -> None:
    with pytest.raises(InvalidReview, match="no cases and no open floor"):
        open_code(desk, 0, open_floor=False)
    with pytest.raises(InvalidReview, match="5,001 cases came; a session takes at most 5,000"):
        desk.open_review(Plan("A title", "iris"), [(record_of(1), None)] * (MOST_CASES + 1))
    with pytest.raises(UnknownModel):
        open_code(desk, model="roses")

    assert desk.store.all_reviews() == []


def test_a_bad_case_is_named_by_its_place(desk: ReviewDesk) -> None:
    cases = [(record_of(1), None), ({"sepal_length": 5.0}, None)]
    with pytest.raises(InvalidRecord) as caught:
        desk.open_review(Plan("A title", "iris"), cases)

    assert caught.value.field == "records[1].sepal_width"
    assert desk.store.all_reviews() == []


def test_a_true_label_that_is_no_class_is_refused(desk: ReviewDesk) -> None:
    with pytest.raises(
        InvalidReview, match="choose one of: setosa, versicolor, virginica"
    ) as error:
        desk.open_review(Plan("A title", "iris"), [(record_of(1), "rose")])

    assert error.value.field == "cases"
    assert desk.store.all_reviews() == []


def test_a_verdict_holds_the_input_and_the_answer(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk))
    turn = turn_of(desk, seat)
    row = desk.judge(seat, turn.case.id, Draft("disagree", "virginica", comment=" No "))

    assert turn.answer
    assert desk.store.verdicts(seat.review) == [row]
    assert row.draft == Draft("disagree", "virginica", comment="No")
    assert row.reviewer_id == seat.reviewer.id
    assert row.answered.record == turn.case.record
    assert row.answered.model_sha256 == seat.review.model_sha256
    assert row.answered.predicted == turn.answer[0].label == "setosa"
    assert row.answered.probabilities == turn.answer[0].probabilities
    assert row.answered.latency_ms > 0


def test_a_blind_session_shows_the_answer_after_the_first_label(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk, blind=True))
    case = turn_of(desk, seat).case.id

    assert turn_of(desk, seat).answer is None
    desk.judge(seat, case, Draft(blind_label="cannot_tell"))
    turn = turn_of(desk, seat)
    assert (turn.case.id, turn.done) == (case, 0)
    assert turn.answer
    desk.judge(seat, case, Draft("agree"))
    assert turn_of(desk, seat).case.id != case


def test_what_is_refused_in_a_blind_session_does_not_take_the_label_back(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk, blind=True))
    case = turn_of(desk, seat).case.id
    with pytest.raises(InvalidVerdict, match="when the model says setosa"):
        desk.judge(seat, case, Draft("agree", "virginica", "virginica"))

    with pytest.raises(InvalidVerdict, match="Your first label was virginica, and it stays"):
        desk.judge(seat, case, Draft("agree", blind_label="setosa"))


def test_an_open_floor_takes_inputs_and_a_fixed_list_none(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk))
    case = desk.try_case(seat, dict(list(record_of(9).items())[::-1]))

    assert case.record == record_of(9)
    assert desk.progress(seat).total == 4
    with pytest.raises(InvalidRecord):
        desk.try_case(seat, {"sepal_length": 5.0})
    with pytest.raises(NotAllowed, match="takes no inputs of your own"):
        desk.try_case(take_seat(desk, open_code(desk, open_floor=False)), record_of(9))


def test_a_closed_session_says_when(desk: ReviewDesk) -> None:
    seat = take_seat(desk, open_code(desk))
    closed = desk.close(seat.review, SIGNATURE)

    assert closed.signature == SIGNATURE
    with pytest.raises(ReviewClosed, match=r"This session was closed on \d{4}-\d\d-\d\d"):
        desk.close(closed, SIGNATURE)
    with pytest.raises(ReviewClosed):
        desk.close(seat.review, SIGNATURE)
    with pytest.raises(ReviewClosed):
        desk.judge(seat, turn_of(desk, seat).case.id, Draft("agree"))


def test_nothing_is_opened_before_it_is_needed(shelf: Shelf) -> None:
    def fail() -> Store:
        raise AssertionError("The store was opened.")

    ReviewDesk(shelf, fail).leave()


def test_a_desk_that_was_left_opens_its_store_again(shelf: Shelf, database_url: str) -> None:
    desk = ReviewDesk(shelf, lambda: open_store(database_url, "wal"))
    code = open_code(desk)
    desk.leave()

    assert desk.review(code).code == code
    desk.leave()
