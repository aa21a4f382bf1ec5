"""The tables of the store, for SQLite and PostgreSQL alike."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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


reviews = Table(
    "reviews",
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
    reference("review_id", "reviews"),
    Column("name", String(200), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account", String(200)),
    Column("joined_at", String(32), nullable=False),
    UniqueConstraint("review_id", "name"),
    UniqueConstraint("review_id", "account"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("review_id", "reviews"),
    Column("position", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    Column("record_hash", String(64), nullable=False),
    Column("true_label", String(200)),
    reference("added_by", "reviewers", nullable=True),
    Column("created_at", String(32), nullable=False),
    # The same input, sent again by the same reviewer, is the same case.
    UniqueConstraint("review_id", "added_by", "record_hash"),
    Index(None, "review_id", "position"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("review_id", "reviews"),
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
    Index(None, "review_id", "reviewer_id"),
)

reports = Table(
    "reports",
    metadata,
    reference("review_id", "reviews"),
    Column("kind", String(8), nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("review_id", "kind"),
)
