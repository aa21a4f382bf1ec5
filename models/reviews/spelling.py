"""Words in which two neighbouring letters were swapped, put right."""

from collections.abc import Container

# In shorter words a swap mostly gives another word.
SHORTEST = 4


def unswap(word: str, known: Container[str]) -> str:
    """Return the known word that a swap of two neighbouring letters gives, or else the word as it is."""
    if len(word) >= SHORTEST and word.isalpha():
        for i in range(len(word) - 1):
            swapped = f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}"
            if swapped in known:
                return swapped
    return word
