"""What review sessions ask of where they are kept; `demo.store` answers in SQL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from demo.sessions.model import Answered, Case, Draft, Review, Reviewer, Signature, Verdict
from models.spec import Record

Settle = Callable[[Draft | None], Draft]


@dataclass(frozen=True)
class Counts:
    """How much a session holds, and when something last changed in it."""

    n_cases: int
    n_reviewers: int
    n_verdicts: int
    changed_at: str | None


class SessionRepository(Protocol):
    """Sessions with their cases, reviewers, verdicts and reports; a change is known once committed.

    Every method raises StoreUnavailable if the database does not answer, those that write StoreFull if
    its disk is full.
    """

    def close(self) -> None:
        """Close the database."""

    def add_review(self, review: Review, records: Iterable[tuple[Record, str | None]]) -> Review:
        """Store a new session with the cases of its list (record, true label)."""

    def review(self, code: str) -> Review:
        """Return a session by its code, however it was typed; raise UnknownReview."""

    def all_reviews(self) -> list[Review]:
        """Return every session, the newest first."""

    def counts(self, review: Review) -> Counts:
        """Return how much a session holds."""

    def change_facilitator(self, review: Review, facilitator_hash: str) -> None:
        """Replace the hash of the facilitator's token."""

    def close_review(self, review: Review, signature: Signature) -> Review:
        """Close a session under a signature; raise ReviewClosed if it is closed."""

    def add_reviewer(
        self, review: Review, name: object, token_hash: str, account: str | None = None
    ) -> Reviewer:
        """Store a reviewer under a name that no other of the session has."""

    def reviewer(self, review: Review, token_hash: str) -> Reviewer | None:
        """Return the reviewer who bears a token, or None."""

    def reviewers(self, review: Review) -> list[Reviewer]:
        """Return the reviewers of a session in the order in which they joined."""

    def seat(self, code: str, token_hash: str) -> tuple[Review, Reviewer | None]:
        """Return a session by its code and its reviewer who bears a token, or None."""

    def add_case(self, review: Review, reviewer: Reviewer, record: Record) -> Case:
        """Store an input that a reviewer tries; the same one again is the case that is there."""

    def case(self, review: Review, case_id: int, reviewer: Reviewer | None = None) -> Case:
        """Return a case of a session; raise UnknownCase."""

    def cases(self, review: Review) -> list[Case]:
        """Return the cases of a session in their order."""

    def queue(self, review: Review, reviewer: Reviewer) -> tuple[list[int], set[int]]:
        """Return the cases that a reviewer has judged or may still judge, and those judged, by id."""

    def put_verdict(
        self, review: Review, reviewer: Reviewer, case: Case, answered: Answered, settle: Settle
    ) -> Verdict:
        """Store what a reviewer says of a case, in the place of what they said before."""

    def verdict(self, reviewer: Reviewer, case: Case) -> Verdict | None:
        """Return what a reviewer said of a case, or None."""

    def verdicts(self, review: Review) -> list[Verdict]:
        """Return every verdict of a session, by case and then in the order in which they came."""

    def judgements(self, review: Review) -> Sequence[Any]:
        """Return what was said in a session as rows, without what it is about."""

    def places(self, review: Review) -> Sequence[Any]:
        """Return the cases of a session as rows (id, position, added_by), in their order."""

    def records(self, review: Review, case_ids: Sequence[int]) -> dict[int, Record]:
        """Return the inputs of some cases of a session."""

    def keep_report(self, review: Review, kind: str, content: str) -> str:
        """Store a report unless there is one, and return the one that is stored."""

    def report(self, review: Review, kind: str) -> str | None:
        """Return a stored report, or None."""
