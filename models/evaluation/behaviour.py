"""Behavioural checks of a text model, in the manner of CheckList (Ribeiro et al. 2020).

Each check is a set of cases of our own; the pass rate tells how often the model behaves as a person would
expect, whatever its accuracy on a test file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.registry import Classifier

Row = NDArray[np.float64]
N_FAILURES_KEPT = 5

NAMES = ("Anna", "John", "Fatima", "Wei", "Carlos", "Priya")
PLACES = ("London", "Nairobi", "Tokyo", "Chicago", "Lima", "Mumbai")
GOOD = ("good", "great", "wonderful", "excellent", "amazing", "lovely", "brilliant", "beautiful")
BAD = ("bad", "terrible", "awful", "boring", "horrible", "poor", "disappointing", "dreadful")


@dataclass(frozen=True)
class Case:
    """A text, the text it is compared with if any, and the label it should get if that is known."""

    text: str
    compared_with: str | None = None
    label: str | None = None


@dataclass(frozen=True)
class Check:
    """Cases that all test one ability; `passes` judges one from its two rows of probabilities."""

    name: str
    cases: tuple[Case, ...]
    passes: Callable[[Sequence[str], Case, Row, Row], bool]


def has_label(classes: Sequence[str], case: Case, row: Row, _: Row) -> bool:
    """The text gets the label that it should."""
    return classes[int(row.argmax())] == case.label


def keeps_label(_: Sequence[str], __: Case, row: Row, other: Row) -> bool:
    """Both texts get the same label."""
    return bool(row.argmax() == other.argmax())


def turns_label(classes: Sequence[str], case: Case, row: Row, other: Row) -> bool:
    """The text loses the label that the other one has."""
    return not keeps_label(classes, case, row, other)


def grows_surer(classes: Sequence[str], case: Case, row: Row, other: Row) -> bool:
    """The text is at least as sure of the expected label as the other one."""
    index = list(classes).index(case.label or "")
    return bool(row[index] >= other[index])


def pair_with_label(nouns: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield noun, adjective and the label that a sentence of the two should get."""
    for noun in nouns:
        yield from ((noun, word, "positive") for word in GOOD)
        yield from ((noun, word, "negative") for word in BAD)


def swap_letters(word: str) -> str:
    """Return the word with two letters in its middle swapped."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def make_swaps(template: str, fillings: Sequence[str], nouns: Sequence[str]) -> tuple[Case, ...]:
    """Return cases that compare each filling of the template with the next."""
    pairs = list(zip(fillings, (*fillings[1:], fillings[0]), strict=True))
    return tuple(
        Case(
            template.format(filling=first, noun=noun, word=word),
            template.format(filling=second, noun=noun, word=word),
        )
        for noun, word, _ in pair_with_label(nouns)
        for first, second in pairs[:2]
    )


def checks_for(
    nouns: Sequence[str], facts: Sequence[str], emoji: Sequence[tuple[str, str]]
) -> tuple[Check, ...]:
    """Return the checks of a sentiment model.

    `nouns` are things that its texts speak of, `facts` sentences that it should call neutral (none for a
    model without that class), `emoji` texts whose emoji decides, with their labels.
    """
    plain = [
        (f"The {noun} was {word}.", word, label) for noun, word, label in pair_with_label(nouns)
    ]
    checks = (
        Check("Plain words", tuple(Case(text, label=label) for text, _, label in plain), has_label),
        Check(
            "A negation turns the answer",
            tuple(Case(text.replace("was", "was not"), text) for text, _, _ in plain),
            turns_label,
        ),
        Check(
            "Very makes it surer",
            tuple(Case(text.replace("was", "was very"), text, label) for text, _, label in plain),
            grows_surer,
        ),
        Check(
            "Another name changes nothing",
            make_swaps("{filling} and I found the {noun} {word}.", NAMES, nouns),
            keeps_label,
        ),
        Check(
            "Another place changes nothing",
            make_swaps("When I was in {filling}, the {noun} was {word}.", PLACES, nouns),
            keeps_label,
        ),
        Check(
            "A typing error changes nothing",
            tuple(Case(text.replace(word, swap_letters(word)), text) for text, word, _ in plain),
            keeps_label,
        ),
        Check("Emoji", tuple(Case(text, label=label) for text, label in emoji), has_label),
        Check(
            "Plain facts are neutral",
            tuple(Case(text, label="neutral") for text in facts),
            has_label,
        ),
    )
    return tuple(check for check in checks if check.cases)


def run_check(check: Check, pipeline: Classifier) -> dict[str, Any]:
    """Return how many cases passed, and some that did not."""
    classes = [str(label) for label in pipeline.classes_]
    rows = pipeline.predict_proba([case.text for case in check.cases])
    others = pipeline.predict_proba([case.compared_with or case.text for case in check.cases])
    failed = [
        case.text
        for case, row, other in zip(check.cases, rows, others, strict=True)
        if not check.passes(classes, case, row, other)
    ]
    return {
        "name": check.name,
        "cases": len(check.cases),
        "passed": len(check.cases) - len(failed),
        "failures": failed[:N_FAILURES_KEPT],
    }


def run_checks(checks: Iterable[Check], pipeline: Classifier) -> list[dict[str, Any]]:
    """Return the outcome of every check."""
    return [run_check(check, pipeline) for check in checks]
