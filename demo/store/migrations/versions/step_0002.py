"""A review session is a session: tables, columns and constraints get the names that the code has."""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

# Those that refer to sessions, each after those that it refers to; and the index that each has.
REFERRING = ("reviewers", "cases", "verdicts", "reports")
INDEXES = {"cases": "position", "verdicts": "reviewer_id"}
# PostgreSQL's constraints: those of the sessions, and those of the tables that refer to them.
KEYS = (("pk", ""), ("uq", "_code"))
CONSTRAINTS = {
    "reviewers": ("uq_reviewers_{}_name", "uq_reviewers_{}_account", "fk_reviewers_{}"),
    "cases": ("uq_cases_{}_added_by_record_hash", "fk_cases_{}"),
    "verdicts": ("fk_verdicts_{}",),
    "reports": ("uq_reports_{}_kind", "fk_reports_{}"),
}


def upgrade() -> None:
    """Give the names of sessions."""
    rename("reviews", "sessions", "review_id", "session_id")


def downgrade() -> None:
    """Give the names of before."""
    rename("sessions", "reviews", "session_id", "review_id")


def rename(table: str, new_table: str, column: str, new_column: str) -> None:
    """Rename the table of sessions, every column that refers to it, and what is named after them."""
    for name, other in INDEXES.items():
        op.drop_index(f"ix_{name}_{column}_{other}", name)
    if op.get_context().dialect.name == "sqlite":
        copy_tables(table, new_table, column, new_column)
    else:
        rename_tables(table, new_table, column, new_column)
    for name, other in INDEXES.items():
        op.create_index(f"ix_{name}_{new_column}_{other}", name, [new_column, other])


def copy_tables(table: str, new_table: str, column: str, new_column: str) -> None:
    """Make every table anew and copy its rows: SQLite cannot rename constraints.

    The new ones refer to one another until the old ones are gone; then they take their names.
    """
    for name in (table, *REFERRING):
        definition = definition_of(name).replace(column, new_column).replace(table, new_table)
        for other in REFERRING:
            for before in ("CREATE TABLE", "REFERENCES"):
                definition = definition.replace(f"{before} {other} ", f"{before} new_{other} ")
        op.execute(definition)
        made = f"new_{name}" if name in REFERRING else new_table
        op.execute(f"INSERT INTO {made} SELECT * FROM {name}")  # noqa: S608 - our own names
    for name in reversed((table, *REFERRING)):
        op.drop_table(name)
    for name in REFERRING:
        op.rename_table(f"new_{name}", name)


def definition_of(table: str) -> str:
    """Return the statement that makes a table, its names without quotation marks."""
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return str(op.get_bind().execute(query, {"name": table}).scalar_one()).replace('"', "")


def rename_tables(table: str, new_table: str, column: str, new_column: str) -> None:
    """Rename table, columns, constraints, and the sequence that numbers the sessions."""
    op.rename_table(table, new_table)
    for name in REFERRING:
        op.execute(f"ALTER TABLE {name} RENAME COLUMN {column} TO {new_column}")
    renamed = [
        (new_table, f"{kind}_{table}{rest}", f"{kind}_{new_table}{rest}") for kind, rest in KEYS
    ]
    for name, patterns in CONSTRAINTS.items():
        renamed += [(name, each.format(column), each.format(new_column)) for each in patterns]
    for name, old, new in renamed:
        op.execute(f"ALTER TABLE {name} RENAME CONSTRAINT {old} TO {new}")
    op.execute(f"ALTER SEQUENCE {table}_id_seq RENAME TO {new_table}_id_seq")
