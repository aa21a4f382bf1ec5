"""The session service: closing stores the decision, and then freezes the report."""

from collections.abc import Callable

import pytest
from joining import open_code

from demo.address import Address
from demo.sessions.errors import NotAllowed, SessionClosed, StoreFull, StoreUnavailable
from demo.sessions.model import Session, Signature
from demo.sessions.service import SessionService
from demo.store.sessions import Store
from models.registry import ModelCatalogue

SIGNATURE = Signature("approve", "It was right.", ("Anna",))
Freezing = Callable[[Callable[[SessionService, Session], object]], SessionService]


@pytest.fixture
def freezing(catalogue: ModelCatalogue, store: Store) -> Freezing:
    return lambda freeze: SessionService(catalogue, lambda: store, Address(), freeze)


def test_a_report_is_frozen_once_the_decision_is_stored(freezing: Freezing) -> None:
    frozen: list[tuple[Session, Session]] = []
    service = freezing(lambda at, session: frozen.append((session, at.session(session.code))))

    ended = service.close(service.session(open_code(service)), SIGNATURE)

    assert frozen == [(ended, ended)]
    assert ended.signature == SIGNATURE


def test_a_session_that_is_not_closed_is_not_frozen(freezing: Freezing) -> None:
    frozen: list[Session] = []
    service = freezing(lambda _, session: frozen.append(session))
    session = service.session(open_code(service))
    service.close(session, SIGNATURE)

    with pytest.raises(SessionClosed):
        service.close(session, SIGNATURE)
    with pytest.raises(NotAllowed):
        service.close(service.session("open-feedback-iris"), SIGNATURE)
    assert [one.code for one in frozen] == [session.code]


@pytest.mark.parametrize("kind", [StoreUnavailable, StoreFull])
def test_a_session_stays_closed_if_its_report_cannot_be_stored(
    freezing: Freezing, kind: type[StoreUnavailable | StoreFull]
) -> None:
    def fail(service: SessionService, session: Session) -> None:
        raise kind("Not saved yet: send it again.")

    service = freezing(fail)
    code = open_code(service)

    with pytest.raises(kind, match="is closed and its decision is saved, but its report"):
        service.close(service.session(code), SIGNATURE)

    assert service.session(code).signature == SIGNATURE


def test_a_session_stays_closed_whatever_its_report_fails_of(freezing: Freezing) -> None:
    def fail(service: SessionService, session: Session) -> None:
        raise RuntimeError("The process was killed.")

    service = freezing(fail)
    code = open_code(service)

    with pytest.raises(RuntimeError):
        service.close(service.session(code), SIGNATURE)

    assert service.session(code).signature == SIGNATURE
