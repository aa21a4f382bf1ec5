"""How far to trust an answer, in sentences that rest on held-out data."""

from collections.abc import Sequence

from models.metadata import Bin, CoveragePoint, Metadata, Threshold
from models.spec import Prediction

# Of fewer cases, "91 of 100" would claim more than is known.
LEAST_CASES = 30


def trust_sentence(probability: float, metadata: Metadata, noun: str = "cases") -> str | None:
    """Return how often the model was right when it was about this sure, or None without figures.

    `noun` says what the cases are, as in "reviews".
    """
    bins = metadata.get("held_out", {}).get("calibration")
    if not bins:
        return None
    chosen = bins_around(probability, bins)
    n_cases = sum(part["samples"] for part in chosen)
    right = round(100 * sum(part["right"] for part in chosen) / n_cases)
    return (
        f"Of 100 {noun} the model was this sure about, {right} were right "
        f"(from {n_cases:,} held-out cases)."
    )


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
