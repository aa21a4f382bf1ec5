"""What an emoji says, by its Unicode name: training texts hold none, those who type do."""

import unicodedata
from functools import lru_cache

# (part of the name, emoticon or word); the first match wins. Written from the names alone.
NAMES: tuple[tuple[str, str], ...] = (
    ("BROKEN HEART", "</3"),
    ("TEARS OF JOY", "haha"),
    ("ROLLING ON THE FLOOR", "haha"),
    ("HEART", "<3"),
    ("KISS", ":)"),
    ("WINK", ";)"),
    ("TONGUE", ":p"),
    ("CRYING", ":("),
    ("UPSIDE-DOWN", "hmm"),
    ("SMIRK", "hmm"),
    ("THINKING", "hmm"),
    ("SMIL", ":)"),
    ("GRIN", ":)"),
    ("LAUGH", ":)"),
    ("HAPPY", ":)"),
    ("BLUSH", ":)"),
    ("HUGGING", ":)"),
    ("SUNGLASSES", ":)"),
    ("SAVOURING", ":)"),
    ("HALO", ":)"),
    ("PERSON RAISING BOTH HANDS", "yay"),
    ("PARTY", "yay"),
    ("CONFETTI", "yay"),
    ("BALLOON", "yay"),
    ("THUMBS UP", "good"),
    ("CLAPPING", "great"),
    ("OK HAND", "great"),
    ("HUNDRED POINTS", "great"),
    ("FLEXED BICEPS", "great"),
    ("THUMBS DOWN", "bad"),
    ("PILE OF POO", "crap"),
    ("ROLLING EYES", "ugh"),
    ("UNAMUSED", "ugh"),
    ("EXPRESSIONLESS", "ugh"),
    ("VOMITING", "disgusting"),
    ("NAUSEATED", "disgusting"),
    ("ANGRY", "angry"),
    ("ANGER", "angry"),
    ("POUTING", "angry"),
    ("SYMBOLS OVER MOUTH", "angry"),
    ("STEAM FROM NOSE", "angry"),
    ("MIDDLE FINGER", "angry"),
    ("SCREAMING", "omg"),
    *(
        (word, ":(")
        for word in (
            "DISAPPOINTED",
            "PENSIVE",
            "FROWN",
            "WEARY",
            "TIRED FACE",
            "WORRIED",
            "CONFOUNDED",
        )
    ),
    *(
        (word, ":(")
        for word in ("ANGUISHED", "FEARFUL", "PERSEVERING", "COLD SWEAT", "CONFUSED", "SAD")
    ),
)
OTHER = "<emoji>"


@lru_cache(maxsize=4096)
def emoji_word(symbol: str) -> str:
    """Return the emoticon or word for an emoji, or "<emoji>" for one that says neither good nor bad."""
    name = unicodedata.name(symbol[0], "")
    return next((word for part, word in NAMES if part in name), OTHER)
