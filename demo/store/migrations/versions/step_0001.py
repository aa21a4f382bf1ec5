"""Review sessions, their reviewers, cases, verdicts and reports.

A verdict holds the exact input and what the model said of it, so that it can be read when that model is
long gone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    add_reviews()
    add_reviewers()
    add_cases()
    add_verdicts()
    add_reports()


def downgrade() -> None:
    """Remove the tables, with what they hold."""
    for table in ("reports", "verdicts", "cases", "reviewers", "reviews"):
        op.drop_table(table)


def identity(table: str) -> tuple["sa.Column[int]", sa.PrimaryKeyConstraint]:
    """Return the column that numbers the rows of a table."""
    column = sa.Column("id", sa.Integer, nullable=False)
    return column, sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def reference(
    table: str, name: str, target: str, *, nullable: bool = False
) -> tuple["sa.Column[int]", sa.ForeignKeyConstraint]:
    """Return a column that refers to a row of another table."""
    constraint = sa.ForeignKeyConstraint([name], [f"{target}.id"], name=f"fk_{table}_{name}")
    return sa.Column(name, sa.Integer, nullable=nullable), constraint


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    """Return the rule that no two rows agree in these columns."""
    return sa.UniqueConstraint(*names, name="_".join(("uq", table, *names)))


def text(name: str, length: int, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=nullable)


def add_reviews() -> None:
    """Make the table of sessions."""
    op.create_table(
        "reviews",
        *identity("reviews"),
        text("code", 120),
        sa.Column("plan", sa.JSON, nullable=False),
        text("model_sha256", 64),
        text("facilitator_hash", 64),
        sa.Column("standing", sa.Boolean, nullable=False),
        text("created_at", 32),
        text("closed_at", 32, nullable=True),
        sa.Column("signature", sa.JSON),
        unique("reviews", "code"),
    )


def add_reviewers() -> None:
    """Make the table of those who judge."""
    op.create_table(
        "reviewers",
        *identity("reviewers"),
        *reference("reviewers", "review_id", "reviews"),
        text("name", 200),
        text("token_hash", 64),
        text("account", 200, nullable=True),
        text("joined_at", 32),
        unique("reviewers", "token_hash"),
        unique("reviewers", "review_id", "name"),
        unique("reviewers", "review_id", "account"),
    )


def add_cases() -> None:
    """Make the table of inputs."""
    op.create_table(
        "cases",
        *identity("cases"),
        *reference("cases", "review_id", "reviews"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        text("record_hash", 64),
        text("true_label", 200, nullable=True),
        *reference("cases", "added_by", "reviewers", nullable=True),
        text("created_at", 32),
        unique("cases", "review_id", "added_by", "record_hash"),
    )
    op.create_index("ix_cases_review_id_position", "cases", ["review_id", "position"])


def add_verdicts() -> None:
    """Make the table of what reviewers say."""
    op.create_table(
        "verdicts",
        *identity("verdicts"),
        *reference("verdicts", "review_id", "reviews"),
        *reference("verdicts", "case_id", "cases"),
        *reference("verdicts", "reviewer_id", "reviewers"),
        text("verdict", 16, nullable=True),
        text("label", 200, nullable=True),
        text("blind_label", 200, nullable=True),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        text("model_sha256", 64),
        text("predicted", 200),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("probabilities", sa.JSON, nullable=False),
        sa.Column("latency_ms", sa.Float, nullable=False),
        text("created_at", 32),
        text("changed_at", 32),
        unique("verdicts", "case_id", "reviewer_id"),
    )
    op.create_index("ix_verdicts_review_id_reviewer_id", "verdicts", ["review_id", "reviewer_id"])


def add_reports() -> None:
    """Make the table of the reports of closed sessions."""
    op.create_table(
        "reports",
        *reference("reports", "review_id", "reviews"),
        text("kind", 8),
        sa.Column("content", sa.Text, nullable=False),
        text("sha256", 64),
        unique("reports", "review_id", "kind"),
    )
