"""What can go wrong in a review session; each message is written for the person who sees it."""

from models.errors import UserError, shown


class InvalidSession(UserError):
    """A field of a session, a name or a signature does not hold what it must."""

    code = "invalid_session"


class InvalidVerdict(UserError):
    """A verdict breaks a rule of its session."""

    code = "invalid_verdict"


class UnknownSession(UserError):
    """No session has this code."""

    code = "unknown_session"

    def __init__(self, code: str) -> None:
        super().__init__(
            f"No review session has the code {shown(code)}; look for a typing error, "
            "or ask the facilitator for the link."
        )


class UnknownCase(UserError):
    """A session has no such case."""

    code = "unknown_case"

    def __init__(self, case: object) -> None:
        super().__init__(f"This session has no case {shown(case)}; ask for the next one.")


class NotAllowed(UserError):
    """The token does not allow this."""

    code = "not_allowed"


class TooManyNow(UserError):
    """The limit for this hour is reached; try again in `wait_s` seconds."""

    code = "too_many_now"

    def __init__(self, message: str, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class SessionFull(UserError):
    """The session has reached its limit of reviewers or inputs."""

    code = "session_full"


class SessionClosed(UserError):
    """The session is closed and accepts no changes."""

    code = "session_closed"


class SessionOpen(UserError):
    """What is asked for exists only once the session is closed."""

    code = "session_open"


class OtherModel(UserError):
    """The session is about another version of the model than the one that runs."""

    code = "other_model"


class StoreUnavailable(UserError):
    """The database did not answer; the same request may be sent again."""

    code = "not_saved"


class StoreFull(UserError):
    """The disk of the database is full."""

    code = "disk_full"
