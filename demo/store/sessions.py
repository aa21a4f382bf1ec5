"""Review sessions in a database: sessions, those who take part, and reports."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Table, and_, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from demo.sessions.codes import normal_code
from demo.sessions.errors import UnknownReview
from demo.sessions.model import Review, Reviewer, Signature, now
from demo.sessions.repository import Counts
from demo.sessions.text import choose_name
from demo.store.database import Lock, open_database
from demo.store.engines import default_url
from demo.store.limits import SessionLimits
from demo.store.tables import (
    REVIEW_OF_CODE,
    SEAT,
    Columns,
    case_row,
    cases,
    reports,
    reviewers,
    reviews,
    to_review,
    to_reviewer,
    verdicts,
)
from demo.store.verdicts import Casebook
from models.spec import Record


class Store(Casebook):
    """Review sessions with their casebook, reviewers and reports."""

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def add_review(self, review: Review, records: Iterable[tuple[Record, str | None]]) -> Review:
        """Store a new session with the cases of its list (record, true label); its id is given here.

        A standing session that is there already is returned as it is. Raises TooManyNow.
        """
        rows = [case_row(place, record, label) for place, (record, label) in enumerate(records)]

        def work(connection: Connection) -> Review:
            found = connection.execute(REVIEW_OF_CODE, {"code": review.code}).first()
            if found:
                return to_review(found)
            if self.limits and not review.standing:
                self.database.hold(connection, Lock.OPENING, 0, alone=True)
                self.limits.check_opening(connection)
            values = asdict(review)
            del values["id"]
            made = connection.execute(insert(reviews).values(values).returning(*reviews.c)).one()
            if rows:
                connection.execute(insert(cases), [row | {"review_id": made.id} for row in rows])
            return to_review(made)

        return self.database.write(work)

    def review(self, code: str) -> Review:
        """Return a session by its code, however it was typed; raise UnknownReview."""
        return to_review(self.find(REVIEW_OF_CODE, code))

    def seat(self, code: str, token_hash: str) -> tuple[Review, Reviewer | None]:
        """Return a session by its code and its reviewer who bears a token, or None; raise UnknownReview."""
        row = self.find(SEAT, code, token_hash=token_hash)
        known = row.reviewer_id is not None
        return to_review(row), Reviewer(row.reviewer_id, row.name, row.joined_at) if known else None

    def find(self, query: Any, code: str, **values: str) -> Columns:
        """Return the row of a query about the session with a code; raise UnknownReview."""
        typed = normal_code(code)
        # Others cannot be codes, and databases refuse some of them in ways of their own.
        possible = typed.isascii() and typed.isprintable()
        row = self.row(query, code=typed, **values) if possible else None
        if row is None:
            raise UnknownReview(code)
        return row

    def all_reviews(self) -> list[Review]:
        """Return every session, the newest first."""
        query = select(reviews).order_by(reviews.c.created_at.desc(), reviews.c.id.desc())
        return [to_review(row) for row in self.rows(query)]

    def change_facilitator(self, review: Review, facilitator_hash: str) -> None:
        """Let the bearer of another token in, and the one before no more."""
        query = update(reviews).where(reviews.c.id == review.id)
        self.database.write(
            lambda connection: connection.execute(query.values(facilitator_hash=facilitator_hash))
        )

    def counts(self, review: Review) -> Counts:
        """Return how much a session holds."""

        def of(table: Table, what: ColumnElement[Any]) -> ScalarSelect[Any]:
            query = select(what).select_from(table).where(table.c.review_id == review.id)
            return query.scalar_subquery()

        numbers = (of(table, func.count()) for table in (cases, reviewers))
        # A first label alone is no verdict yet.
        n_verdicts = of(verdicts, func.count(verdicts.c.verdict))
        changed_at = of(verdicts, func.max(verdicts.c.changed_at))
        (row,) = self.rows(select(*numbers, n_verdicts, changed_at))
        return Counts(*row)

    def add_reviewer(
        self, review: Review, name: object, token_hash: str, account: str | None = None
    ) -> Reviewer:
        """Store a reviewer under a name that no other of the session has.

        Somebody who is signed in under `account` and was here before comes back as the same reviewer,
        with the new token. Raises ReviewClosed, InvalidReview, SessionFull or TooManyNow.
        """

        def work(connection: Connection) -> Reviewer:
            self.check_open(connection, review)
            self.database.hold(connection, Lock.NAMES, review.id, alone=True)
            own = and_(reviewers.c.review_id == review.id, reviewers.c.account == account)
            if account and connection.execute(select(reviewers.c.id).where(own)).first():
                change = update(reviewers).where(own).values(token_hash=token_hash)
                return to_reviewer(connection.execute(change.returning(*reviewers.c)).one())
            if self.limits:
                self.limits.check_joining(connection, review)
            taken = select(reviewers.c.name).where(reviewers.c.review_id == review.id)
            names = connection.execute(taken).scalars().all()
            row = {
                "review_id": review.id,
                "name": choose_name(name, names, review.plan.anonymous),
                "token_hash": token_hash,
                "account": account,
                "joined_at": now(),
            }
            query = insert(reviewers).values(row).returning(*reviewers.c)
            return to_reviewer(connection.execute(query).one())

        return self.database.write(work)

    def reviewer(self, review: Review, token_hash: str) -> Reviewer | None:
        """Return the reviewer of a session who bears a token, or None."""
        query = select(reviewers).where(
            reviewers.c.review_id == review.id, reviewers.c.token_hash == token_hash
        )
        row = self.row(query)
        return to_reviewer(row) if row else None

    def reviewers(self, review: Review) -> list[Reviewer]:
        """Return the reviewers of a session in the order in which they came."""
        query = select(reviewers).where(reviewers.c.review_id == review.id).order_by(reviewers.c.id)
        return [to_reviewer(row) for row in self.rows(query)]

    def close_review(self, review: Review, signature: Signature) -> Review:
        """Freeze a session under its signature; raise ReviewClosed if it is closed already."""

        def work(connection: Connection) -> Review:
            self.check_open(connection, review, alone=True)
            values = {"closed_at": now(), "signature": asdict(signature)}
            query = update(reviews).where(reviews.c.id == review.id).values(values)
            return to_review(connection.execute(query.returning(*reviews.c)).one())

        return self.database.write(work)

    def keep_report(self, review: Review, kind: str, content: str) -> str:
        """Store a closed session's report, if it has none of this kind, and return the one it has."""
        own = and_(reports.c.review_id == review.id, reports.c.kind == kind)

        def work(connection: Connection) -> str:
            found = connection.execute(select(reports.c.content).where(own)).scalar()
            if found is not None:
                return str(found)
            digest = hashlib.sha256(content.encode()).hexdigest()
            row = {"review_id": review.id, "kind": kind, "content": content, "sha256": digest}
            connection.execute(insert(reports).values(row))
            return content

        return self.database.write(work)

    def report(self, review: Review, kind: str) -> str | None:
        """Return the stored report of a session, or None."""
        query = select(reports.c.content).where(
            reports.c.review_id == review.id, reports.c.kind == kind
        )
        row = self.row(query)
        return str(row.content) if row else None


def open_store(url: str, journal_mode: str, limits: SessionLimits | None = None) -> Store:
    """Return the store in the database behind a URL, "" for the user's own file; see open_database."""
    return Store(open_database(url or default_url(), journal_mode), limits)
