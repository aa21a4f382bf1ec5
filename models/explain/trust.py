"""How far to trust an answer, in sentences that rest on held-out data."""

import math
from collections.abc import Sequence

from models.intervals import wilson_interval
from models.metadata import Bin, CoveragePoint, Metadata, Threshold
from models.spec import Prediction

# Neighbouring bins are joined up to so many cases; of fewer than FEW a share in 100 would claim too much.
LEAST_CASES, FEW = 10, 30
# Of so many, cases are named one by one: "all but two of 141".
NAMED = 1_000
SHARE_WORDS = (
    (0.05, "hardly any"),
    (0.15, "one in ten"),
    (0.29, "a quarter"),
    (0.42, "a third"),
    (0.58, "half"),
    (0.71, "two thirds"),
    (0.82, "three quarters"),
    (1.0, "nearly all"),
)
UP_TO = ("none", "one", "two", "three")


def trust_sentence(
    probability: float, metadata: Metadata, noun: str = "cases", is_unusual: bool = False
) -> str | None:
    """Return how often the model was right when it was about this sure, or None without figures.

    `noun` says what the cases are, as in "reviews". Of an unusual input the figures say nothing.
    """
    bins = metadata.get("held_out", {}).get("calibration")
    if not bins:
        return None
    if is_unusual:
        return (
            f"How often it is right about inputs like this one is not known: it was tested on {noun} "
            "of the usual kind."
        )
    if probability < bins[0]["low"]:
        return f"None of the {noun} that it was tested on left it this unsure: take it for a guess."
    chosen = bins_around(probability, bins)
    n_cases = sum(part["samples"] for part in chosen)
    return count_right(sum(part["right"] for part in chosen), n_cases, noun)


def count_right(right: int, n_cases: int, noun: str) -> str:
    """Return how many of the cases were right, in words that claim no more than their number allows."""
    low, high = wilson_interval(right, n_cases)
    wrong, share = n_cases - right, round(100 * right / n_cases)
    if n_cases < FEW:
        return (
            f"It was about this sure of {n_cases} {noun} in the test and got {right} of them right; "
            f"with so few, anything from {share_word(low)} to {share_word(high)} is possible."
        )
    if n_cases < NAMED and wrong < len(UP_TO):
        how = f"all but {UP_TO[wrong]} of them" if wrong else "all of them"
        return (
            f"It was about this sure of {n_cases} {noun} in the test and got {how} right; "
            f"still, up to {math.ceil(100 * (1 - low))} in 100 may be wrong."
        )
    often = "more than 99" if share == 100 else "fewer than 1" if share == 0 else str(share)
    return (
        f"When it was about this sure in the test, it got {often} of 100 {noun} right "
        f"(counted on {n_cases:,})."
    )


def share_word(share: float) -> str:
    """Return a share in a word or two, as people estimate it."""
    return next(word for highest, word in SHARE_WORDS if share <= highest)


def bins_around(probability: float, bins: Sequence[Bin]) -> list[Bin]:
    """Return the bin of a probability, with its nearest neighbours while it holds too few cases."""
    nearest = sorted(bins, key=lambda part: distance(probability, part))
    chosen: list[Bin] = []
    for part in nearest:
        if sum(earlier["samples"] for earlier in chosen) >= LEAST_CASES:
            break
        chosen.append(part)
    return chosen


def distance(probability: float, part: Bin) -> tuple[float, float]:
    """Return how far a probability is outside of a bin, then how far from its middle."""
    outside = max(part["low"] - probability, probability - part["high"], 0.0)
    return outside, abs(probability - (part["low"] + part["high"]) / 2)


def choose_threshold(curve: Sequence[CoveragePoint], target: float) -> Threshold:
    """Return the least probability from which on answers are right at the rate `target`.

    `curve` holds points with coverage, accuracy and threshold, of held-out data. If no point reaches
    the target, the most accurate one is returned, and its accuracy says so.
    """
    if not curve:
        raise ValueError("A threshold can only be chosen from a curve with at least one point.")
    reaching = [point for point in curve if point["accuracy"] >= target]
    best = (
        max(reaching, key=lambda point: point["coverage"])
        if reaching
        else max(curve, key=lambda point: (point["accuracy"], point["coverage"]))
    )
    return {
        "probability": best["threshold"],
        "accuracy": best["accuracy"],
        "coverage": best["coverage"],
    }


def is_unsure(prediction: Prediction, metadata: Metadata) -> bool:
    """Tell whether an answer is below the threshold that the model card states."""
    threshold = metadata.get("threshold")
    if not threshold:
        return False
    return bool(max(prediction.probabilities.values()) < threshold["probability"])


def unsure_sentence(prediction: Prediction) -> str:
    """Return the two labels that an unsure answer lies between, the likelier first."""
    first, second = sorted(
        prediction.probabilities, key=prediction.probabilities.__getitem__, reverse=True
    )[:2]
    return f"Unsure between {first} and {second}"
