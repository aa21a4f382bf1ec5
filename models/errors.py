"""Errors whose message can be shown to the person who caused them.

Each message is one sentence or two: what came, what is allowed, what to do.
"""

import reprlib
from collections.abc import Iterable


def shown(value: object, max_length: int = 40) -> str:
    """Return `value` quoted for a message: shortened, and control characters escaped."""
    try:
        text = repr(value[: max_length + 1]) if isinstance(value, str) else reprlib.repr(value)
    except ValueError:
        # Python refuses to write out integers of over 4,300 digits.
        text = "a number of thousands of digits"
    return text if len(text) <= max_length + 2 else text[:max_length] + "…"


class UserError(Exception):
    """An error that is safe to show: `code` for programs, the message for people."""

    code = "error"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidRecord(UserError):
    """A record does not fit its spec; `field` names the feature."""

    code = "invalid_record"


class UnknownModel(UserError):
    """No model has this name."""

    code = "unknown_model"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no model {shown(name)}; choose one of: {', '.join(known)}.")


class ArtefactError(UserError):
    """A model's files are missing, damaged, or made with other versions."""

    code = "model_unavailable"


class DatasetError(UserError):
    """A data set could not be found, fetched or trusted."""

    code = "dataset_unavailable"
