"""Seats at a desk with sessions about irises."""

from storing import record_of

from demo.sessions.model import Draft, Plan
from demo.sessions.service import ReviewDesk, Seat, Turn


def open_code(desk: ReviewDesk, n_cases: int = 3, **plan: object) -> str:
    """Open a session on irises and return its code."""
    asked = Plan(**{"title": "A title", "model": "iris"} | plan)  # type: ignore[arg-type]
    return desk.open_review(asked, [(record_of(number), None) for number in range(n_cases)])[0].code


def take_seat(desk: ReviewDesk, code: str, name: str = "Anna") -> Seat:
    return desk.join(code, name)[0]


def turn_of(desk: ReviewDesk, seat: Seat, after: int | None = None) -> Turn:
    turn = desk.next_turn(seat, after)
    assert turn
    return turn


def judge_all(desk: ReviewDesk, seat: Seat) -> list[int]:
    """Agree with every case and return them in the order in which they came."""
    order = []
    while turn := desk.next_turn(seat):
        order.append(turn.case.id)
        desk.judge(seat, turn.case.id, Draft("agree", blind_label=first_label(seat)))
    return order


def first_label(seat: Seat) -> str | None:
    return "setosa" if seat.review.plan.blind else None
