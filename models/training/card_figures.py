"""The figures of a model card as Markdown tables and plain sentences."""

from collections.abc import Iterable, Sequence
from typing import Any

from models.evaluation.checks.lexicon import GROUPS
from models.metadata import Figures, Metadata, Threshold

METRIC_TITLES = {
    "accuracy": "Accuracy",
    "macro_recall": "Recall, averaged over the classes",
    "macro_f1": "F1, averaged over the classes",
    "log_loss": "Log-loss",
    "calibration_error": "Expected calibration error, 15 bins",
}
LOSSES = ("log_loss",)
SHOWN_COVERAGES = (1.0, 0.9, 0.75, 0.5, 0.25)
# Below this pass rate a check, and this far below the whole a slice, is called a failing.
WEAK_PASS_RATE = 0.8
WEAK_SLICE = 0.04
# The checks of people of one group named in place of another.
GROUP_CHECKS = tuple(f"Another {group} changes nothing" for group in GROUPS)


def percent(value: float) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{100 * value:.1f} %"


def metric_text(name: str, value: float) -> str:
    """Return a metric as people read it: shares in percent, losses as they are."""
    return f"{value:.3f}" if name in LOSSES else percent(value)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; the first column holds words, the others numbers."""
    lines = [header, ("---", *["---:"] * (len(header) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def overall(evaluation: Figures) -> str:
    metrics = evaluation["metrics"].items()
    rows = ((METRIC_TITLES[name], metric_text(name, value)) for name, value in metrics)
    return table(("Measure", "Value"), rows)


def by_class(evaluation: Figures) -> str:
    """Return precision, recall and F1 of each class."""
    keys = ("precision", "recall", "f1")
    rows = (
        (label, *(percent(row[key]) for key in keys), f"{row['samples']:,}")
        for label, row in evaluation["classes"].items()
    )
    return table(("Class", "Precision", "Recall", "F1", "Samples"), rows)


def confusion(evaluation: Figures) -> str:
    labels = tuple(evaluation["classes"])
    rows = (
        (f"truly {label}", *(f"{count:,}" for count in counts))
        for label, counts in zip(labels, evaluation["confusion"], strict=True)
    )
    return table(("", *(f"answered {label}" for label in labels)), rows)


def calibration(figures: Figures) -> str:
    """Return the calibration: how often answers of each probability were right."""
    rows = (
        (
            f"{100 * row['low']:.0f} to {100 * row['high']:.0f} %",
            percent(row["probability"]),
            percent(row["right"] / row["samples"]),
            f"{row['samples']:,}",
        )
        for row in figures["calibration"]
    )
    return table(("Probability of the answer", "Said, on average", "Right", "Samples"), rows)


def coverage(figures: Figures) -> str:
    """Return how the accuracy rises as the least sure answers are left out."""
    shown = (point for point in figures["coverage"] if point["coverage"] in SHOWN_COVERAGES)
    rows = (
        (f"surest {100 * p['coverage']:.0f} %", percent(p["accuracy"]), percent(p["threshold"]))
        for p in shown
    )
    return table(("Answers kept", "Right", "Least probability"), rows)


def threshold(chosen: Threshold) -> str:
    """Return a sentence about the probability from which on the page calls an answer sure."""
    return (
        f"From {percent(chosen['probability'])} on an answer is called sure: "
        f"{percent(chosen['coverage'])} of these samples were answered so surely, and "
        f"{percent(chosen['accuracy'])} of those answers were right. Below it, the page says between "
        "which two classes the model is unsure."
    )


def slices(figures: Figures) -> str:
    rows = (
        (row["name"], percent(row["accuracy"]), percent(row["macro_recall"]), f"{row['samples']:,}")
        for row in figures["slices"]
    )
    return table(("Part", "Accuracy", "Recall, averaged", "Samples"), rows)


def learning_curve(figures: Figures) -> str:
    rows = (
        (f"{point['samples']:,}", percent(point["accuracy"]), percent(point["macro_recall"]))
        for point in figures["learning_curve"]
    )
    return table(("Trained on", "Accuracy", "Recall, averaged"), rows)


def pass_rate(check: dict[str, Any]) -> float:
    """Return the share of the cases that a check passed."""
    return float(check["passed"] / check["cases"])


def failure_text(check: dict[str, Any]) -> str:
    """Return how often a check fails, as "11 of 400 (2.8 %)"."""
    failed = check["cases"] - check["passed"]
    return f"{failed:,} of {check['cases']:,} ({percent(failed / check['cases'])})"


def published_text(check: dict[str, Any]) -> str:
    """Return the failure rates that the CheckList paper gives, such as "18.8 / 54.2 / 29.4 / 13.2"."""
    return " / ".join(f"{rate:.1f}" for rate in check.get("published", {}).values())


def behaviour(checks: Iterable[dict[str, Any]]) -> str:
    """Return how often each behavioural check fails, beside what the paper gives."""
    rows = ((check["name"], failure_text(check), published_text(check)) for check in checks)
    return table(("Check", "Fails in", "In the paper, %"), rows)


def about_groups(checks: Iterable[dict[str, Any]]) -> list[str]:
    """Return a sentence about words for groups of people, if a check names them; else nothing."""
    found = [check for check in checks if check["name"] in GROUP_CHECKS]
    if not found:
        return []
    failed = sum(check["cases"] - check["passed"] for check in found)
    cases = sum(check["cases"] for check in found)
    return [
        "Words for groups of people carry no sentiment of their own in this model: another nationality, "
        f"religion, ethnic group or orientation in a neutral sentence changed the answer in {failed:,} of "
        f"{cases:,} cases ({percent(failed / cases)})."
    ]


def strongest(features: dict[str, list[str]]) -> str:
    return "\n".join(
        f"- **{label}**: {', '.join(f'`{name}`' for name in names)}"
        for label, names in features.items()
    )


def failings(metadata: Metadata) -> list[str]:
    """Return in plain words where the model fails: checks it does not pass, parts it is worse on."""
    figures = metadata["evaluation"]
    whole = figures["metrics"]["accuracy"]
    weak_checks = [
        f"“{check['name']}” fails in {failure_text(check)}; for example on “{check['failures'][0]}”"
        for check in metadata.get("behaviour", ())
        if pass_rate(check) < WEAK_PASS_RATE
    ]
    weak_slices = [
        f"Texts {row['name']}: right in {percent(row['accuracy'])}, against {percent(whole)} overall"
        for row in figures["slices"]
        if row["accuracy"] < whole - WEAK_SLICE
    ]
    return weak_checks + weak_slices
