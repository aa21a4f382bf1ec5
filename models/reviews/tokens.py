"""Cut a review into tokens that remember where they stood, with negated words marked."""

import re
from functools import lru_cache

from models.text.emoji import OTHER, emoji_word

# Ratings such as 8/10, words with inner apostrophes, runs of ! ? and dots, other marks, emoji.
PATTERN = re.compile(
    r"\d+/\d+|\w+(?:'\w+)*|\.\.+|[!?]+|[.,;:()\"*-]|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
LINE_BREAKS = tuple((tag, " " * len(tag)) for tag in ("<br />", "<br/>", "<br>"))
APOSTROPHES = str.maketrans("’‘", "''")

# What a word becomes that a negation turns: "not a good film" holds "not_good".
NOT = "not_"
_NEGATING = (
    "not never no cannot nothing neither nor without hardly barely dont didnt doesnt isnt wasnt "
    "cant couldnt wont wouldnt"
)
NEGATIONS = frozenset(_NEGATING.split())
# A negation reaches over these to the word that it turns, and no further than REACH tokens.
_BETWEEN = (
    "a an the very really so that too all particularly even especially much be been being quite "
    "as is was it this to any at"
)
PASSED_OVER = frozenset(_BETWEEN.split())
REACH = 4
# Emoticons are no words of reviews; these are words that say the same.
EMOTICON_WORDS = {
    ":)": "enjoyable",
    "<3": "loved",
    ";)": "fun",
    ":p": "fun",
    ":(": "disappointing",
    "</3": "disappointing",
    "haha": "hilarious",
    "yay": "great",
    "angry": "awful",
    OTHER: "*",
}


def fold(text: str) -> str:
    """Return `text` in lower case without line-break tags, of exactly the same length."""
    low = text.lower()
    if len(low) != len(text):
        # A few capitals (such as U+0130) become two characters, which would shift offsets.
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if "<br" in low:
        for tag, blank in LINE_BREAKS:
            low = low.replace(tag, blank)
    return low if low.isascii() else low.translate(APOSTROPHES)


@lru_cache(maxsize=4096)
def find_worded(symbol: str) -> str:
    """Return a word of reviews for an emoji."""
    word = emoji_word(symbol)
    return EMOTICON_WORDS.get(word, word)


def is_negation(form: str) -> bool:
    """Tell whether a form turns the next word that says something."""
    return form in NEGATIONS or form.endswith("n't")


def mark_negated(forms: list[str]) -> list[str]:
    """Return the forms, with the word that each negation turns marked (after Das and Chen 2001).

    A negation reaches to the first word that is not passed over, but not across punctuation or "but".
    """
    negating = NEGATIONS.intersection(forms).union([form for form in forms if form.endswith("n't")])
    if not negating:
        return forms
    marked, left = [], 0
    for form in forms:
        if form in negating:
            left = REACH
        elif left:
            if form == "but" or not form[0].isalnum():
                left = 0
            elif form not in PASSED_OVER and form.isalpha():
                form, left = NOT + form, 0
            else:
                left -= 1
        marked.append(form)
    return marked


def spell(pieces: list[str]) -> list[str]:
    """Return the forms of the pieces that a folded text was cut into."""
    if pieces and max(pieces) > "\u2600":
        pieces = [find_worded(p) if p > "\u2600" and not p[0].isalnum() else p for p in pieces]
    return mark_negated(pieces)


def tokenize(text: str) -> list[str]:
    """Return the forms of one text, in order."""
    return spell(PATTERN.findall(fold(text)))


def locate(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the forms of one text, as `tokenize` does, and where each stands: [start, end)."""
    folded = fold(text)
    spans = [match.span() for match in PATTERN.finditer(folded)]
    return spell([folded[start:end] for start, end in spans]), spans


def find_negations(forms: list[str]) -> list[int]:
    """Return for each form the index of the negation that marked it, or its own index."""
    indices = list(range(len(forms)))
    for index in [index for index, form in enumerate(forms) if form.startswith(NOT)]:
        while indices[index] and not is_negation(forms[indices[index]]):
            indices[index] -= 1
    return indices
