"""Characters that are drawn as part of the sign before them."""

import unicodedata

JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)


def is_mark(character: str) -> bool:
    """Tell whether a character is drawn as part of the one before it."""
    return (
        character == JOINER
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or ord(character) in SKIN_TONES
    )


def after_marks(text: str, index: int) -> int:
    """Return the first index from `index` on that is not drawn as part of the sign before it."""
    while index < len(text) and is_mark(text[index]):
        index += 1
    return index
