"""The reading of one text by a vectorizer: its row of features, and where each of them occurs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Span = tuple[int, int]
# The columns of the features that a text has, and their values, each of shape (n_values,).
Row = tuple[NDArray[Any], Floats]

# A word with its inner apostrophes and hyphens, or a run of one other sign.
WORD = re.compile(r"\w+(?:['’-]\w+)*|(?:([^\w\s])\1*)")


@dataclass(frozen=True)
class Occurrences:
    """Where features occur: feature `columns[i]` on words `firsts[i]` to `lasts[i]`, all inclusive.

    All arrays have shape (n_occurrences,). The `shares` of one column sum to 1: they say how its value is
    divided among its occurrences. A column below 0 is that of a feature that the model does not have.
    """

    columns: Ints
    firsts: Ints
    lasts: Ints
    shares: Floats

    @classmethod
    def join(cls, parts: Iterable[Self]) -> Self:
        """Return all occurrences of `parts` whose feature the model has."""
        arrays = zip(*((p.columns, p.firsts, p.lasts, p.shares) for p in parts), strict=True)
        columns, firsts, lasts, shares = (np.concatenate(array) for array in arrays)
        met = np.flatnonzero(columns >= 0)
        return cls(columns[met], firsts[met], lasts[met], shares[met])


def look_up(names: Sequence[str], vocabulary: Mapping[str, int]) -> Ints:
    """Return the column of each name, -1 for one that is not in the vocabulary, shape (n_names,)."""
    return np.fromiter(map(vocabulary.get, names, repeat(-1)), np.int64, len(names))


@dataclass(frozen=True)
class Reading:
    """One text as a row of features, its words in order, and the features' occurrences.

    `words` are (start, end) in characters, `known` whether the model has met each. `titles` names, for
    people, the columns that are no word or phrase: they may have occurrences, or none.
    """

    row: Row
    words: list[Span]
    known: Bools
    occurrences: Occurrences
    titles: dict[int, str] = field(default_factory=dict)


def cut_words(text: str) -> list[Span]:
    """Return the words and signs of a text as (start, end) in characters."""
    return [match.span() for match in WORD.finditer(text)]


def read_text(vectorizer: Any, text: str) -> Reading:
    """Return the reading of a text by any vectorizer.

    `vectorizer.read(text)` gives it in one pass; one without `read` names its features, without occurrences.
    """
    if hasattr(vectorizer, "read"):
        reading: Reading = vectorizer.read(text)
        return reading
    matrix = sp.csr_matrix(vectorizer.transform([text]))
    row = matrix.indices, matrix.data
    words, names = cut_words(text), vectorizer.get_feature_names_out()
    titles = {int(column): str(names[column]) for column in matrix.indices}
    nowhere = np.empty(0, np.int64)
    occurrences = Occurrences(nowhere, nowhere, nowhere, np.empty(0))
    return Reading(row, words, np.ones(len(words), np.bool_), occurrences, titles)


def stack_rows(rows: Sequence[Row], n_features: int) -> sp.csr_matrix:
    """Return rows as one matrix, shape (n_rows, n_features)."""
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)], dtype=np.int32)
    # The empty arrays are for no rows at all.
    indices = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in rows)])
    data = np.concatenate([np.empty(0), *(values for _, values in rows)])
    return sp.csr_matrix((data, indices, ends), shape=(len(rows), n_features))


def find_covered(occurrences: Occurrences, n_words: int) -> Bools:
    """Return, for each word, whether some occurrence covers it, of shape (n_words,)."""
    edges = np.zeros(n_words + 1, np.int64)
    np.add.at(edges, occurrences.firsts, 1)
    np.add.at(edges, occurrences.lasts + 1, -1)
    return np.asarray(np.cumsum(edges)[:-1] > 0)
