"""The corrected cases of a session as CSV, to train a challenger with: models/corrections.py reads it."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace

from demo.desk import ReviewDesk
from demo.figures.ballots import Judgement, cast_ballots
from demo.figures.board import to_judgement
from demo.figures.dispute import count_cases
from demo.reviews import Review
from models.corrections import LABEL, PREDICTED, REVIEWERS, SESSION
from models.errors import UnknownModel, UserError
from models.spec import ModelSpec, Record, Value

Input = tuple[Value, ...]


class NothingCorrected(UserError):
    """A session corrects nothing."""

    code = "nothing_corrected"


def corrections_csv(desk: ReviewDesk, review: Review, *, confirmed: bool = False) -> str:
    """Return the inputs for which most reviewers who gave a label hold another one than the model.

    `confirmed` adds those for which they hold the model's: a comparison on corrected cases alone is one
    on cases that the model got wrong. The same input that several reviewers tried is one case. Raises
    NothingCorrected if nothing is corrected.
    """
    spec = spec_of(desk, review)
    names = [feature.name for feature in spec.features]
    said = [to_judgement(row) for row in desk.store.judgements(review) if row.verdict]
    inputs = {case.id: read_input(case.record, names) for case in desk.store.cases(review)}
    counted = count_cases(cast_ballots(by_input(said, inputs), spec.classes))
    rows = [
        (*inputs[int(case.case)], case.majority, case.predicted, case.labels[case.majority])
        for case in counted
        if case.majority is not None and (confirmed or case.majority != case.predicted)
    ]
    if all(predicted == majority for *_, majority, predicted, _ in rows):
        raise NothingCorrected(
            "Of no case do most reviewers hold another label than the model to be right, so there is "
            "nothing to learn from yet."
        )
    # A text stays as it is, even if a spreadsheet would take it for a formula: it is to be learnt from.
    target = io.StringIO(newline="")
    sheet = csv.writer(target)
    sheet.writerow([*names, LABEL, PREDICTED, REVIEWERS, SESSION])
    sheet.writerows([*row, review.code] for row in rows)
    return target.getvalue()


def spec_of(desk: ReviewDesk, review: Review) -> ModelSpec:
    """Return the spec of a session's model; raise UnknownModel if it is gone."""
    if review.plan.model not in desk.shelf.specs:
        raise UnknownModel(review.plan.model, desk.shelf.specs)
    return desk.shelf.specs[review.plan.model]


def read_input(record: Record, names: Iterable[str]) -> Input:
    """Return what the model reads of a record."""
    return tuple(record[name] for name in names)


def by_input(said: Iterable[Judgement], inputs: dict[int, Input]) -> list[Judgement]:
    """Return judgements with the first case of the same input for their case, one of each reviewer.

    Of several by one reviewer the last counts.
    """
    first: dict[Input, int] = {}
    for case, content in inputs.items():
        first.setdefault(content, case)
    merged: dict[tuple[int, int | str], Judgement] = {}
    for each in said:
        case = first[inputs[int(each.case)]]
        merged[case, each.reviewer] = replace(each, case=case)
    return list(merged.values())
