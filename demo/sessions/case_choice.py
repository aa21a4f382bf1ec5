"""A choice of the cases of a list: all, the most unsure, random ones, or a mix."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from demo.files.errors import CaseListError
from demo.sessions.case_list import CaseList, ListedCase, Rejected
from demo.sessions.new_session import NewCase
from models.errors import shown
from models.predict import predict_many
from models.registry import LoadedModel

CHOICES = ("all", "unsure", "random", "mix")


def choose(
    cases: Sequence[ListedCase],
    probabilities: ArrayLike,
    how: str,
    size: int | None,
    random_state: int = 0,
) -> list[int]:
    """Return the indices of "all" cases or of `size` of them, in the order of the list.

    "unsure" are those with the smallest margin between the two likeliest classes, "random" ones are drawn
    without return, and "mix" is half the first and half of the rest. `probabilities` has the shape
    (n_cases, n_classes). The same `random_state` makes the same choice. Raises CaseListError.
    """
    if how not in CHOICES:
        raise CaseListError(f"The choice is {shown(how)}; take one of: {', '.join(CHOICES)}.")
    if how == "all":
        return list(range(len(cases)))
    n_chosen = check_size(size, len(cases))
    n_unsure = {"unsure": n_chosen, "random": 0, "mix": (n_chosen + 1) // 2}[how]
    order = by_margin(np.asarray(probabilities, np.float64)) if n_unsure else np.arange(len(cases))
    unsure, rest = order[:n_unsure], np.sort(order[n_unsure:])
    rng = np.random.default_rng(random_state)
    drawn = rng.choice(rest, n_chosen - n_unsure, replace=False)
    return sorted([*unsure.tolist(), *drawn.tolist()])


def check_size(size: object, n_cases: int) -> int:
    """Return how many cases to choose; raise CaseListError unless there are so many."""
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= n_cases:
        came = "missing" if size is None else shown(size)
        allowed = f"a whole number from 1 to {n_cases:,}" if n_cases else "a list that holds cases"
        raise CaseListError(f"The number of cases to choose is {came}; give {allowed}.", "size")
    return size


def by_margin(probabilities: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the indices of samples, those first whose two likeliest classes are closest together."""
    top = np.sort(probabilities, axis=1)[:, -2:]
    return np.argsort(top[:, 1] - top[:, 0], kind="stable")


# Only these need the model's answers: predicting 20,000 texts takes a while.
BY_MARGIN = ("unsure", "mix")


@dataclass(frozen=True)
class CaseChoice:
    """The cases that were chosen out of `n_listed`, and the rows left out."""

    cases: Sequence[NewCase]
    n_listed: int
    rejected: list[Rejected]


def choose_cases(
    model: LoadedModel, listed: CaseList, how: str, size: int | None, random_state: int = 0
) -> CaseChoice:
    """Return all cases of a list, or `size` of them: "unsure", "random" or "mix"."""
    if not listed.cases:
        raise CaseListError(
            "The list has no case that the model can read; look at the rows left out."
        )
    asked = listed.cases if how in BY_MARGIN else []
    predictions = predict_many(model, [case.record for case in asked])
    rows = [list(prediction.probabilities.values()) for prediction in predictions]
    indices = choose(listed.cases, rows, how, size, random_state)
    chosen = (listed.cases[index] for index in indices)
    cases = [NewCase(case.record, case.true_label, case.context) for case in chosen]
    return CaseChoice(cases, len(listed.cases), listed.rejected)
