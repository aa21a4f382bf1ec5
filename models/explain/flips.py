"""What if: the fewest words whose removal turns the label of a text.

The contributions order the words; what counts is what the pipeline itself says of the shortened texts.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from models.explain.explanation import MAX_REMOVED, Contribution, Explanation, Word, WordFlip
from models.field import is_blank
from models.registry import LoadedModel
from models.text.removal import remove_spans

Floats = NDArray[np.float64]
Indices = tuple[int, ...]
# How many of the strongest words are tried alone, and by twos.
N_SINGLE, N_PAIRED = 10, 6
# How many are compared for each further word.
N_GREEDY = 5


def find_word_flip(model: LoadedModel, text: str, explanation: Explanation) -> WordFlip | None:
    """Return the fewest words found, at most 10, whose removal turns the label; None if there are none.

    No one of them can be left out. Single words and pairs of the strongest are all tried, then one after
    the other is added (greedily); so a smaller set of three or more may rarely be missed.
    """
    search = Search(model, text, explanation)
    return search.small() or search.greedy()


class Search:
    """The search in one text."""

    def __init__(self, model: LoadedModel, text: str, explanation: Explanation) -> None:
        self.predictor = model.predictor
        self.classes = model.spec.classes
        self.text = text
        self.words = explanation.words
        self.toward = self.classes.index(explanation.toward)
        self.ranked = rank(text, explanation.words, explanation.contributions)

    def find_best(self, sets: Sequence[Indices]) -> tuple[Indices, Floats, bool]:
        """Return the words without which the label leads least, the probabilities then, and whether it turned."""
        rows = self.ask(sets)
        lead = rows[:, self.toward] - np.delete(rows, self.toward, axis=1).max(axis=1)
        best = int(lead.argmin())
        return sets[best], rows[best], bool(lead[best] < 0)

    def ask(self, sets: Sequence[Indices]) -> Floats:
        """Return the probabilities of the text without each set of words, (n_sets, n_classes)."""
        shorter = [remove_spans(self.text, [self.words[i][:2] for i in chosen]) for chosen in sets]
        # A word that stands there often leaves the same text, wherever it goes.
        indices = {text: index for index, text in enumerate(dict.fromkeys(shorter))}
        answers = np.array(self.predictor.predict_proba(list(indices)), np.float64)
        rows = answers[[indices[text] for text in shorter]]
        # An empty text is no answer to "what if".
        rows[[is_blank(text) for text in shorter]] = np.eye(len(self.classes))[self.toward]
        return rows

    def small(self) -> WordFlip | None:
        """Return the best single word, or else pair, that turns the label."""
        singles = [(i,) for i in self.ranked[:N_SINGLE]]
        pairs = list(combinations(self.ranked[:N_PAIRED], 2))
        for sets in (singles, pairs):
            if sets:
                best, row, turned = self.find_best(sets)
                if turned:
                    return self.flip(best, row)
        return None

    def greedy(self) -> WordFlip | None:
        """Return a set grown word by word until the label turns, without the words that it does not need."""
        chosen: Indices = ()
        rest = list(self.ranked)
        while rest and len(chosen) < MAX_REMOVED:
            chosen, row, turned = self.find_best([(*chosen, i) for i in rest[:N_GREEDY]])
            rest.remove(chosen[-1])
            if turned:
                return self.prune(chosen, row)
        return None

    def prune(self, chosen: Indices, row: Floats) -> WordFlip:
        """Return the flip after leaving out, one by one, the words that it does not need."""
        while len(chosen) > 1:
            fewer, fewer_row, turned = self.find_best(list(combinations(chosen, len(chosen) - 1)))
            if not turned:
                break
            chosen, row = fewer, fewer_row
        return self.flip(chosen, row)

    def flip(self, chosen: Indices, row: Floats) -> WordFlip:
        spans = [self.words[i][:2] for i in sorted(chosen)]
        return WordFlip(
            words=tuple(self.text[start:end] for start, end in spans),
            spans=tuple(spans),
            label=self.classes[int(row.argmax())],
            probability=float(row.max()),
        )


def rank(text: str, words: Sequence[Word], contributions: Sequence[Contribution]) -> list[int]:
    """Return the indices of the words that speak for the label, strongest first.

    A word's removal takes all of each phrase that it is part of: so the whole value counts, for every
    word of the phrase.
    """
    starts = np.array([word.start for word in words], np.int64)
    steps = np.zeros(len(words) + 1)
    spans = [(c.value / len(c.spans), *span) for c in contributions for span in c.spans]
    if not spans:
        return []
    values, begins, ends = (np.array(column) for column in zip(*spans, strict=True))
    np.add.at(steps, np.searchsorted(starts, begins), values)
    np.add.at(steps, np.searchsorted(starts, ends), -values)
    effects = np.cumsum(steps)[:-1]
    order = np.argsort(-effects, kind="stable").tolist()
    return [i for i in order if effects[i] > 0 and can_go(text[words[i].start : words[i].end])]


def can_go(piece: str) -> bool:
    """Tell whether a piece is a word, an emoticon or an emoji rather than a single mark."""
    return len(piece) > 1 or piece.isalnum() or not piece.isascii()
