"""The comparison of champion and challenger, in figures and in words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np

from models.errors import UserError
from models.evaluation.significance import bootstrap_interval, counts_by_group, mcnemar, score
from models.registry import current_versions
from models.training.card_figures import METRIC_TITLES, percent
from models.training.challenger import Answers, Trial
from models.training.corrected_recipe import LEAST_CASES
from models.training.corrections import SOURCE, input_keys

SIGNIFICANT = 0.05
COUNTED_METRICS = ("accuracy", "macro_recall")
HELD_OUT, CASES = "held out", "corrected cases"


class ChallengerWorse(UserError):
    """A challenger is worse than the model that it would replace."""

    code = "challenger_worse"


def compare_trial(trial: Trial) -> dict[str, Any]:
    """Return the whole comparison as JSON, without any text that reviewers wrote."""
    course, metric = trial.course, trial.standing.spec.main_metric
    held_out = compare_answers(
        trial.held_out, metric if metric in COUNTED_METRICS else "accuracy", HELD_OUT
    )
    return {
        "model": trial.standing.spec.name,
        "date": datetime.now(UTC).date().isoformat(),
        "versions": current_versions(),
        "data": list(course.samples.sources),
        "corrections": describe_corrections(trial),
        "champion": {"sha256": trial.standing.metadata["sha256"]},
        "table": [held_out, compare_cases(trial)],
        "notes": list(write_notes(trial)),
    }


def describe_corrections(trial: Trial) -> dict[str, Any]:
    """Return the number of cases, their files and their weight."""
    corrections = trial.course.corrections
    known = corrections.reviewers[corrections.reviewers > 0].tolist()
    return {
        "files": list(corrections.samples.sources),
        "cases": len(corrections),
        "sessions": corrections.n_sessions,
        "reviewers": [min(known), max(known)] if known else None,
        "weight": trial.course.weight,
        "answered_after_learning": {
            "champion": int((trial.committed == corrections.samples.y).sum()),
            "challenger": int((trial.learnt == corrections.samples.y).sum()),
        },
    }


def compare_answers(answers: Answers, metric: str, data: str) -> dict[str, Any]:
    """Return the row of a table: the metric of both, its difference, and McNemar's test.

    The interval of the difference draws whole groups; the test counts each sample once.
    """
    y, groups = answers.samples.y, answers.samples.groups
    both = (answers.champion, answers.challenger)
    values = []
    for predicted in both:
        right, total = counts_by_group(y, predicted, groups)
        values.append(score(right.sum(axis=0), total.sum(axis=0), metric))
    champion, challenger = (predicted[answers.once] == y[answers.once] for predicted in both)
    return {
        "data": data,
        "metric": metric,
        "cases": len(answers.once),
        "champion": values[0],
        "challenger": values[1],
        "difference": values[1] - values[0],
        "interval": bootstrap_interval(y, both[1], groups, metric, both[0]),
    } | mcnemar(challenger, champion)


def compare_cases(trial: Trial) -> dict[str, Any]:
    """Return the row of the corrected cases; a figure that they cannot give is None."""
    y = trial.course.corrections.samples.y
    if trial.unseen:
        row = compare_answers(trial.unseen, "accuracy", CASES)
        return row | ({"p_value": None} if row["champion"] == 0 else {})
    unknown = ("challenger", "difference", "interval", "better", "worse", "p_value")
    known = {"data": CASES, "metric": "accuracy", "cases": len(y)}
    return known | {"champion": float(np.mean(trial.committed == y))} | dict.fromkeys(unknown)


def write_notes(trial: Trial) -> Iterator[str]:
    """Yield sentences that say how the figures were measured, and what they cannot show."""
    yield about_held_out(trial)
    yield about_cases(trial)
    yield from about_choice(trial)
    yield from about_versions(trial)
    yield from about_data(trial)


def about_held_out(trial: Trial) -> str:
    """Say how the held-out data were answered."""
    course, held_out = trial.course, trial.held_out
    times = len(held_out.samples.y) / len(held_out.once)
    asked = f"{len(held_out.once):,} samples of the training data"
    if times > 1:
        asked += f", about {times:.0f} times each in {len(course.folds)} folds"
    return (
        f"Held out: {asked}, answered by pipelines fitted on the others, without the corrections (champion) "
        f"and with them (challenger). The committed pipeline has seen these samples and cannot be measured "
        "on them."
    )


def about_cases(trial: Trial) -> str:
    """Say how the corrected cases were answered, and that they can be learnt."""
    n_cases, n_splits = len(trial.course.corrections), len(trial.course.splits)
    after = describe_corrections(trial)["answered_after_learning"]
    learnt = (
        f"After learning all of them, the challenger answers {after['challenger']} of {n_cases} as corrected, "
        f"the committed pipeline {after['champion']}: this shows that it learnt them, and nothing else."
    )
    if not n_splits:
        return (
            f"Corrected cases: there are too few to leave some out, so that nothing is known about "
            f"cases like them; from {LEAST_CASES} different ones on, that is compared as well. {learnt}"
        )
    return (
        f"Corrected cases: the committed pipeline's answers against those of {n_splits} challengers, each "
        f"asked about the cases that it had not learnt and trained on the others, "
        f"{percent(1 - 1 / n_splits)} of them. {learnt}"
    )


def about_choice(trial: Trial) -> Iterator[str]:
    """Say how the figures are biased because cases were chosen where the pipeline was wrong."""
    y = trial.course.corrections.samples.y
    right = int((trial.committed == y).sum())
    if right == 0:
        yield (
            "The committed pipeline is right on none of the corrected cases: on such a choice every other "
            "pipeline does at least as well, so that no test is given. Leave the cases in the file on which "
            "reviewers agreed with it, to see what a challenger would break."
        )
    elif right < len(y):
        yield (
            f"The committed pipeline is right on {right} of the {len(y)} corrected cases; those that are "
            "there because it was wrong favour the challenger."
        )


def about_versions(trial: Trial) -> Iterator[str]:
    """Say that reviewers judged another version, or that it had learnt other corrections."""
    predicted = trial.course.corrections.predicted
    differing = int(((predicted != "") & (predicted != trial.committed)).sum())
    if differing:
        yield (
            f"To {differing} of the corrected cases the committed pipeline now answers otherwise than the "
            "one that was judged."
        )
    given = {source["content_sha256"] for source in trial.course.corrections.samples.sources}
    missing = [
        str(source["title"])
        for source in trial.standing.metadata.get("training_data", ())
        if source.get("name") == SOURCE and source.get("content_sha256") not in given
    ]
    if missing:
        yield (
            f"The committed pipeline also learnt from: {'; '.join(missing)}. Neither champion nor challenger "
            "did here; name each such file with another --with to keep what it taught."
        )


def about_data(trial: Trial) -> Iterator[str]:
    """Say how many samples of the training data were replaced by corrected cases."""
    keys = trial.course.corrections.samples.groups
    replaced = int(np.isin(input_keys(trial.course.samples.X), keys).sum())
    if replaced:
        yield (
            f"{replaced:,} samples of the training data have the input of a corrected case. The challenger "
            "learnt the correction instead, except where such a sample was held out: there it learnt neither, "
            "and the label of the data set counted."
        )


def check_not_worse(outcome: dict[str, Any]) -> None:
    """Raise ChallengerWorse if the challenger is significantly worse on the held-out data."""
    row = outcome["table"][0]
    loses = row["worse"] > row["better"] and row["p_value"] < SIGNIFICANT
    if loses or row["interval"][1] < 0:
        raise ChallengerWorse(
            f"The challenger was not promoted: on {row['cases']:,} held-out samples its "
            f"{METRIC_TITLES[row['metric']].lower()} is {percent(row['challenger'])} against "
            f"{percent(row['champion'])}, which chance does not explain (McNemar's p = {row['p_value']:.2g}, "
            f"{row['worse']} answers lost, {row['better']} gained); try a smaller --weight or other corrections."
        )


def print_comparison(outcome: dict[str, Any]) -> None:
    """Print the table and the notes."""
    from rich.console import Console
    from rich.table import Table

    columns = ("Measure", "Cases", "Champion", "Challenger", "Points (95 % interval)")
    table = Table("Data", *columns, "Gained", "Lost", "McNemar's p", box=None)
    for column in table.columns[2:]:
        column.justify = "right"
    for row in outcome["table"]:
        table.add_row(
            row["data"], METRIC_TITLES[row["metric"]], f"{row['cases']:,}", *format_row(row)
        )
    console = Console(width=140)
    about = outcome["corrections"]
    console.print(f"{about['cases']} corrected cases, each counted {about['weight']} times")
    console.print(table)
    for note in outcome["notes"]:
        console.print(f"- {note}", markup=False, highlight=False)


def format_row(row: dict[str, Any]) -> list[str]:
    """Return the figures of a row as text, with a dash for a missing one."""
    shares = [
        percent(row[key]) if row[key] is not None else "–" for key in ("champion", "challenger")
    ]
    if row["difference"] is None:
        return [*shares, "–", "–", "–", "–"]
    low, high = (f"{100 * bound:+.2f}" for bound in row["interval"])
    p_value = row["p_value"]
    return [
        *shares,
        f"{100 * row['difference']:+.2f} ({low} to {high})",
        str(row["better"]),
        str(row["worse"]),
        "–" if p_value is None else "< 0.001" if p_value < 0.001 else f"{p_value:.3f}",
    ]
