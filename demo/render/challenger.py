"""What a board shows of a challenger: the offer, its progress, and how it compares."""

from typing import Any

from markupsafe import Markup

from demo.challenger import Training
from demo.render.environment import render
from demo.render.words import counted

SIGNIFICANT = 0.05


def training_html(training: Training | None) -> Markup:
    """Return how far a training is or what came out, the offer of one if there was none."""
    if training is None:
        return render("challenger.offer")
    elapsed = elapsed_words(training.seconds)
    if training.outcome:
        return render(
            "challenger.result",
            training=training,
            sentence=result_sentence(training.outcome),
            rows=training.outcome["table"],
            notes=training.outcome["notes"],
            elapsed=elapsed,
        )
    if training.state == "running":
        return render("challenger.running", training=training, elapsed=elapsed)
    return render("challenger.stopped", training=training)


def missing_html(names: list[str], code: str, model: str) -> Markup:
    """Return that a challenger cannot be trained here, and what to run where it can."""
    return render("challenger.missing", names=names, code=code, model=model)


def elapsed_words(seconds: int) -> str:
    """Return a duration as people say it: "40 seconds", "3 minutes 5 seconds"."""
    minutes, rest = divmod(seconds, 60)
    parts = [counted(minutes, "minute")] if minutes else []
    return " ".join([*parts, counted(rest, "second")])


def result_sentence(outcome: dict[str, Any]) -> str:
    """Return whether the challenger is better, and what it makes of the corrected cases."""
    held_out, cases = outcome["table"]
    low, high = held_out["interval"]
    is_sure = held_out["p_value"] is not None and held_out["p_value"] < SIGNIFICANT
    if high < 0 or (is_sure and held_out["worse"] > held_out["better"]):
        sentence = "On data that it had not seen the challenger is worse than the model in use, by more than chance explains."
    elif low > 0 and is_sure:
        sentence = "On data that it had not seen the challenger is better than the model in use, by more than chance explains."
    else:
        sentence = "On data that it had not seen the challenger differs from the model in use by no more than chance explains."
    return f"{sentence} {cases_sentence(cases, outcome['corrections'])}"


def cases_sentence(row: dict[str, Any], about: dict[str, Any]) -> str:
    """Return how often both answer the cases of the session as most reviewers do."""
    total = counted(row["cases"], "case")
    if row["challenger"] is None:
        right = about["answered_after_learning"]["challenger"]
        return (
            f"Of {total} of the session it answers {right} as most reviewers do, but it has learnt them; "
            "they are too few to tell how it does on others like them."
        )
    challenger, champion = (round(row[name] * row["cases"]) for name in ("challenger", "champion"))
    return (
        f"Of {total} of the session it answers {challenger} as most reviewers do without having learnt them, "
        f"the model in use {champion}."
    )
