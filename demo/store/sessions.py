"""Review sessions in a database: sessions, reviewers and reports."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Table, and_, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from demo.sessions.codes import normal_code
from demo.sessions.errors import UnknownSession
from demo.sessions.model import Reviewer, Session, Signature, now
from demo.sessions.new_session import Listed, NewCase
from demo.sessions.repository import Counts
from demo.sessions.text import choose_name
from demo.store.database import Database, Lock, open_database
from demo.store.engines import default_url
from demo.store.limits import SessionLimits
from demo.store.tables import (
    PARTICIPANT,
    SESSION_OF_CODE,
    Columns,
    case_row,
    cases,
    reports,
    reviewers,
    sessions,
    to_reviewer,
    to_session,
    verdicts,
)
from demo.store.transactions import hold_open, read_row, read_rows
from demo.store.verdicts import VerdictTable


class SessionTable:
    """The session repository in SQL; every change is one unit of work, visible once committed."""

    def __init__(self, database: Database, limits: SessionLimits | None = None) -> None:
        self.database, self.limits = database, limits

    def add_session(self, session: Session, listed: Iterable[Listed]) -> Session:
        """Store a new session with the cases of its list; its id is given here.

        A standing session that exists already is returned unchanged. Raises TooManyNow.
        """
        rows = [case_row(index, NewCase(*case)) for index, case in enumerate(listed)]

        def work(connection: Connection) -> Session:
            found = connection.execute(SESSION_OF_CODE, {"code": session.code}).first()
            if found:
                return to_session(found)
            if self.limits and not session.standing:
                self.database.hold(connection, Lock.OPENING, 0, alone=True)
                self.limits.check_opening(connection)
            values = asdict(session)
            del values["id"]
            made = connection.execute(insert(sessions).values(values).returning(*sessions.c)).one()
            if rows:
                connection.execute(insert(cases), [row | {"session_id": made.id} for row in rows])
            return to_session(made)

        return self.database.run_unit(work)

    def session(self, code: str) -> Session:
        """Return a session by its code, however it was typed; raise UnknownSession."""
        return to_session(self.find(SESSION_OF_CODE, code))

    def participant(self, code: str, token_hash: str) -> tuple[Session, Reviewer | None]:
        """Return a session by its code and its reviewer with this token, or None; raise UnknownSession."""
        row = self.find(PARTICIPANT, code, token_hash=token_hash)
        known = row.reviewer_id is not None
        return to_session(row), Reviewer(
            row.reviewer_id, row.name, row.joined_at
        ) if known else None

    def find(self, query: Any, code: str, **values: str) -> Columns:
        """Return the row of a query about the session with a code; raise UnknownSession."""
        typed = normal_code(code)
        # Other texts cannot be codes, and some databases raise errors of their own on them.
        possible = typed.isascii() and typed.isprintable()
        row = read_row(self.database, query, code=typed, **values) if possible else None
        if row is None:
            raise UnknownSession(code)
        return row

    def all_sessions(self) -> list[Session]:
        """Return every session, the newest first."""
        query = select(sessions).order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
        return [to_session(row) for row in read_rows(self.database, query)]

    def change_facilitator(self, session: Session, facilitator_hash: str) -> None:
        """Replace the hash of the facilitator's token; the old token no longer works."""
        query = update(sessions).where(sessions.c.id == session.id)
        self.database.run_unit(
            lambda connection: connection.execute(query.values(facilitator_hash=facilitator_hash))
        )

    def counts(self, session: Session) -> Counts:
        def of(table: Table, what: ColumnElement[Any]) -> ScalarSelect[Any]:
            query = select(what).select_from(table).where(table.c.session_id == session.id)
            return query.scalar_subquery()

        numbers = (of(table, func.count()) for table in (cases, reviewers))
        # A first label alone is not a verdict yet.
        n_verdicts = of(verdicts, func.count(verdicts.c.verdict))
        changed_at = of(verdicts, func.max(verdicts.c.changed_at))
        (row,) = read_rows(self.database, select(*numbers, n_verdicts, changed_at))
        return Counts(*row)

    def add_reviewer(
        self, session: Session, name: object, token_hash: str, account: str | None = None
    ) -> Reviewer:
        """Store a reviewer under a name that no other of the session has.

        Somebody who joined before under the same `account` remains the same reviewer, with the new
        token. Raises SessionClosed, InvalidSession, SessionFull or TooManyNow.
        """

        def work(connection: Connection) -> Reviewer:
            hold_open(self.database, connection, session)
            self.database.hold(connection, Lock.NAMES, session.id, alone=True)
            own = and_(reviewers.c.session_id == session.id, reviewers.c.account == account)
            if account and connection.execute(select(reviewers.c.id).where(own)).first():
                change = update(reviewers).where(own).values(token_hash=token_hash)
                return to_reviewer(connection.execute(change.returning(*reviewers.c)).one())
            if self.limits:
                self.limits.check_joining(connection, session)
            taken = select(reviewers.c.name).where(reviewers.c.session_id == session.id)
            names = connection.execute(taken).scalars().all()
            row = {
                "session_id": session.id,
                "name": choose_name(name, names, session.plan.anonymous),
                "token_hash": token_hash,
                "account": account,
                "joined_at": now(),
            }
            query = insert(reviewers).values(row).returning(*reviewers.c)
            return to_reviewer(connection.execute(query).one())

        return self.database.run_unit(work)

    def reviewer(self, session: Session, token_hash: str) -> Reviewer | None:
        query = select(reviewers).where(
            reviewers.c.session_id == session.id, reviewers.c.token_hash == token_hash
        )
        row = read_row(self.database, query)
        return to_reviewer(row) if row else None

    def reviewers(self, session: Session) -> list[Reviewer]:
        """Return the reviewers of a session in the order in which they joined."""
        query = (
            select(reviewers).where(reviewers.c.session_id == session.id).order_by(reviewers.c.id)
        )
        return [to_reviewer(row) for row in read_rows(self.database, query)]

    def close_session(self, session: Session, signature: Signature) -> Session:
        """Close a session with its signature; raise SessionClosed if it is closed already."""

        def work(connection: Connection) -> Session:
            hold_open(self.database, connection, session, alone=True)
            values = {"closed_at": now(), "signature": asdict(signature)}
            query = update(sessions).where(sessions.c.id == session.id).values(values)
            return to_session(connection.execute(query.returning(*sessions.c)).one())

        return self.database.run_unit(work)

    def keep_report(self, session: Session, kind: str, content: str) -> str:
        """Store a closed session's report, if it has none of this kind, and return the one it has."""
        own = and_(reports.c.session_id == session.id, reports.c.kind == kind)

        def work(connection: Connection) -> str:
            found = connection.execute(select(reports.c.content).where(own)).scalar()
            if found is not None:
                return str(found)
            digest = hashlib.sha256(content.encode()).hexdigest()
            row = {"session_id": session.id, "kind": kind, "content": content, "sha256": digest}
            connection.execute(insert(reports).values(row))
            return content

        return self.database.run_unit(work)

    def report(self, session: Session, kind: str) -> str | None:
        query = select(reports.c.content).where(
            reports.c.session_id == session.id, reports.c.kind == kind
        )
        row = read_row(self.database, query)
        return str(row.content) if row else None


class Store:
    """The session repository and the verdict repository, which share a database and its limits."""

    def __init__(self, database: Database, limits: SessionLimits | None = None) -> None:
        self.database = database
        self.sessions = SessionTable(database, limits)
        self.verdicts = VerdictTable(database, limits)

    def close(self) -> None:
        self.database.close()


def open_store(url: str, journal_mode: str, limits: SessionLimits | None = None) -> Store:
    """Return the store in the database behind a URL, "" for the user's own file; see open_database."""
    return Store(open_database(url or default_url(), journal_mode), limits)
