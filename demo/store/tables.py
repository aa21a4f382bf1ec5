"""The tables of the store, for SQLite and PostgreSQL alike."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from demo.sessions.model import (
    Case,
    Plan,
    Reviewer,
    Session,
    Signature,
    StoredPrediction,
    Verdict,
    VerdictInput,
    now,
)
from demo.sessions.new_session import NewCase
from models.spec import Record

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def reference(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """Return a column that refers to a row of another table."""
    return Column(name, ForeignKey(f"{target}.id"), nullable=nullable)


sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(120), nullable=False, unique=True),
    Column("plan", JSON, nullable=False),
    Column("model_sha256", String(64), nullable=False),
    Column("facilitator_hash", String(64), nullable=False),
    Column("standing", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("closed_at", String(32)),
    Column("signature", JSON(none_as_null=True)),
)

reviewers = Table(
    "reviewers",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("session_id", "sessions"),
    Column("name", String(200), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account", String(200)),
    Column("joined_at", String(32), nullable=False),
    UniqueConstraint("session_id", "name"),
    UniqueConstraint("session_id", "account"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("session_id", "sessions"),
    Column("position", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    Column("record_hash", String(64), nullable=False),
    Column("true_label", String(200)),
    reference("added_by", "reviewers", nullable=True),
    Column("created_at", String(32), nullable=False),
    # By column of the file that the case came from; null without any.
    Column("context", JSON(none_as_null=True)),
    # The same input, sent again by the same reviewer, is the same case.
    UniqueConstraint("session_id", "added_by", "record_hash"),
    Index(None, "session_id", "position"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("session_id", "sessions"),
    reference("case_id", "cases"),
    reference("reviewer_id", "reviewers"),
    Column("verdict", String(16)),
    Column("label", String(200)),
    Column("blind_label", String(200)),
    Column("comment", Text, nullable=False),
    Column("record", JSON, nullable=False),
    Column("model_sha256", String(64), nullable=False),
    Column("predicted", String(200), nullable=False),
    Column("probability", Float, nullable=False),
    Column("probabilities", JSON, nullable=False),
    Column("latency_ms", Float, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    # A doubled click or a retried request makes one row.
    UniqueConstraint("case_id", "reviewer_id"),
    Index(None, "session_id", "reviewer_id"),
)

reports = Table(
    "reports",
    metadata,
    reference("session_id", "sessions"),
    Column("kind", String(8), nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("session_id", "kind"),
)


Columns = Row[*tuple[Any, ...]]


def record_hash(record: Record) -> str:
    """Return a hash that identifies an input."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def to_session(row: Columns) -> Session:
    signature = dict(row.signature) if row.signature else None
    if signature:
        signature["signed_by"] = tuple(signature["signed_by"])
    return Session(
        row.id,
        row.code,
        Plan(**row.plan),
        row.model_sha256,
        row.facilitator_hash,
        row.standing,
        row.created_at,
        row.closed_at,
        Signature(**signature) if signature else None,
    )


def to_reviewer(row: Columns) -> Reviewer:
    return Reviewer(row.id, row.name, row.joined_at)


def to_case(row: Columns) -> Case:
    return Case(row.id, row.position, row.record, row.true_label, row.added_by, row.context or {})


def to_verdict_input(row: Columns) -> VerdictInput:
    """Return what the reviewer said in a row of verdicts."""
    return VerdictInput(row.verdict, row.label, row.blind_label, row.comment)


def to_verdict(row: Columns) -> Verdict:
    answered = StoredPrediction(
        row.record, row.model_sha256, row.predicted, row.probabilities, row.latency_ms
    )
    return Verdict(
        row.case_id,
        row.reviewer_id,
        to_verdict_input(row),
        answered,
        row.created_at,
        row.changed_at,
        row.id,
    )


def case_row(position: int, case: NewCase) -> dict[str, Any]:
    """Return the row of a case, for the session that it is given."""
    return {
        "position": position,
        "record": dict(case.record),
        "record_hash": record_hash(case.record),
        "true_label": case.true_label,
        "context": dict(case.context) or None,
        "added_by": None,
        "created_at": now(),
    }


def verdict_row(verdict_input: VerdictInput, answered: StoredPrediction) -> dict[str, Any]:
    """Return what a row of verdicts says, for the reviewer and the case that it is given."""
    probability = answered.probabilities[answered.predicted]
    said = asdict(verdict_input) | {"changed_at": now()}
    return said | vars(answered) | {"probability": probability}


def is_same(verdict_input: VerdictInput, answered: StoredPrediction, row: Columns) -> bool:
    """Tell whether a row of verdicts says this already, and of the same model."""
    return verdict_input == to_verdict_input(row) and answered.model_sha256 == row.model_sha256


CODE, TOKEN_HASH = bindparam("code", type_=String), bindparam("token_hash", type_=String)
SESSION, REVIEWER = bindparam("session", type_=Integer), bindparam("reviewer", type_=Integer)
CASE, ROW = bindparam("case", type_=Integer), bindparam("row", type_=Integer)

# Cases that two reviewers add at the same moment may share a position.
BY_POSITION = (cases.c.position, cases.c.id)

SESSION_OF_CODE = select(sessions).where(sessions.c.code == CODE)
CLOSED_AT = select(sessions.c.closed_at).where(sessions.c.id == SESSION)

# A session, and its reviewer with a token, if there is one.
PARTICIPANT = (
    select(
        sessions,
        reviewers.c.id.label("reviewer_id"),
        reviewers.c.name,
        reviewers.c.joined_at,
    )
    .outerjoin(
        reviewers,
        and_(reviewers.c.session_id == sessions.c.id, reviewers.c.token_hash == TOKEN_HASH),
    )
    .where(sessions.c.code == CODE)
)

CASE_OF_SESSION = select(cases).where(cases.c.session_id == SESSION, cases.c.id == CASE)

# The cases of the list and those of a reviewer's own, with what they said of them.
QUEUE = (
    select(cases.c.id, verdicts.c.verdict, verdicts.c.id.label("started"))
    .outerjoin(verdicts, and_(verdicts.c.case_id == cases.c.id, verdicts.c.reviewer_id == REVIEWER))
    .where(
        cases.c.session_id == SESSION,
        or_(cases.c.added_by.is_(None), cases.c.added_by == REVIEWER),
    )
    .order_by(*BY_POSITION)
)
FULL_CASES = (
    select(verdicts.c.case_id)
    .where(verdicts.c.session_id == SESSION, verdicts.c.verdict.is_not(None))
    .group_by(verdicts.c.case_id)
    .having(func.count() >= bindparam("wanted"))
)

VERDICT = select(verdicts).where(verdicts.c.case_id == CASE, verdicts.c.reviewer_id == REVIEWER)
VERDICT_TO_CHANGE = VERDICT.with_for_update()
ADD_VERDICT = insert(verdicts).returning(*verdicts.c)
CHANGE_VERDICT = update(verdicts).where(verdicts.c.id == ROW).returning(*verdicts.c)
