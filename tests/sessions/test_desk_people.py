"""Who may come to the review desk: those who have the link, and nobody else."""

import pytest
from seating import open_code, take_seat
from sessions import Elsewhere
from storing import record_of

from demo.sessions.codes import new_code, token_hash
from demo.sessions.errors import (
    NotAllowed,
    OtherModel,
    UnknownReview,
)
from demo.sessions.model import Draft, Plan, Signature
from demo.sessions.service import ReviewDesk
from demo.store.sessions import Store
from models.registry import Shelf

SIGNATURE = Signature("approve", "It was right.", ("Anna",))


@pytest.fixture
def desk(shelf: Shelf, store: Store) -> ReviewDesk:
    return ReviewDesk(shelf, lambda: store)


def test_a_seat_is_found_again_by_its_token(desk: ReviewDesk) -> None:
    code = open_code(desk)
    seat, token = desk.join(code, "Anna")

    assert desk.seat(code.upper(), token) == seat
    assert seat.reviewer.name == "Anna"
    assert seat.model is desk.shelf["iris"]


def test_nobody_else_gets_the_seat(desk: ReviewDesk) -> None:
    code, other = open_code(desk), open_code(desk)
    review, facilitator = desk.open_review(Plan("A title", "iris"))
    _, token = desk.join(code, "Anna")

    for wrong in ("", "x", token + "x", token_hash(token), "\ud800", facilitator, "x" * 100_000):
        with pytest.raises(NotAllowed, match="This personal link does not belong to a reviewer"):
            desk.seat(code, wrong)
    with pytest.raises(NotAllowed):
        desk.seat(other, token)
    with pytest.raises(NotAllowed):
        desk.seat(review.code, facilitator)
    with pytest.raises(UnknownReview):
        desk.seat(new_code(), token)


def test_a_facilitator_is_known_by_the_token_alone(desk: ReviewDesk) -> None:
    review, token = desk.open_review(Plan("A title", "iris"))
    _, reviewer = desk.join(review.code, "Anna")
    _, other = desk.open_review(Plan("A title", "iris"))

    assert desk.facilitated(review.code, token) == review
    for wrong in ("", reviewer, other, token_hash(token), review.facilitator_hash):
        with pytest.raises(NotAllowed, match="This is not the facilitator's link"):
            desk.facilitated(review.code, wrong)


def test_a_new_facilitators_link_ends_the_one_before(desk: ReviewDesk) -> None:
    review, token = desk.open_review(Plan("A title", "iris"))
    newer = desk.new_facilitator(review)

    assert desk.facilitated(review.code, newer).id == review.id
    with pytest.raises(NotAllowed):
        desk.facilitated(review.code, token)


def test_a_session_is_judged_with_the_version_it_is_about(desk: ReviewDesk) -> None:
    code = open_code(desk)
    _, token = desk.join(code, "Anna")
    later = Elsewhere(desk).with_another_version("iris")

    with pytest.raises(OtherModel, match="serve that version again, or open a new session"):
        later.seat(code, token)
    with pytest.raises(OtherModel):
        later.join(code, "Ben")
    assert later.review(code) == desk.review(code)
    assert len(desk.store.reviewers(desk.review(code))) == 1


def test_open_feedback_is_there_when_it_is_first_asked_for(desk: ReviewDesk) -> None:
    assert desk.store.all_reviews() == []
    review = desk.review("Open-Feedback-Iris")

    assert review.standing
    assert review.plan.open_floor
    assert review.plan.title == f"Open feedback: {desk.shelf['iris'].spec.title}"
    assert desk.review("open-feedback-iris") == review
    assert [one.id for one in desk.store.all_reviews()] == [review.id]
    with pytest.raises(UnknownReview):
        desk.review("open-feedback-roses")


def test_open_feedback_takes_nameless_reviewers_and_is_never_closed(desk: ReviewDesk) -> None:
    seats = [take_seat(desk, "open-feedback-iris", "") for _ in range(2)]

    assert [seat.reviewer.name for seat in seats] == ["Anonymous", "Anonymous (2)"]
    with pytest.raises(NotAllowed, match="Open feedback is never closed"):
        desk.close(seats[0].review, SIGNATURE)


def test_open_feedback_goes_on_with_another_version(desk: ReviewDesk) -> None:
    seat, token = desk.join("open-feedback-iris", "")
    case = desk.try_case(seat, record_of(1))
    desk.judge(seat, case.id, Draft("agree"))
    later = Elsewhere(desk).with_another_version("iris")
    row = later.judge(later.seat("open-feedback-iris", token), case.id, Draft("agree"))

    assert row.answered.model_sha256 == "ab" * 32
    assert [one.answered for one in desk.store.verdicts(seat.review)] == [row.answered]


def test_a_link_to_open_feedback_that_nobody_gave_yet_lets_nobody_in(desk: ReviewDesk) -> None:
    with pytest.raises(NotAllowed):
        desk.seat("open-feedback-iris", "x")
