"""The session service: sessions are opened, judged and closed."""

import pytest
from joining import join_as, open_code, turn_of
from storing import record_of

from demo.sessions.codes import normal_code, token_hash
from demo.sessions.errors import (
    InvalidSession,
    InvalidVerdict,
    NotAllowed,
    SessionClosed,
)
from demo.sessions.model import MOST_CASES, Plan, Signature, VerdictInput
from demo.sessions.service import SessionService
from demo.store.sessions import Store, open_store
from models.errors import InvalidRecord, UnknownModel
from models.registry import ModelCatalogue

SIGNATURE = Signature("approve", "It was right.", ("Anna",))


@pytest.fixture
def service(catalogue: ModelCatalogue, store: Store) -> SessionService:
    return SessionService(catalogue, lambda: store)


def test_a_session_is_about_the_model_that_runs(service: SessionService) -> None:
    session, token = service.open_session(Plan("A title", "iris"), [(record_of(1), "setosa")])

    assert session.model_sha256 == service.catalogue["iris"].metadata["sha256"]
    assert normal_code(session.code) == session.code
    assert session.facilitator_hash == token_hash(token)
    assert not session.standing
    assert service.session(session.code) == session
    (case,) = service.store.verdicts.cases(session)
    assert (case.record, case.true_label) == (record_of(1), "setosa")


def test_a_session_in_which_nothing_can_be_judged_is_not_opened(service: SessionService) -> None:
    with pytest.raises(InvalidSession, match="no cases and no open floor"):
        open_code(service, 0, open_floor=False)
    with pytest.raises(InvalidSession, match="5,001 cases came; a session takes at most 5,000"):
        service.open_session(Plan("A title", "iris"), [(record_of(1), None)] * (MOST_CASES + 1))
    with pytest.raises(UnknownModel):
        open_code(service, model="roses")

    assert service.store.sessions.all_sessions() == []


def test_a_bad_case_is_named_by_its_place(service: SessionService) -> None:
    cases = [(record_of(1), None), ({"sepal_length": 5.0}, None)]
    with pytest.raises(InvalidRecord) as caught:
        service.open_session(Plan("A title", "iris"), cases)

    assert caught.value.field == "records[1].sepal_width"
    assert service.store.sessions.all_sessions() == []


def test_a_true_label_that_is_no_class_is_refused(service: SessionService) -> None:
    with pytest.raises(
        InvalidSession, match="choose one of: setosa, versicolor, virginica"
    ) as error:
        service.open_session(Plan("A title", "iris"), [(record_of(1), "rose")])

    assert error.value.field == "cases"
    assert service.store.sessions.all_sessions() == []


def test_a_verdict_holds_the_input_and_the_answer(service: SessionService) -> None:
    participant = join_as(service, open_code(service))
    case_view = turn_of(service, participant)
    row = service.judge(
        participant, case_view.case.id, VerdictInput("disagree", "virginica", comment=" No ")
    )

    assert case_view.answer
    assert service.store.verdicts.verdicts(participant.session) == [row]
    assert row.verdict_input == VerdictInput("disagree", "virginica", comment="No")
    assert row.reviewer_id == participant.reviewer.id
    assert row.answered.record == case_view.case.record
    assert row.answered.model_sha256 == participant.session.model_sha256
    assert row.answered.predicted == case_view.answer.prediction.label == "setosa"
    assert row.answered.probabilities == case_view.answer.prediction.probabilities
    assert row.answered.latency_ms > 0


def test_a_blind_session_shows_the_answer_after_the_first_label(service: SessionService) -> None:
    participant = join_as(service, open_code(service, blind=True))
    case = turn_of(service, participant).case.id

    assert turn_of(service, participant).answer is None
    service.judge(participant, case, VerdictInput(blind_label="cannot_tell"))
    case_view = turn_of(service, participant)
    assert (case_view.case.id, case_view.done) == (case, 0)
    assert case_view.answer
    service.judge(participant, case, VerdictInput("agree"))
    assert turn_of(service, participant).case.id != case


def test_what_is_refused_in_a_blind_session_does_not_take_the_label_back(
    service: SessionService,
) -> None:
    participant = join_as(service, open_code(service, blind=True))
    case = turn_of(service, participant).case.id
    with pytest.raises(InvalidVerdict, match="when the model says setosa"):
        service.judge(participant, case, VerdictInput("agree", "virginica", "virginica"))

    with pytest.raises(InvalidVerdict, match="Your first label was virginica, and it stays"):
        service.judge(participant, case, VerdictInput("agree", blind_label="setosa"))


def test_an_open_floor_takes_inputs_and_a_fixed_list_none(service: SessionService) -> None:
    participant = join_as(service, open_code(service))
    case = service.try_case(participant, dict(list(record_of(9).items())[::-1]))

    assert case.record == record_of(9)
    assert service.progress(participant).total == 4
    with pytest.raises(InvalidRecord):
        service.try_case(participant, {"sepal_length": 5.0})
    with pytest.raises(NotAllowed, match="takes no inputs of your own"):
        service.try_case(join_as(service, open_code(service, open_floor=False)), record_of(9))


def test_a_closed_session_says_when(service: SessionService) -> None:
    participant = join_as(service, open_code(service))
    closed = service.close(participant.session, SIGNATURE)

    assert closed.signature == SIGNATURE
    with pytest.raises(SessionClosed, match=r"This session was closed on \d{4}-\d\d-\d\d"):
        service.close(closed, SIGNATURE)
    with pytest.raises(SessionClosed):
        service.close(participant.session, SIGNATURE)
    with pytest.raises(SessionClosed):
        service.judge(participant, turn_of(service, participant).case.id, VerdictInput("agree"))


def test_nothing_is_opened_before_it_is_needed(catalogue: ModelCatalogue) -> None:
    def fail() -> Store:
        raise AssertionError("The store was opened.")

    SessionService(catalogue, fail).leave()


def test_a_service_that_was_left_opens_its_store_again(
    catalogue: ModelCatalogue, database_url: str
) -> None:
    service = SessionService(catalogue, lambda: open_store(database_url, "wal"))
    code = open_code(service)
    service.leave()

    assert service.session(code).code == code
    service.leave()
