"""What review sessions need from their storage; `demo.store` implements it in SQL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from demo.sessions.model import (
    Case,
    Reviewer,
    Session,
    Signature,
    StoredPrediction,
    Verdict,
    VerdictInput,
)
from demo.sessions.new_session import Listed
from models.spec import Record

Resolve = Callable[[VerdictInput | None], VerdictInput]


@dataclass(frozen=True)
class Counts:
    """How much a session holds, and when something last changed in it."""

    n_cases: int
    n_reviewers: int
    n_verdicts: int
    changed_at: str | None


class SessionRepository(Protocol):
    """Sessions with their reviewers and reports; a change is known once committed.

    Every method raises StoreUnavailable if the database does not answer, those that write StoreFull if
    its disk is full.
    """

    def add_session(self, session: Session, listed: Iterable[Listed]) -> Session:
        """Store a new session with the cases of its list."""

    def session(self, code: str) -> Session:
        """Return a session by its code, however it was typed; raise UnknownSession."""

    def all_sessions(self) -> list[Session]:
        """Return every session, the newest first."""

    def counts(self, session: Session) -> Counts:
        """Return how much a session holds."""

    def change_facilitator(self, session: Session, facilitator_hash: str) -> None:
        """Replace the hash of the facilitator's token."""

    def close_session(self, session: Session, signature: Signature) -> Session:
        """Close a session under a signature; raise SessionClosed if it is closed."""

    def add_reviewer(
        self, session: Session, name: object, token_hash: str, account: str | None = None
    ) -> Reviewer:
        """Store a reviewer under a name that no other of the session has."""

    def reviewer(self, session: Session, token_hash: str) -> Reviewer | None:
        """Return the reviewer with this token, or None."""

    def reviewers(self, session: Session) -> list[Reviewer]:
        """Return the reviewers of a session in the order in which they joined."""

    def participant(self, code: str, token_hash: str) -> tuple[Session, Reviewer | None]:
        """Return a session by its code and its reviewer with this token, or None."""

    def keep_report(self, session: Session, kind: str, content: str) -> str:
        """Store a report unless there is one, and return the one that is stored."""

    def report(self, session: Session, kind: str) -> str | None:
        """Return a stored report, or None."""


class VerdictRepository(Protocol):
    """The cases of sessions with the verdicts on them; it raises what a SessionRepository does."""

    def add_case(self, session: Session, reviewer: Reviewer, record: Record) -> Case:
        """Store an input that a reviewer tries; the same input again returns the existing case."""

    def case(self, session: Session, case_id: int, reviewer: Reviewer | None = None) -> Case:
        """Return a case of a session; raise UnknownCase."""

    def cases(self, session: Session) -> list[Case]:
        """Return the cases of a session in their order."""

    def queue(self, session: Session, reviewer: Reviewer) -> tuple[list[int], set[int]]:
        """Return the cases that a reviewer has judged or may still judge, and those judged, by id."""

    def full_cases(self, session: Session) -> set[int]:
        """Return the cases of a session that have as many verdicts as they need, by id."""

    def put_verdict(
        self,
        session: Session,
        reviewer: Reviewer,
        case: Case,
        answered: StoredPrediction,
        resolve_verdict: Resolve,
    ) -> Verdict:
        """Store what a reviewer says of a case, replacing what they said before."""

    def verdict(self, reviewer: Reviewer, case: Case) -> Verdict | None:
        """Return what a reviewer said of a case, or None."""

    def verdicts(self, session: Session) -> list[Verdict]:
        """Return every verdict of a session, by case and then in the order in which they came."""

    def judgements(self, session: Session) -> Sequence[Any]:
        """Return what was said in a session as rows, without the inputs and probabilities."""

    def case_positions(self, session: Session) -> Sequence[Any]:
        """Return the cases of a session as rows (id, position, added_by), in their order."""

    def some_cases(self, session: Session, case_ids: Sequence[int]) -> dict[int, Case]:
        """Return some cases of a session by id."""


class SessionStore(Protocol):
    """Both repositories on one database."""

    @property
    def sessions(self) -> SessionRepository:
        """Sessions, reviewers and reports."""

    @property
    def verdicts(self) -> VerdictRepository:
        """Cases and verdicts."""

    def close(self) -> None:
        """Close the database."""
