"""How the strongest parts move the probability, one after the other, from the start to the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from demo.render.words import percent_text
from models.explain.explanation import Explanation
from models.explain.parts import Part
from models.spec import Prediction

N_STEPS = 6
LONGEST_NAME = 40
# Where the margin does not lead to the probability, as for a classifier that is calibrated after it.
FARTHEST = 0.01
NEARLY_CERTAIN = 0.9995


@dataclass(frozen=True)
class Step:
    """A part that moves the probability between two places on a line from 0 to 100 %."""

    name: str
    side: str
    left: float
    width: float
    points: str


@dataclass(frozen=True)
class Waterfall:
    """The steps from the probability `start` to `end`; `others` are the classes that are left aside."""

    start: str
    start_left: float
    end: str
    end_left: float
    steps: tuple[Step, ...]


def draw_waterfall(
    parts: Sequence[Part], explanation: Explanation, prediction: Prediction
) -> Waterfall | None:
    """Return the steps of the strongest parts and of all else, None if they would not end at the answer.

    The points of the steps add up to the difference of start and end, as they are shown. Of three classes
    the probability is that of `toward` against `against` alone.
    """
    end = share_of_two(explanation, prediction)
    if not parts or abs(logistic(explanation.margin) - end) > FARTHEST:
        return None
    start = logistic(explanation.intercept)
    is_fine = not 0.01 <= min(start, end) <= max(start, end) <= 0.99
    shown = list(parts[:N_STEPS])
    if len(parts) > len(shown):
        rest = explanation.margin - explanation.intercept - sum(part.value for part in shown)
        shown.append(Part("all else", rest))
    steps, margin = [], explanation.intercept
    for name, value in shown:
        before, after = logistic(margin), logistic(margin + value)
        margin += value
        points = round(percent(after, is_fine) - percent(before, is_fine), 1)
        steps.append(
            Step(
                name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
                "for" if value > 0 else "against",
                100 * min(before, after),
                100 * abs(after - before),
                points_text(points, is_fine),
            )
        )
    first, last = end_text(start, is_fine), end_text(end, is_fine)
    return Waterfall(first, 100 * start, last, 100 * end, tuple(steps))


def share_of_two(explanation: Explanation, prediction: Prediction) -> float:
    """Return the probability of `toward` if it were between that and `against` alone."""
    toward = prediction.probabilities[explanation.toward]
    return toward / (toward + prediction.probabilities[explanation.against])


def logistic(margin: float) -> float:
    """Return the probability that belongs to log-odds."""
    odds = exp(-abs(margin))
    return (1.0 if margin >= 0 else odds) / (1 + odds)


def percent(probability: float, is_fine: bool) -> float:
    """Return a probability in percent as it is shown, near 0 and 100 with a decimal and never certain."""
    if is_fine:
        return min(max(round(100 * probability, 1), 0.1), 99.9)
    return round(100 * probability)


def end_text(probability: float, is_fine: bool) -> str:
    """Return a start or an end as precisely as its steps, and never as certain."""
    if 1 - NEARLY_CERTAIN <= probability < NEARLY_CERTAIN:
        return f"{percent(probability, is_fine):g} %"
    return percent_text(probability)


def points_text(points: float, is_fine: bool) -> str:
    """Return signed percentage points as people write them."""
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    return f"{sign}{abs(points):.{int(is_fine)}f}"
