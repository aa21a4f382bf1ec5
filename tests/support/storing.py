"""Sessions of irises in a store, for the tests of the store."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from demo.sessions.codes import new_code, new_token, token_hash
from demo.sessions.model import (
    Case,
    Plan,
    Reviewer,
    Session,
    StoredPrediction,
    Verdict,
    VerdictInput,
    now,
)
from demo.sessions.rules import resolve_verdict
from demo.sessions.service import SessionService
from demo.store.sessions import Store
from demo.store.tables import sessions
from models.spec import Record

CLASSES = ("setosa", "versicolor", "virginica")
SHA256 = "ab" * 32


def store_of(service: SessionService) -> Store:
    """Return the store itself, for what no repository offers."""
    assert isinstance(service.store, Store)
    return service.store


def record_of(number: int) -> Record:
    """Return an input; each number has another."""
    return {
        "sepal_length": 5.0 + number / 100,
        "sepal_width": 3.5,
        "petal_length": 1.4,
        "petal_width": 0.2,
    }


def new_session(**plan: object) -> Session:
    """Return a session that is not stored yet."""
    asked = Plan(**{"title": "Do we trust it?", "model": "iris"} | plan)  # type: ignore[arg-type]
    return Session(0, new_code(), asked, SHA256, token_hash(new_token()), False, now())


def open_session(store: Store, n_cases: int = 3, **plan: object) -> Session:
    """Store a session with so many cases."""
    cases = [(record_of(number), None) for number in range(n_cases)]
    return store.sessions.add_session(new_session(**plan), cases)


def join(store: Store, session: Session, name: str = "Anna") -> Reviewer:
    """Let a reviewer into a session."""
    return store.sessions.add_reviewer(session, name, token_hash(new_token()))


def answered_of(case: Case, predicted: str = "setosa", sha256: str = SHA256) -> StoredPrediction:
    """Return what a model may have said of a case."""
    probabilities = {label: 0.9 if label == predicted else 0.05 for label in CLASSES}
    return StoredPrediction(case.record, sha256, predicted, probabilities, 1.25)


def put(
    store: Store,
    session: Session,
    reviewer: Reviewer,
    case: Case,
    verdict_input: VerdictInput,
    answered: StoredPrediction | None = None,
) -> Verdict:
    """Store what a reviewer says of a case of which the model says setosa, or what `answered` says."""
    said = answered or answered_of(case)

    def resolve(earlier: VerdictInput | None) -> VerdictInput:
        return resolve_verdict(session, verdict_input, said.predicted, CLASSES, earlier)

    return store.verdicts.put_verdict(session, reviewer, case, said, resolve)


def drafts_of(verdicts: Sequence[Verdict]) -> list[VerdictInput]:
    """Return what was said."""
    return [verdict.verdict_input for verdict in verdicts]


ROW = {
    "plan": {"title": "A title"},
    "model_sha256": SHA256,
    "facilitator_hash": "cd" * 32,
    "standing": False,
    "created_at": "2026-01-01",
}


def add_code(connection: Connection, code: str = "2222") -> None:
    """Store a session with a code and hardly more."""
    connection.execute(insert(sessions).values(ROW | {"code": code}))


def codes_in(connection: Connection) -> list[str]:
    """Return the codes of all sessions."""
    return list(connection.execute(select(sessions.c.code).order_by(sessions.c.code)).scalars())
