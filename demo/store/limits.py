"""Limits on sessions, reviewers and their inputs, so that nobody can fill the disk.

They are checked in the store, within the transaction that adds one more, so that they hold after a
restart and across processes.
"""

import math
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select
from sqlalchemy.sql.elements import ColumnElement

from demo.sessions.errors import SessionFull, TooManyNow
from demo.sessions.model import Reviewer, Session, now
from demo.settings import PREFIX, Settings
from demo.store.tables import BY_POSITION, cases, reviewers, sessions

HOUR_S = 3_600
Where = ColumnElement[bool]


@dataclass(frozen=True)
class SessionLimits:
    """The limits of the settings that have the same names."""

    max_sessions_per_hour: int
    max_joins_per_hour: int
    max_reviewers: int
    max_inputs: int
    max_reviewer_inputs: int

    def check_opening(self, connection: Connection) -> None:
        """Raise TooManyNow if no session may be opened now."""
        opened = select(sessions.c.created_at).where(sessions.c.standing.is_(False))
        wait_s = wait_for(
            connection, opened.order_by(sessions.c.id.desc()), self.max_sessions_per_hour
        )
        if wait_s:
            raise TooManyNow(
                f"{self.max_sessions_per_hour:,} sessions were opened within an hour, and no more may be; "
                f"{advice(wait_s)}, or ask whoever runs the app for a higher "
                f"{PREFIX}MAX_SESSIONS_PER_HOUR.",
                wait_s,
            )

    def check_joining(self, connection: Connection, session: Session) -> None:
        """Raise SessionFull or TooManyNow if nobody may join a session now.

        A standing session is never full: every visitor of the page may join.
        """
        inside = reviewers.c.session_id == session.id
        if not session.standing and count(connection, reviewers, inside) >= self.max_reviewers:
            raise SessionFull(
                f"This session has {self.max_reviewers:,} reviewers and takes no more; "
                "ask its facilitator to open another."
            )
        joined = select(reviewers.c.joined_at).where(inside).order_by(reviewers.c.id.desc())
        wait_s = wait_for(connection, joined, self.max_joins_per_hour)
        if wait_s:
            raise TooManyNow(
                f"{self.max_joins_per_hour:,} people joined this session within an hour, and no more may; "
                f"{advice(wait_s)}.",
                wait_s,
            )

    def check_adding(self, connection: Connection, session: Session, reviewer: Reviewer) -> None:
        """Raise SessionFull if a reviewer may add no more inputs to a session.

        In a standing session the limits are per hour, and the error is TooManyNow.
        """
        inside = cases.c.session_id == session.id
        own, all_added = cases.c.added_by == reviewer.id, cases.c.added_by.is_not(None)
        for whose, most, who in (
            (inside & own, self.max_reviewer_inputs, "You have"),
            (inside & all_added, self.max_inputs, "Reviewers have"),
        ):
            if session.standing:
                check_hour(connection, whose, most, who)
            elif count(connection, cases, whose) >= most:
                raise SessionFull(
                    f"{who} added {most:,} inputs to this session, and it takes no more; "
                    "judge the cases that are there."
                )


def check_hour(connection: Connection, whose: Where, most: int, who: str) -> None:
    """Raise TooManyNow if this many inputs were added within an hour."""
    added = select(cases.c.created_at).where(whose)
    wait_s = wait_for(connection, added.order_by(*(column.desc() for column in BY_POSITION)), most)
    if wait_s:
        raise TooManyNow(
            f"{who} added {most:,} inputs within an hour, and no more may be; {advice(wait_s)}.",
            wait_s,
        )


def count(connection: Connection, table: Table, where: Where) -> int:
    """Return how many rows of a table match."""
    return connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()


def wait_for(connection: Connection, latest: Select[Any], most: int) -> int:
    """Return how many seconds to wait before the next is allowed, 0 for none.

    `latest` selects the times of earlier ones, newest first; `most` are allowed within an hour.
    """
    came_at = connection.scalar(latest.offset(most - 1).limit(1))
    if came_at is None:
        return 0
    free_at = datetime.fromisoformat(came_at) + timedelta(seconds=HOUR_S)
    return max(0, math.ceil((free_at - datetime.fromisoformat(now())).total_seconds()))


def advice(wait_s: int) -> str:
    """Return when to try again, in words."""
    minutes = math.ceil(wait_s / 60)
    return f"try again in {minutes} minute{'s' if minutes > 1 else ''}"


def limits_of(settings: Settings) -> SessionLimits:
    """Return the limits that the settings hold."""
    return SessionLimits(
        **{item.name: getattr(settings, item.name) for item in fields(SessionLimits)}
    )
