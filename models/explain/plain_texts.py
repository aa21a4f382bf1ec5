"""The reading of a text by scikit-learn's own vectorizers: where in the text each word and phrase stands."""

import re
from collections import Counter
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer

from models.text.reading import Occurrences, Reading, Span, read_text


def can_read(vectorizer: Any) -> bool:
    """Tell whether the features of a vectorizer have names: those of a hashing one have none."""
    return hasattr(vectorizer, "read") or hasattr(vectorizer, "get_feature_names_out")


def read_any_text(vectorizer: Any, text: str) -> Reading:
    """Return the reading of a text by any vectorizer whose features have names."""
    is_plain = isinstance(vectorizer, CountVectorizer) and not hasattr(vectorizer, "read")
    lowered = find_lowered(vectorizer, text) if is_plain else None
    return read_text(vectorizer, text) if lowered is None else read_words(vectorizer, text, lowered)


def find_lowered(vectorizer: CountVectorizer, text: str) -> str | None:
    """Return the text as the vectorizer cuts it, None if its places are not those of the text."""
    usual = vectorizer.tokenizer is None and vectorizer.analyzer == "word"
    if not usual or vectorizer.preprocessor is not None or vectorizer.token_pattern is None:
        return None
    lowered = str(vectorizer.build_preprocessor()(text))
    return lowered if len(lowered) == len(text) else None


def read_words(vectorizer: CountVectorizer, text: str, lowered: str) -> Reading:
    """Return the row of a text and the places of its features; stop words count as known."""
    pattern = re.compile(vectorizer.token_pattern)
    group = 1 if pattern.groups == 1 else 0
    spans = [match.span(group) for match in pattern.finditer(lowered)]
    stop_words = vectorizer.get_stop_words() or ()
    kept = [at for at, span in enumerate(spans) if lowered[slice(*span)] not in stop_words]
    found = find_phrases(vectorizer, lowered, spans, kept)
    counts = Counter(column for column, _, _ in found)
    columns, firsts, lasts = (
        np.array([each[part] for each in found], np.int64) for part in range(3)
    )
    shares = np.array([1 / counts[column] for column, _, _ in found], np.float64)
    known = np.ones(len(spans), np.bool_)
    known[kept] = False
    for _, first, last in found:
        known[first : last + 1] = True
    matrix = sp.csr_matrix(vectorizer.transform([text]))
    occurrences = Occurrences(columns, firsts, lasts, shares)
    return Reading((matrix.indices, matrix.data), spans, known, occurrences)


def find_phrases(
    vectorizer: CountVectorizer, lowered: str, spans: list[Span], kept: list[int]
) -> list[tuple[int, int, int]]:
    """Return the column of each phrase that the model has, and the places of its first and last word."""
    shortest, longest = vectorizer.ngram_range
    found = []
    for size in range(shortest, longest + 1):
        for start in range(len(kept) - size + 1):
            places = kept[start : start + size]
            name = " ".join(lowered[slice(*spans[at])] for at in places)
            column = vectorizer.vocabulary_.get(name)
            if column is not None:
                found.append((int(column), places[0], places[-1]))
    return found
