"""The cases of a session and what was said of them, in the database."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from demo.sessions.errors import UnknownCase
from demo.sessions.model import Case, Reviewer, Session, StoredPrediction, Verdict
from demo.sessions.new_session import NewCase
from demo.sessions.repository import Resolve
from demo.sessions.rules import queue_of
from demo.sessions.text import HIGHEST_ID
from demo.store.database import Database, Lock
from demo.store.limits import SessionLimits
from demo.store.tables import (
    ADD_VERDICT,
    BY_POSITION,
    CASE_OF_SESSION,
    CHANGE_VERDICT,
    FULL_CASES,
    QUEUE,
    VERDICT,
    VERDICT_TO_CHANGE,
    Columns,
    case_row,
    cases,
    is_same,
    record_hash,
    to_case,
    to_verdict,
    to_verdict_input,
    verdict_row,
    verdicts,
)
from demo.store.transactions import hold_open, read_row, read_rows
from models.spec import Record


class VerdictTable:
    """The verdict repository in SQL; every change is one unit of work, visible once committed."""

    def __init__(self, database: Database, limits: SessionLimits | None = None) -> None:
        self.database, self.limits = database, limits

    def add_case(self, session: Session, reviewer: Reviewer, record: Record) -> Case:
        """Store an input that a reviewer tries; the same input again returns the existing case.

        Raises SessionClosed, SessionFull or TooManyNow.
        """
        digest = record_hash(record)

        def work(connection: Connection) -> Case:
            hold_open(self.database, connection, session)
            found = connection.execute(
                select(cases).where(
                    cases.c.session_id == session.id,
                    cases.c.added_by == reviewer.id,
                    cases.c.record_hash == digest,
                )
            ).first()
            if found:
                return to_case(found)
            if self.limits:
                self.database.hold(connection, Lock.INPUTS, session.id, alone=True)
                self.limits.check_adding(connection, session, reviewer)
            last = select(func.max(cases.c.position)).where(cases.c.session_id == session.id)
            position = connection.execute(last).scalar()
            row = case_row(0 if position is None else position + 1, NewCase(record))
            row |= {"session_id": session.id, "added_by": reviewer.id}
            return to_case(connection.execute(insert(cases).values(row).returning(*cases.c)).one())

        return self.database.run_unit(work)

    def case(self, session: Session, case_id: int, reviewer: Reviewer | None = None) -> Case:
        """Return a case of a session; raise UnknownCase if it, or the reviewer, does not have it."""
        # SQLite cannot compare with numbers of more than 64 bits.
        known = 0 < case_id <= HIGHEST_ID
        row = (
            read_row(self.database, CASE_OF_SESSION, session=session.id, case=case_id)
            if known
            else None
        )
        if row is None or (reviewer and row.added_by not in (None, reviewer.id)):
            raise UnknownCase(case_id)
        return to_case(row)

    def cases(self, session: Session) -> list[Case]:
        query = select(cases).where(cases.c.session_id == session.id).order_by(*BY_POSITION)
        return [to_case(row) for row in read_rows(self.database, query)]

    def queue(self, session: Session, reviewer: Reviewer) -> tuple[list[int], set[int]]:
        """Return the cases that a reviewer has judged or may still judge, and those judged, by id."""
        rows = read_rows(self.database, QUEUE, session=session.id, reviewer=reviewer.id)
        judged = {case for case, verdict, _ in rows if verdict}
        begun = {case for case, _, started in rows if started}
        queue = queue_of({case for case, *_ in rows}, self.full_cases(session), begun)
        return [case for case, *_ in rows if case in queue], judged

    def full_cases(self, session: Session) -> set[int]:
        """Return the cases that have as many verdicts as they need, by id."""
        wanted = session.plan.verdicts_per_case
        if wanted is None:
            return set()
        rows = read_rows(self.database, FULL_CASES, session=session.id, wanted=wanted)
        return {row.case_id for row in rows}

    def put_verdict(
        self,
        session: Session,
        reviewer: Reviewer,
        case: Case,
        answered: StoredPrediction,
        resolve_verdict: Resolve,
    ) -> Verdict:
        """Store what a reviewer says of a case, replacing what they said before.

        `resolve_verdict` returns what to store, given what was said earlier, or raises; the same as before
        changes nothing. Raises SessionClosed.
        """
        whose = {"case": case.id, "reviewer": reviewer.id}

        def work(connection: Connection) -> Verdict:
            hold_open(self.database, connection, session)
            found = connection.execute(VERDICT_TO_CHANGE, whose).first()
            verdict_input = resolve_verdict(to_verdict_input(found) if found else None)
            if found and is_same(verdict_input, answered, found):
                return to_verdict(found)
            row = verdict_row(verdict_input, answered)
            if found:
                return to_verdict(connection.execute(CHANGE_VERDICT, row | {"row": found.id}).one())
            row |= {"session_id": session.id, "case_id": case.id, "reviewer_id": reviewer.id}
            row |= {"created_at": row["changed_at"]}
            return to_verdict(connection.execute(ADD_VERDICT, row).one())

        return self.database.run_unit(work)

    def verdict(self, reviewer: Reviewer, case: Case) -> Verdict | None:
        row = read_row(self.database, VERDICT, case=case.id, reviewer=reviewer.id)
        return to_verdict(row) if row else None

    def verdicts(self, session: Session) -> list[Verdict]:
        """Return every verdict of a session, by case and then in the order in which they came."""
        query = (
            select(verdicts)
            .join(cases, cases.c.id == verdicts.c.case_id)
            .where(verdicts.c.session_id == session.id)
            .order_by(*BY_POSITION, verdicts.c.id)
        )
        return [to_verdict(row) for row in read_rows(self.database, query)]

    def judgements(self, session: Session) -> Sequence[Columns]:
        """Return what was said in a session, in the order in which it came, without inputs and probabilities.

        For 50,000 verdicts these would take most of the time.
        """
        said = (verdicts.c.verdict, verdicts.c.label, verdicts.c.blind_label, verdicts.c.comment)
        answered = (verdicts.c.predicted, verdicts.c.probability)
        query = select(verdicts.c.case_id, verdicts.c.reviewer_id, *said, *answered)
        return read_rows(
            self.database, query.where(verdicts.c.session_id == session.id).order_by(verdicts.c.id)
        )

    def case_positions(self, session: Session) -> Sequence[Columns]:
        """Return the cases of a session by position (id, position, added_by), without their inputs."""
        query = select(cases.c.id, cases.c.position, cases.c.added_by)
        return read_rows(
            self.database, query.where(cases.c.session_id == session.id).order_by(*BY_POSITION)
        )

    def some_cases(self, session: Session, case_ids: Sequence[int]) -> dict[int, Case]:
        """Return some cases of a session by id."""
        query = select(cases).where(cases.c.session_id == session.id, cases.c.id.in_(case_ids))
        return {row.id: to_case(row) for row in read_rows(self.database, query)}
