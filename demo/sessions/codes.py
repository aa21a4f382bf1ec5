"""Codes and secrets: what lets reviewers and facilitators in."""

import hashlib
import re
import secrets

# Without the letters and digits that are taken for one another when a code is read out.
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
    """Return a secret that lets its bearer in: 192 bits, safe in a link."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """Return what is stored of a token: who reads the database cannot use it."""
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
