"""Whether a text is in another language than English: by its letters, or by its commonest short words."""

import re
from collections import Counter

from models.text.function_words import ENGLISH, OTHERS

# The start of a long text tells its language.
N_READ = 400
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Addresses, people and topics are in no language.
NO_WORDS = re.compile(r"(?:https?://|www\.|[@#])\S+")
# A language is told by so many of its words at least, which are no English ones, by so large a share of the
# words, and by so many for each word that is English alone.
LEAST_WORDS, LEAST_SHARE, LEAST_RATIO = 2, 0.25, 3
# In fewer words a borrowed phrase is as likely.
LEAST_LENGTH = 5
SCRIPTS = {
    "Japanese": "\u3040-\u30ff",
    "Korean": "\uac00-\ud7af\u1100-\u11ff",
    "Chinese": "\u4e00-\u9fff\u3400-\u4dbf",
    "a language written in Cyrillic letters": "\u0400-\u052f",
    "a language written in Arabic letters": "\u0600-\u06ff\u0750-\u077f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u0590-\u05ff",
    "a language of South Asia": "\u0900-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Georgian": "\u10a0-\u10ff",
    "Armenian": "\u0530-\u058f",
    "Amharic": "\u1200-\u137f",
}
IN_SCRIPT = {name: re.compile(f"[{signs}]") for name, signs in SCRIPTS.items()}
LETTER = re.compile(r"[^\W\d_]")
LEAST_LETTERS = 4
LANGUAGES = {
    word: tuple(name for name, words in OTHERS.items() if word in words)
    for word in frozenset().union(*OTHERS.values())
}
ENGLISH_ALONE = ENGLISH.difference(*OTHERS.values())


def find_language(text: str) -> str | None:
    """Return the language that a text is in, such as "French", or None if it is English or in doubt."""
    start = NO_WORDS.sub(" ", text[:N_READ])
    if not start.isascii() and (found := find_script(start)):
        return found
    pieces = start.lower().split()
    # Nearly every English text ends here: so many English words leave too few for another language.
    if (1 + LEAST_RATIO) * sum(map(ENGLISH_ALONE.__contains__, set(pieces))) > len(pieces):
        return None
    words = cut_words(start)
    distinct = set(words)
    counts = Counter(name for word in distinct - ENGLISH for name in LANGUAGES.get(word, ()))
    if not counts:
        return None
    name, n_own = counts.most_common(1)[0]
    n_own += not "".join(distinct - ENGLISH).isascii()
    known = OTHERS[name]
    n_english = len(distinct & ENGLISH - known)
    n_spoken = sum(word in known for word in words)
    sure = (
        len(words) >= LEAST_LENGTH
        and n_own >= LEAST_WORDS
        and n_own >= LEAST_RATIO * n_english
        and n_spoken >= LEAST_SHARE * len(words)
    )
    return name if sure else None


def cut_words(text: str) -> list[str]:
    """Return the words of a text in lower case; "l'aide" is "l'" and "aide"."""
    words = []
    for word in WORD.findall(text.lower().replace("’", "'")):
        first, mark, rest = word.partition("'")
        words += [first + mark, rest] if mark and word not in ENGLISH else [word]
    return words


def find_script(text: str) -> str | None:
    """Return the language of a text of which most letters are of one other script, or None."""
    n_letters = len(LETTER.findall(text))
    for name, pattern in IN_SCRIPT.items():
        n_found = len(pattern.findall(text))
        if n_found >= LEAST_LETTERS and 2 * n_found > n_letters:
            return name
    return None
