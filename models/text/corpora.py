"""NLTK's corpora, which only training and comparisons need."""

from typing import Any

from models.errors import DatasetError


def load_corpus(name: str) -> Any:
    """Return the corpus, downloaded if it is missing; raise DatasetError if it cannot be had."""
    import nltk

    try:
        nltk.data.find(f"corpora/{name}.zip")
    except LookupError:
        nltk.download(name, quiet=True)
    try:
        corpus = getattr(nltk.corpus, name)
        corpus.ensure_loaded()
    except LookupError as error:
        raise DatasetError(
            f"NLTK's corpus {name} is in none of its folders and could not be downloaded; connect to the "
            f"network and try again, or name the folder that holds corpora/{name}.zip in NLTK_DATA."
        ) from error
    return corpus
