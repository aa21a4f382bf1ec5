"""What a model's figures say, in sentences for people who know no statistics.

Each sentence is "" where the metadata lack what it needs.
"""

from models.explain.trust import bins_around
from models.metadata import Figures, Metadata
from models.spec import ModelSpec
from models.training.card_figures import METRIC_TITLES, WEAK_SLICE, metric_text

METRIC_MEANINGS = {
    "accuracy": "Of all answers, those that are right.",
    "macro_recall": "Of each class, those that the model finds; averaged so that rare classes weigh as "
    "much as frequent ones. Guessing finds one in as many as there are classes.",
    "macro_f1": "Between finding all of a class and calling nothing else so; averaged over the classes.",
    "log_loss": "How far the probabilities are from certainty of what is right; lower is better.",
    "calibration_error": "How far what the model says it is sure of lies from how often it is right, on average.",
}


def out_of_hundred(share: float) -> str:
    """Return a share of a hundred; what is not all is never called all, nor what is some none."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return "more than 99"
    return "fewer than 1" if whole == 0 and share > 0 else str(whole)


def share_right(figures: Figures) -> float | None:
    """Return the share of right answers, None if it was not measured."""
    return figures.get("metrics", {}).get("accuracy")


def count_answers(figures: Figures) -> int:
    return sum(sum(row) for row in figures.get("confusion", ()))


def count_samples(figures: Figures) -> int:
    return sum(int(source["rows"]) for source in figures.get("data", ()))


def unit_of(spec: ModelSpec, figures: Figures) -> str:
    """Return what the answers are counted in: samples that were asked about twice are no longer counted."""
    n_samples = count_samples(figures)
    return "answers" if 0 < n_samples < count_answers(figures) else spec.cases


def headline(spec: ModelSpec, figures: Figures) -> str:
    """Return how often the model is right."""
    right, n_answers, n_samples = (
        share_right(figures),
        count_answers(figures),
        count_samples(figures),
    )
    if right is None:
        return main_figure(spec, figures)
    start = f"Right on {out_of_hundred(right)} of 100 {spec.cases}"
    if figures.get("are_examples"):
        return (
            f"{start}, counted on the {n_answers:,} examples that came with it; nobody can know here "
            "whether it was trained on them."
        )
    if "test_file_uses" in figures:
        return f"{start} that it had never seen, from {n_answers:,} kept for this alone."
    repeats, rest = divmod(n_answers, n_samples or 1)
    if n_samples and n_answers and not rest:
        times = f", {repeats} times" if repeats > 1 else ""
        return f"{start} that it had not learned from: each of the {n_samples:,} was held back in turn{times}."
    return f"{start} in its test."


def main_figure(spec: ModelSpec, figures: Figures) -> str:
    """Return the one figure that there is in place of the share of right answers."""
    value = figures.get("metrics", {}).get(spec.main_metric)
    if value is None:
        return "Nobody has measured how often this model is right."
    name = METRIC_TITLES.get(spec.main_metric, spec.main_metric)
    return f"{name}: {metric_text(spec.main_metric, value)}."


def guessing(figures: Figures) -> str:
    """Return how often always giving the most frequent answer would be right."""
    counts = {label: row["samples"] for label, row in figures.get("classes", {}).items()}
    if not counts or share_right(figures) is None:
        return ""
    label = max(counts, key=counts.__getitem__)
    share = out_of_hundred(counts[label] / sum(counts.values()))
    same = f"“{label}”" if len(set(counts.values())) > 1 else "the same"
    return f"Always answering {same}, without looking, would be right on {share} of 100."


def sureness(spec: ModelSpec, metadata: Metadata) -> str:
    """Return how often the model calls itself sure, and how often it is right then and otherwise."""
    threshold, right = metadata.get("threshold"), share_right(metadata.get("held_out", {}))
    if not threshold:
        return ""
    coverage, accuracy = threshold["coverage"], threshold["accuracy"]
    sure = (
        f"It calls itself sure on {out_of_hundred(coverage)} of 100 {spec.cases}; "
        f"of 100 such answers {out_of_hundred(accuracy)} are right."
    )
    if right is None or coverage >= 1:
        return sure
    others = out_of_hundred((right - coverage * accuracy) / (1 - coverage))
    return f"{sure} Of 100 others {others} are right: check those yourself."


def second_measurement(spec: ModelSpec, metadata: Metadata) -> str:
    """Return why what was measured during the making differs from the headline, "" if it is the same."""
    test, held_out = metadata["evaluation"], metadata.get("held_out", {})
    right, there = share_right(test), share_right(held_out)
    if right is None or there is None or held_out.get("method") == test.get("method"):
        return ""
    curve = held_out.get("learning_curve")
    learned = f" that had learned from {curve[-1]['samples']:,} others" if curve else ""
    return (
        f"While the model was made, a copy{learned} was tried on {count_answers(held_out):,} {spec.cases} "
        f"set aside from the training data. It was right on {out_of_hundred(there)} of 100 there, and the "
        f"finished model on {out_of_hundred(right)} of 100 in the test above: the copy had learned from "
        f"less, and the two were tried on different {spec.cases}.{weakest_part(held_out)} When the model "
        "calls itself sure, and the sentence on trust under each answer, rest on this measurement; the "
        "test is kept for the final figures."
    )


def weakest_part(figures: Figures) -> str:
    """Return the part of the data that the model is worst on, if it is clearly worse there."""
    weak, right = weak_parts(figures), share_right(figures)
    if not weak or right is None:
        return ""
    part = weak[0]
    return (
        f" Hardest were those in the group “{part['name']}”, {part['samples']:,} of them: "
        f"right on {out_of_hundred(part['accuracy'])} of 100."
    )


def weak_parts(figures: Figures) -> list[dict[str, float]]:
    """Return the parts of the data on which the model is clearly worse than on the whole, worst first."""
    right = share_right(figures) or 0
    weak = [part for part in figures.get("slices", ()) if part["accuracy"] < right - WEAK_SLICE]
    return sorted(weak, key=lambda part: part["accuracy"])


def weakness(spec: ModelSpec, figures: Figures) -> str:
    """Return on which part of the data the model is clearly worse."""
    weak, right = weak_parts(figures), share_right(figures)
    if not weak or right is None:
        return ""
    part = weak[0]
    return (
        f"It is weakest on {spec.cases} {part['name']}: right on {out_of_hundred(part['accuracy'])} of "
        f"100, against {out_of_hundred(right)} overall."
    )


def commonest_mistake(figures: Figures) -> str:
    """Return which two answers the model confuses most often."""
    labels, confusion = list(figures.get("classes", ())), figures.get("confusion", [])
    mistakes = {
        (true, said): n
        for true, row in zip(labels, confusion, strict=True)
        for said, n in zip(labels, row, strict=True)
        if said != true and n
    }
    if not mistakes:
        return ""
    true, said = max(mistakes, key=mistakes.__getitem__)
    return (
        f"Its commonest mistake is to say “{said}” where “{true}” is right: {mistakes[true, said]:,} of "
        f"{sum(mistakes.values()):,} mistakes."
    )


def calibration_note(spec: ModelSpec, figures: Figures, at: float = 0.8) -> str:
    """Return how often the model is right when it says about 80 %."""
    parts = bins_around(at, figures["calibration"])
    n = sum(part["samples"] for part in parts)
    said = out_of_hundred(sum(part["probability"] * part["samples"] for part in parts) / n)
    right = out_of_hundred(sum(part["right"] for part in parts) / n)
    counted = f"{n:,} {unit_of(spec, figures)}"
    return f"When it says about {said} %, it is right {right} times in 100 (from {counted})."


def coverage_note(spec: ModelSpec, figures: Figures) -> str:
    """Return how often the model is right on the surer half."""
    half = min(figures["coverage"], key=lambda point: abs(point["coverage"] - 0.5))
    kept, right = out_of_hundred(half["coverage"]), out_of_hundred(half["accuracy"])
    return f"Of the {kept} in 100 {spec.cases} that it is surest about, {right} % are right."


def learning_note(spec: ModelSpec, figures: Figures) -> str:
    """Return what the last of the training data brought."""
    before, last = figures["learning_curve"][-2:]
    return (
        f"From {last['samples']:,} {spec.cases} instead of {before['samples']:,} it learned to be right "
        f"on {out_of_hundred(last['accuracy'])} of 100 instead of {out_of_hundred(before['accuracy'])}."
    )
