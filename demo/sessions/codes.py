"""Codes of sessions, and the secret tokens of reviewers and facilitators."""

import hashlib
import re
import secrets

# Without letters and digits that are easily confused when a code is read out.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_GROUPS, GROUP_LENGTH = 4, 4
STANDING_PREFIX = "open-feedback-"


def new_code() -> str:
    """Return an unguessable code (79 bits) that can be read out, as in "k7qm-3fhn-x2pd-9wts"."""
    groups = (
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(CODE_GROUPS)
    )
    return "-".join(groups)


def new_token() -> str:
    """Return a random secret of 192 bits that is safe in a link."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """Return the hash that is stored instead of a token, so that a leaked database reveals none."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def normal_code(text: str) -> str:
    """Return a code as it is stored, however it was typed: in capitals, with spaces, with other dashes."""
    typed = re.sub(r"[\W_]+", "", text.lower())
    if len(typed) == CODE_GROUPS * GROUP_LENGTH and set(typed) <= set(ALPHABET):
        return "-".join(re.findall("." * GROUP_LENGTH, typed))
    return text.strip().lower()


def standing_code(model: str) -> str:
    """Return the code of the standing session that takes the open feedback on a model."""
    return STANDING_PREFIX + model.replace("_", "-")
