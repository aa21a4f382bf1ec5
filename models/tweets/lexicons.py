"""The two sentiment lexicons that training hands to the tweets pipeline, which keeps them."""

from dataclasses import dataclass
from pathlib import Path

from models.errors import DatasetError


@dataclass(frozen=True)
class Lexicons:
    """Bing Liu's words with 1 or -1 (Hu and Liu 2004), VADER's forms with valences from -4 to 4."""

    liu: dict[str, int]
    vader: dict[str, float]


def read_lexicons() -> Lexicons:
    """Return both lexicons; raise DatasetError if Bing Liu's cannot be had."""
    return Lexicons(read_liu(), read_vader())


def read_liu() -> dict[str, int]:
    """Return Bing Liu's lexicon from NLTK's collection (CC BY 4.0), downloaded if it is missing."""
    import nltk
    from nltk.corpus import opinion_lexicon

    try:
        nltk.data.find("corpora/opinion_lexicon.zip")
    except LookupError:
        nltk.download("opinion_lexicon", quiet=True)
    try:
        signs = ((opinion_lexicon.positive(), 1), (opinion_lexicon.negative(), -1))
        return {word: sign for words, sign in signs for word in words}
    except LookupError as error:
        raise DatasetError(
            "Bing Liu's opinion lexicon is not in any of NLTK's folders and could not be downloaded; "
            "connect to the network and try again, or name the folder that holds "
            "corpora/opinion_lexicon.zip in NLTK_DATA."
        ) from error


def read_vader() -> dict[str, float]:
    """Return VADER's lexicon (Hutto and Gilbert 2014, MIT) from its package."""
    import vaderSentiment

    path = Path(vaderSentiment.__file__).parent / "vader_lexicon.txt"
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if len(row) > 1}
