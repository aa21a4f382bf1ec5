"""How the tables of the store came to be what they are, step by step (Alembic)."""

# The last step; a database that says so needs no Alembic.
HEAD = "0002"
