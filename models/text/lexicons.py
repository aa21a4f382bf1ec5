"""The two sentiment lexicons that training hands to the tweets pipeline, which keeps them."""

from pathlib import Path

from models.text.corpora import load_corpus


def read_liu() -> dict[str, int]:
    """Return Bing Liu's words with 1 or -1 (Hu and Liu 2004, CC BY 4.0), from NLTK's collection."""
    lexicon = load_corpus("opinion_lexicon")
    signs = ((lexicon.positive(), 1), (lexicon.negative(), -1))
    return {word: sign for words, sign in signs for word in words}


def read_vader() -> dict[str, float]:
    """Return VADER's forms with valences from -4 to 4 (Hutto and Gilbert 2014, MIT), from its package."""
    import vaderSentiment

    path = Path(vaderSentiment.__file__).parent / "vader_lexicon.txt"
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if len(row) > 1}
