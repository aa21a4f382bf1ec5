"""The rows of a session as plain data: each case with every verdict on it."""

from collections.abc import Iterable, Sequence
from typing import Any

from demo.desk import ReviewDesk
from demo.reviews import Case, Review, Reviewer, Verdict

Entry = dict[str, Any]


def case_entries(
    cases: Iterable[Case], verdicts: Iterable[Verdict], reviewers: Iterable[Reviewer]
) -> list[Entry]:
    """Return the cases in their order; `number` counts from 1.

    `predicted` is None for a case of which nobody said anything: nothing was answered then.
    """
    names = {reviewer.id: reviewer.name for reviewer in reviewers}
    by_case: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        by_case.setdefault(verdict.case_id, []).append(verdict)
    return [case_entry(case, by_case.get(case.id, ()), names) for case in cases]


def case_entry(case: Case, verdicts: Sequence[Verdict], names: dict[int, str]) -> Entry:
    """Return a case with the answer of the model and the verdicts on it."""
    answered = verdicts[0].answered if verdicts else None
    return {
        "case": case.id,
        "number": case.position + 1,
        "record": dict(case.record),
        "true_label": case.true_label,
        "added_by": names.get(case.added_by) if case.added_by is not None else None,
        "predicted": answered.predicted if answered else None,
        "probabilities": dict(answered.probabilities) if answered else {},
        "verdicts": [verdict_entry(verdict, names) for verdict in verdicts],
    }


def verdict_entry(verdict: Verdict, names: dict[int, str]) -> Entry:
    """Return a verdict, with the answer that it is about."""
    answered = verdict.answered
    return {
        "reviewer": names[verdict.reviewer_id],
        "verdict": verdict.draft.verdict,
        "label": verdict.draft.label,
        "first_label": verdict.draft.blind_label,
        "comment": verdict.draft.comment,
        "predicted": answered.predicted,
        "probabilities": dict(answered.probabilities),
        "model_sha256": answered.model_sha256,
        "latency_ms": answered.latency_ms,
        "created_at": verdict.created_at,
        "changed_at": verdict.changed_at,
    }


def classes_of(desk: ReviewDesk, review: Review, entries: Iterable[Entry]) -> list[str]:
    """Return the classes that were answered, in the order of the model; those of its spec if none were."""
    answered = dict.fromkeys(
        label
        for entry in entries
        for verdict in entry["verdicts"]
        for label in verdict["probabilities"]
    )
    spec = desk.shelf.specs.get(review.plan.model)
    return list(answered) or list(spec.classes if spec else ())
