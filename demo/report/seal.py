"""A file that carries its own hash: sealed when it is made, checked when it comes back.

The hash is the SHA-256 of the file's UTF-8 bytes with its own 64 digits set to zeros.
"""

import hashlib
import re
from dataclasses import dataclass

ZEROS = "0" * 64
# What people typed cannot look like one of these: in HTML its < and " are escaped, in JSON its ".
SLOT = re.compile(
    r'(<meta name="content-sha256" content="|<code class="seal">|"content_sha256": ")'
    r'([0-9a-f]{64})(?=[<"])'
)
SESSION = re.compile(
    r'<meta name="session" content="([0-9a-z-]+)">|^ "session": "([0-9a-z-]+)"', re.M
)


@dataclass(frozen=True)
class Verification:
    """What a file's seal says: `sha256` is the hash that it carries, `code` its session; "" for none."""

    unchanged: bool
    message: str
    sha256: str = ""
    code: str = ""


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text with the digits of its own hash set to zeros."""
    blank = SLOT.sub(rf"\g<1>{ZEROS}", text)
    return hashlib.sha256(blank.encode("utf-8", "surrogatepass")).hexdigest()


def seal(text: str) -> str:
    """Return a text with its hash written in the slots that it keeps for it.

    Raises ValueError if it keeps none, or if one of them is taken.
    """
    if {slot[2] for slot in SLOT.finditer(text)} != {ZEROS}:
        raise ValueError("A text can only be sealed where it keeps 64 zeros for its hash.")
    return SLOT.sub(rf"\g<1>{digest_of(text)}", text)


def check(content: str | bytes) -> Verification:
    """Tell whether a file is as it was when it was sealed, down to its line endings.

    Read files as bytes: Python changes line endings on the way to a text.
    """
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        return Verification(
            False, f"Changed, or no report: the byte at {error.start:,} is not UTF-8."
        )
    stated = {slot[2] for slot in SLOT.finditer(text)}
    session = SESSION.search(text)
    code = (session[1] or session[2]) if session else ""
    if len(stated) != 1:
        what = "carries no hash of its own" if not stated else "carries hashes that differ"
        return Verification(False, f"Changed, or no report: the file {what}.", code=code)
    (sha256,) = stated
    found = digest_of(text)
    if found != sha256:
        return Verification(
            False,
            f"Changed: the file carries the hash {sha256[:12]}…, but what it holds has {found[:12]}…. "
            "Ask for the report anew.",
            sha256,
            code,
        )
    return Verification(True, "Unchanged: the file holds what was sealed.", sha256, code)
