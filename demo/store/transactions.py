"""Steps that both repositories share: read rows, and keep a session open while they write."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from demo.sessions.errors import SessionClosed
from demo.sessions.model import Session
from demo.store.database import Database, Lock
from demo.store.tables import CLOSED_AT, Columns


def read_row(database: Database, query: Any, **values: object) -> Columns | None:
    return database.read(lambda connection: connection.execute(query, values).first())


def read_rows(database: Database, query: Any, **values: object) -> Sequence[Columns]:
    return database.read(lambda connection: connection.execute(query, values).all())


def hold_open(
    database: Database, connection: Connection, session: Session, *, alone: bool = False
) -> None:
    """Raise SessionClosed if the session is closed, and keep it open until the transaction ends.

    `alone` is for closing it: then no other transaction of the session is running.
    """
    database.hold(connection, Lock.OPEN, session.id, alone=alone)
    closed_at = connection.execute(CLOSED_AT, {"session": session.id}).scalar_one()
    if closed_at:
        raise SessionClosed(
            f"This session was closed on {closed_at[:10]}; it takes no verdicts any more. "
            "Ask the facilitator for its report."
        )
