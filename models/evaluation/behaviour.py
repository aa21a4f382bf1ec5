"""Behavioural checks of a text model, in the manner of CheckList (Ribeiro et al. 2020).

Each check is a set of cases of our own; the failure rate tells how often the model does not behave as a
person would expect, whatever its accuracy on a test file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.registry import Classifier

Rows = NDArray[np.float64]
N_FAILURES_KEPT = 5
# An addition may push a probability the wrong way by so much, as in CheckList.
TOLERANCE = 0.1


@dataclass(frozen=True)
class Case:
    """A text, those it is compared with if any, and what is known of the label it should get.

    `label` is the right one, or the one whose probability is looked at; `unlike` is one that is wrong.
    """

    text: str
    compared_with: tuple[str, ...] = ()
    label: str | None = None
    unlike: str | None = None


@dataclass(frozen=True)
class Published:
    """Failure rates, in percent, that the CheckList paper gives for its own sentences of this kind."""

    microsoft: float
    google: float
    amazon: float
    bert: float


# Judges a case by the model's classes and the probabilities of its text and of those compared with it.
Judge = Callable[[Sequence[str], Case, NDArray[np.float64], Rows], bool]


@dataclass(frozen=True)
class Check:
    """Cases that all test one ability; `passes` judges each."""

    name: str
    cases: tuple[Case, ...]
    passes: Judge
    published: Published | None = None


def has_label(classes: Sequence[str], case: Case, row: NDArray[np.float64], _: Rows) -> bool:
    """The text gets the label that it should, or not the one that it should not."""
    answer = classes[int(row.argmax())]
    return answer == case.label if case.label else answer != case.unlike


def keeps_label(_: Sequence[str], __: Case, row: NDArray[np.float64], others: Rows) -> bool:
    """All texts get the same label."""
    return bool((others.argmax(axis=1) == row.argmax()).all())


def chances(
    classes: Sequence[str], case: Case, row: NDArray[np.float64], others: Rows
) -> tuple[float, NDArray[np.float64]]:
    """Return the probability of the case's label for its text, and for those compared with it."""
    index = list(classes).index(case.label or "")
    return float(row[index]), others[:, index]


def grows_surer(classes: Sequence[str], case: Case, row: NDArray[np.float64], others: Rows) -> bool:
    """The text is at least as sure of the expected label as the others."""
    own, compared = chances(classes, case, row, others)
    return bool((own >= compared).all())


def is_not_lowered(
    classes: Sequence[str], case: Case, row: NDArray[np.float64], others: Rows
) -> bool:
    """The text is as sure of the label as the others, or hardly less."""
    own, compared = chances(classes, case, row, others)
    return bool((own >= compared - TOLERANCE).all())


def is_not_raised(
    classes: Sequence[str], case: Case, row: NDArray[np.float64], others: Rows
) -> bool:
    """The text is no surer of the label than the others, or hardly."""
    own, compared = chances(classes, case, row, others)
    return bool((own <= compared + TOLERANCE).all())


def find_failed(check: Check, pipeline: Classifier) -> list[Case]:
    """Return the cases that the model does not pass."""
    classes = [str(label) for label in pipeline.classes_]
    texts = [text for case in check.cases for text in (case.text, *case.compared_with)]
    rows = np.asarray(pipeline.predict_proba(texts))
    failed, start = [], 0
    for case in check.cases:
        end = start + 1 + len(case.compared_with)
        if not check.passes(classes, case, rows[start], rows[start + 1 : end]):
            failed.append(case)
        start = end
    return failed


def run_check(check: Check, pipeline: Classifier) -> dict[str, Any]:
    """Return how many cases passed, some that did not, and what the paper gives if it does."""
    failed = find_failed(check, pipeline)
    outcome: dict[str, Any] = {
        "name": check.name,
        "cases": len(check.cases),
        "passed": len(check.cases) - len(failed),
        "failures": [case.text for case in failed[:N_FAILURES_KEPT]],
    }
    if check.published:
        outcome["published"] = vars(check.published)
    return outcome


def run_checks(checks: Iterable[Check], pipeline: Classifier) -> list[dict[str, Any]]:
    """Return the outcome of every check."""
    return [run_check(check, pipeline) for check in checks]
