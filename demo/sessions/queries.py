"""Read-only queries for lists, boards, reports and exports."""

from collections.abc import Sequence
from typing import Any

from demo.sessions.metrics.votes import Judgement
from demo.sessions.model import CANNOT_TELL, Case, Reviewer, Session, Verdict
from demo.sessions.opening import Opening
from demo.sessions.repository import Counts, SessionStore


class SessionQueries:
    """Reads from the store of a session service; every method raises StoreUnavailable."""

    def __init__(self, opening: Opening[SessionStore]) -> None:
        self.opening = opening

    @property
    def store(self) -> SessionStore:
        """The store, opened when it is first needed."""
        return self.opening.open()

    def session(self, code: str) -> Session:
        """Return a stored session by its code; raise UnknownSession."""
        return self.store.sessions.session(code)

    def all_sessions(self) -> list[Session]:
        """Return every session, the newest first."""
        return self.store.sessions.all_sessions()

    def counts(self, session: Session) -> Counts:
        """Return the counts of a session, and when it last changed."""
        return self.store.sessions.counts(session)

    def reviewers(self, session: Session) -> list[Reviewer]:
        """Return the reviewers of a session in the order in which they joined."""
        return self.store.sessions.reviewers(session)

    def cases(self, session: Session) -> list[Case]:
        return self.store.verdicts.cases(session)

    def verdicts(self, session: Session) -> list[Verdict]:
        """Return every verdict of a session, by case and then in the order in which they came."""
        return self.store.verdicts.verdicts(session)

    def judgements(self, session: Session) -> list[Judgement]:
        """Return the verdicts of a session as figures need them, in the order in which they came.

        First labels without a verdict are left out.
        """
        return [to_judgement(row) for row in self.judgement_rows(session) if row.verdict]

    def judgement_rows(self, session: Session) -> Sequence[Any]:
        """Return what was said in a session as rows, including comments and first labels without a verdict."""
        return self.store.verdicts.judgements(session)

    def case_positions(self, session: Session) -> Sequence[Any]:
        """Return the cases of a session as rows (id, position, added_by), in their order."""
        return self.store.verdicts.case_positions(session)

    def full_cases(self, session: Session) -> set[int]:
        """Return the cases of a session that have as many verdicts as they need, by id."""
        return self.store.verdicts.full_cases(session)

    def some_cases(self, session: Session, case_ids: Sequence[int]) -> dict[int, Case]:
        """Return some cases of a session by id."""
        return self.store.verdicts.some_cases(session, case_ids)

    def report(self, session: Session, kind: str) -> str | None:
        """Return the stored report of a session, or None if there is none yet."""
        return self.store.sessions.report(session, kind)


def to_judgement(row: Any) -> Judgement:
    first = None if row.blind_label == CANNOT_TELL else row.blind_label
    return Judgement(
        row.case_id,
        row.reviewer_id,
        row.verdict,
        row.label,
        first,
        row.predicted,
        row.probability,
    )
