"""Participants of a service with sessions about irises."""

from storing import record_of

from demo.sessions.case_view import CaseView, Participant
from demo.sessions.model import Plan, VerdictInput
from demo.sessions.service import SessionService


def open_code(service: SessionService, n_cases: int = 3, **plan: object) -> str:
    """Open a session on irises and return its code."""
    asked = Plan(**{"title": "A title", "model": "iris"} | plan)  # type: ignore[arg-type]
    return service.open_session(asked, [(record_of(number), None) for number in range(n_cases)])[
        0
    ].code


def join_as(service: SessionService, code: str, name: str = "Anna") -> Participant:
    return service.join(code, name)[0]


def turn_of(
    service: SessionService, participant: Participant, after: int | None = None
) -> CaseView:
    case_view = service.next_view(participant, after)
    assert case_view
    return case_view


def judge_all(service: SessionService, participant: Participant) -> list[int]:
    """Agree with every case and return them in the order in which they came."""
    order = []
    while case_view := service.next_view(participant):
        order.append(case_view.case.id)
        service.judge(
            participant,
            case_view.case.id,
            VerdictInput("agree", blind_label=first_label(participant)),
        )
    return order


def first_label(participant: Participant) -> str | None:
    return "setosa" if participant.session.plan.blind else None
