"""Whether a text is on the subject of the training: by words that texts on other subjects hardly have."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from models.metadata import Profile

LETTERS = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
MARKUP = re.compile(r"<[^<>]*>")
# In so many words nearly every text on the subject has a typical one.
LEAST_LENGTH, N_TOLD = 16, 3
N_TYPICAL, LEAST_TEXTS = 150, 60
# Typical is what is so many times commoner than in other texts.
LEAST_RATIO = 3.0
# Counted for each word of the other texts beside its own, so that a rare one is not typical by chance.
PRIOR = 2


def typical_words(kinds: Iterable[Sequence[str]], others: Sequence[str]) -> list[str]:
    """Return the words that are typical of texts, those first that are common and nearly theirs alone.

    `kinds` are the texts of each kind, which weigh the same however many they are, `others` texts on
    other subjects.
    """
    counts = [count_texts(texts) for texts in kinds]
    beside = count_texts(others)
    all_beside = beside.total()
    whole = sum(counts, Counter[str]())
    shares = {
        word: sum(part[word] / part.total() for part in counts) / len(counts)
        for word, n_texts in whole.items()
        if n_texts >= LEAST_TEXTS
    }
    weights = {
        word: math.log(ratio) * math.sqrt(share)
        for word, share in shares.items()
        if (ratio := share * all_beside / (beside[word] + PRIOR)) >= LEAST_RATIO
    }
    return sorted(weights, key=lambda word: (-weights[word], word))[:N_TYPICAL]


def count_texts(texts: Iterable[str]) -> Counter[str]:
    """Return in how many texts each word occurs."""
    return Counter(word for text in texts for word in set(find_words(text)))


def find_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without markup."""
    return LETTERS.findall(MARKUP.sub(" ", text).lower())


def subject_notice(words: Set[str], n_words: int, profile: Profile) -> str | None:
    """Say that a text of some length has no word that is typical of the training, or None."""
    typical = profile.get("typical_words")
    if n_words < LEAST_LENGTH or not typical or not words.isdisjoint(typical):
        return None
    return (
        "This text has none of the words that are typical of what the model has seen (such as "
        f"{', '.join(typical[:N_TOLD])}): if it is about something else, the answer means little."
    )
