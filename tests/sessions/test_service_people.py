"""Who may come to the session service: those who have the link, and nobody else."""

import pytest
from joining import join_as, open_code
from sessions import Elsewhere
from storing import record_of

from demo.sessions.codes import new_code, token_hash
from demo.sessions.errors import (
    NotAllowed,
    OtherModel,
    UnknownSession,
)
from demo.sessions.model import Plan, Signature, VerdictInput
from demo.sessions.service import SessionService
from demo.store.sessions import Store
from models.registry import ModelCatalogue

SIGNATURE = Signature("approve", "It was right.", ("Anna",))


@pytest.fixture
def service(catalogue: ModelCatalogue, store: Store) -> SessionService:
    return SessionService(catalogue, lambda: store)


def test_a_seat_is_found_again_by_its_token(service: SessionService) -> None:
    code = open_code(service)
    participant, token = service.join(code, "Anna")

    assert service.participant(code.upper(), token) == participant
    assert participant.reviewer.name == "Anna"
    assert participant.model is service.catalogue["iris"]


def test_nobody_else_gets_the_seat(service: SessionService) -> None:
    code, other = open_code(service), open_code(service)
    session, facilitator = service.open_session(Plan("A title", "iris"))
    _, token = service.join(code, "Anna")

    for wrong in ("", "x", token + "x", token_hash(token), "\ud800", facilitator, "x" * 100_000):
        with pytest.raises(NotAllowed, match="This personal link does not belong to a reviewer"):
            service.participant(code, wrong)
    with pytest.raises(NotAllowed):
        service.participant(other, token)
    with pytest.raises(NotAllowed):
        service.participant(session.code, facilitator)
    with pytest.raises(UnknownSession):
        service.participant(new_code(), token)


def test_a_facilitator_is_known_by_the_token_alone(service: SessionService) -> None:
    session, token = service.open_session(Plan("A title", "iris"))
    _, reviewer = service.join(session.code, "Anna")
    _, other = service.open_session(Plan("A title", "iris"))

    assert service.session_for_facilitator(session.code, token) == session
    for wrong in ("", reviewer, other, token_hash(token), session.facilitator_hash):
        with pytest.raises(NotAllowed, match="This is not the facilitator's link"):
            service.session_for_facilitator(session.code, wrong)


def test_a_new_facilitators_link_ends_the_one_before(service: SessionService) -> None:
    session, token = service.open_session(Plan("A title", "iris"))
    newer = service.new_facilitator(session)

    assert service.session_for_facilitator(session.code, newer).id == session.id
    with pytest.raises(NotAllowed):
        service.session_for_facilitator(session.code, token)


def test_a_session_is_judged_with_the_version_it_is_about(service: SessionService) -> None:
    code = open_code(service)
    _, token = service.join(code, "Anna")
    later = Elsewhere(service).with_another_version("iris")

    with pytest.raises(OtherModel, match="serve that version again, or open a new session"):
        later.participant(code, token)
    with pytest.raises(OtherModel):
        later.join(code, "Ben")
    assert later.session(code) == service.session(code)
    assert len(service.store.sessions.reviewers(service.session(code))) == 1


def test_open_feedback_is_there_when_it_is_first_asked_for(service: SessionService) -> None:
    assert service.store.sessions.all_sessions() == []
    session = service.session("Open-Feedback-Iris")

    assert session.standing
    assert session.plan.open_floor
    assert session.plan.title == f"Open feedback: {service.catalogue['iris'].spec.title}"
    assert service.session("open-feedback-iris") == session
    assert [one.id for one in service.store.sessions.all_sessions()] == [session.id]
    with pytest.raises(UnknownSession):
        service.session("open-feedback-roses")


def test_open_feedback_takes_nameless_reviewers_and_is_never_closed(
    service: SessionService,
) -> None:
    participants = [join_as(service, "open-feedback-iris", "") for _ in range(2)]

    assert [participant.reviewer.name for participant in participants] == [
        "Anonymous",
        "Anonymous (2)",
    ]
    with pytest.raises(NotAllowed, match="Open feedback is never closed"):
        service.close(participants[0].session, SIGNATURE)


def test_open_feedback_goes_on_with_another_version(service: SessionService) -> None:
    participant, token = service.join("open-feedback-iris", "")
    case = service.try_case(participant, record_of(1))
    service.judge(participant, case.id, VerdictInput("agree"))
    later = Elsewhere(service).with_another_version("iris")
    row = later.judge(
        later.participant("open-feedback-iris", token), case.id, VerdictInput("agree")
    )

    assert row.answered.model_sha256 == "ab" * 32
    assert [one.answered for one in service.store.verdicts.verdicts(participant.session)] == [
        row.answered
    ]


def test_a_link_to_open_feedback_that_nobody_gave_yet_lets_nobody_in(
    service: SessionService,
) -> None:
    with pytest.raises(NotAllowed):
        service.participant("open-feedback-iris", "x")
