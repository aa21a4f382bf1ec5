"""A case keeps what its file says beside the input."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; the cases of before have nothing beside them."""
    op.add_column("cases", sa.Column("context", sa.JSON))


def downgrade() -> None:
    op.drop_column("cases", "context")
