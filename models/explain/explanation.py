"""The explanation of one prediction: why, what would change it, how familiar the input is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EXACT, PATHS, OCCLUSION = "exact", "paths", "occlusion"
# What values are compared with: the middle between two classes, a typical sample, or the average answer.
MIDDLE, TYPICAL, AVERAGE = "middle", "typical", "average"
MAX_REMOVED = 10

Span = tuple[int, int]


class Contribution(NamedTuple):
    """What one word, phrase or value adds to the margin, in log-odds, and its spans in the text."""

    feature: str
    value: float
    spans: tuple[Span, ...] = ()


class Word(NamedTuple):
    """A word or sign of the text, characters [start, end), and whether the model has met it."""

    start: int
    end: int
    known: bool


@dataclass(frozen=True, slots=True)
class WordFlip:
    """The words, in the order of the text, whose removal turns the label, and what it becomes."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    label: str
    probability: float

    def describe(self) -> dict[str, Any]:
        return {
            "words": list(self.words),
            "spans": [list(span) for span in self.spans],
            "label": self.label,
            "probability": self.probability,
        }


@dataclass(frozen=True, slots=True)
class ValueFlip:
    """The nearest value of one feature, alone, that turns the label."""

    feature: str
    value: str | float
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class ValueFlips:
    """For each feature in the order of the spec, how it alone turns the label, or None."""

    changes: dict[str, ValueFlip | None]

    def describe(self) -> dict[str, Any]:
        return {
            name: None
            if flip is None
            else {"value": flip.value, "label": flip.label, "probability": flip.probability}
            for name, flip in self.changes.items()
        }


Flip = WordFlip | ValueFlips


@dataclass(frozen=True, slots=True)
class Familiarity:
    """How much an input is like what the model was trained on; None where it does not apply.

    `known_share` is the share of the `n_words` words that the model knows, from 0 to 1; `distance` the
    Mahalanobis distance to the `nearest` class, `limit` what 99 of 100 training samples stay under.
    """

    n_words: int | None = None
    known_share: float | None = None
    unknown_words: tuple[str, ...] = ()
    distance: float | None = None
    limit: float | None = None
    nearest: str | None = None

    def describe(self) -> dict[str, Any]:
        if self.n_words is None:
            return {"distance": self.distance, "limit": self.limit, "nearest": self.nearest}
        return {
            "words": self.n_words,
            "known_share": self.known_share,
            "unknown_words": list(self.unknown_words),
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a label came out: `margin` = `intercept` + the sum of the contributions, in log-odds.

    The margin is that of label `toward` over label `against`: the other class, or the runner-up.
    Contributions come strongest first. `words` are those of the text, for colouring and clicking.
    Values are compared with the `baseline`: the "middle" between the two classes, a "typical" sample, or
    for trees the "average" answer.
    """

    kind: str
    toward: str
    against: str
    intercept: float
    margin: float
    contributions: tuple[Contribution, ...]
    familiarity: Familiarity
    notices: tuple[str, ...] = ()
    flip: Flip | None = None
    words: tuple[Word, ...] = ()
    baseline: str = ""

    def describe(self) -> dict[str, Any]:
        """Return it as JSON, by the contract of the REST routes."""
        return {
            "kind": self.kind,
            "toward": self.toward,
            "against": self.against,
            "intercept": self.intercept,
            "margin": self.margin,
            "contributions": [
                {"feature": feature, "value": value, "spans": [list(span) for span in spans]}
                for feature, value, spans in self.contributions
            ],
            "flip": self.flip.describe() if self.flip else None,
            "familiarity": self.familiarity.describe(),
            "notices": list(self.notices),
        }


class Baselines(NamedTuple):
    """What a sample is compared with: a typical one, and the mean of each class if all are known."""

    typical: NDArray[Any]
    means: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons for one row of `probabilities`, of shape (n_classes,): the core of an explanation.

    `toward` and `against` are indices among the classes, `intercept` is in log-odds.
    """

    kind: str
    probabilities: NDArray[np.float64]
    toward: int
    against: int
    intercept: float
    contributions: tuple[Contribution, ...]
    words: tuple[Word, ...] = ()
    baseline: str = ""


def no_flip_sentence(explanation: Explanation) -> str:
    """Return what was tried, without success, to turn the label of a text."""
    tried = min(len(explanation.words) - 1, MAX_REMOVED)
    if tried < 1:
        return "There is nothing to leave out: without this, no text would be left."
    what = "one word or sign" if tried == 1 else f"up to {tried} words or signs"
    return f"Leaving out {what} was tried, and the answer stayed {explanation.toward}."


def first_two(probabilities: NDArray[np.float64]) -> tuple[int, int]:
    """Return the indices of the predicted class and of the runner-up."""
    toward = int(probabilities.argmax())
    others = probabilities.copy()
    others[toward] = -1
    return toward, int(others.argmax())


def strongest_first(
    features: Sequence[str], values: Sequence[float], spans: Sequence[tuple[Span, ...]]
) -> tuple[Contribution, ...]:
    """Return contributions that are not zero by falling strength; equal ones keep their order."""
    strengths = list(map(abs, values))
    order = sorted(range(len(values)), key=strengths.__getitem__, reverse=True)
    return tuple([Contribution(features[i], values[i], spans[i]) for i in order if values[i]])
