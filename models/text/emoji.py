"""What an emoji says, by its Unicode name: training texts hold none, those who type do."""

import unicodedata
from functools import lru_cache

# (emoticon or word, parts of the names that it stands for); the first match wins. Written from the names alone.
NAMES = tuple(
    (part, word)
    for word, parts in (
        ("</3", "BROKEN HEART"),
        ("haha", "TEARS OF JOY, ROLLING ON THE FLOOR"),
        ("<3", "HEART"),
        (":)", "KISS"),
        (";)", "WINK"),
        (":p", "TONGUE"),
        (":(", "CRYING"),
        ("hmm", "UPSIDE-DOWN, SMIRK, THINKING"),
        (":)", "SMIL, GRIN, LAUGH, HAPPY, BLUSH, HUGGING, SUNGLASSES, SAVOURING, HALO"),
        ("yay", "PERSON RAISING BOTH HANDS, PARTY, CONFETTI, BALLOON"),
        ("good", "THUMBS UP"),
        ("great", "CLAPPING, OK HAND, HUNDRED POINTS, FLEXED BICEPS"),
        ("bad", "THUMBS DOWN"),
        ("crap", "PILE OF POO"),
        ("ugh", "ROLLING EYES, UNAMUSED, EXPRESSIONLESS"),
        ("disgusting", "VOMITING, NAUSEATED"),
        ("angry", "ANGRY, ANGER, POUTING, SYMBOLS OVER MOUTH, STEAM FROM NOSE, MIDDLE FINGER"),
        ("omg", "SCREAMING"),
        (
            ":(",
            "DISAPPOINTED, PENSIVE, FROWN, WEARY, TIRED FACE, WORRIED, CONFOUNDED, ANGUISHED, "
            "FEARFUL, PERSEVERING, COLD SWEAT, CONFUSED, SAD",
        ),
    )
    for part in parts.split(", ")
)
OTHER = "<emoji>"


@lru_cache(maxsize=4096)
def emoji_word(symbol: str) -> str:
    """Return the emoticon or word for an emoji, or "<emoji>" for one that says neither good nor bad."""
    name = unicodedata.name(symbol[0], "")
    return next((word for part, word in NAMES if part in name), OTHER)
