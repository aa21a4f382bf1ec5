"""The migrations of the store's tables, step by step (Alembic)."""

# The last step; a database that is at it needs no Alembic.
HEAD = "0003"
