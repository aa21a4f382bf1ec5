"""The phrases of the Stanford Sentiment Treebank, and which of them may be learnt from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.training.datasets import load_dataset
from models.training.owners import find_owners

SENTENCES = "sentence_polarity_cut"
TOKENS = {"-LRB-": "(", "-RRB-": ")", "\\/": "/", "``": '"', "''": '"', "`": "'"}
TOKEN = re.compile("|".join(re.escape(token) for token in TOKENS))
# Only after a word, be it shortened with a full stop: after a quotation mark the gap is left.
ENDING = re.compile(r"(?:(?<=\w)|(?<=\w\.)) (n't|'(?:s|re|ve|ll|d|m))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Phrases:
    """Phrases, their labels from 0, very negative, to 4, very positive, and whose parts they are.

    `owners` holds the row of the one sentence of reviews that a phrase is a part of, or
    owners.NO_OWNER or owners.SEVERAL_OWNERS.
    """

    texts: NDArray[np.object_]
    labels: NDArray[np.int64]
    is_sentence: NDArray[np.bool_]
    owners: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.texts)

    def select(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the phrases for which `chosen` is true."""
        return type(self)(
            self.texts[chosen], self.labels[chosen], self.is_sentence[chosen], self.owners[chosen]
        )


def untokenize(text: str) -> str:
    """Return a text of Penn Treebank tokens with its brackets, quotes and contractions as typed."""
    plain = TOKEN.sub(lambda token: TOKENS[token[0]], text)
    return ENDING.sub(r"\1", plain)


@cache
def load_phrases() -> Phrases:
    """Return all phrases in a fixed order; raise DatasetError if they cannot be had."""
    frame = load_dataset("sst_phrases").frame
    texts = [untokenize(text) for text in frame["text"]]
    phrases = Phrases(
        texts=np.array(texts, object),
        labels=frame["label"].to_numpy().astype(np.int64),
        is_sentence=frame["is_sentence"].to_numpy(bool),
        owners=find_owners(texts, load_dataset(SENTENCES).frame["text"].tolist()),
    )
    for column in (phrases.texts, phrases.labels, phrases.is_sentence, phrases.owners):
        column.flags.writeable = False  # every caller is given the same arrays
    return phrases


@cache
def sentence_ids() -> tuple[str, ...]:
    """Return the ids of the sentences of reviews, in the order that the owners refer to."""
    return tuple(load_dataset(SENTENCES).frame["id"])


def phrases_beside(trained_ids: Iterable[str]) -> Phrases:
    """Return the phrases that may be learnt beside these sentences: none of a sentence held out.

    Left out is what is a part of one sentence whose id is not among `trained_ids`. Raises ValueError at
    an id that no sentence has.
    """
    trained, known = set(trained_ids), sentence_ids()
    if unknown := trained.difference(known):
        raise ValueError(f"No sentence of reviews has the id {min(unknown)!r}.")
    phrases = load_phrases()
    held_out = np.array([index for index, name in enumerate(known) if name not in trained], int)
    return phrases.select(~np.isin(phrases.owners, held_out))
