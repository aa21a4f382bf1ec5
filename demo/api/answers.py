"""Reviewers, cases and verdicts as the REST routes answer with them."""

from dataclasses import asdict
from typing import Any

from demo.sessions.case_view import CaseView, Progress
from demo.sessions.model import Reviewer, Verdict

Answer = dict[str, Any]


def describe_reviewer(reviewer: Reviewer) -> Answer:
    """Return who a reviewer is."""
    return {"id": reviewer.id, "name": reviewer.name}


def describe_view(case_view: CaseView | None, progress: Progress | CaseView) -> Answer:
    """Return a case as its reviewer may see it, or None for none left, with the reviewer's progress."""
    return {
        "case": describe_case(case_view) if case_view else None,
        "done": progress.done,
        "total": progress.total,
    }


def describe_case(case_view: CaseView) -> Answer:
    """Return a case; `prediction`, `explanation` and `verdict` are there only once they may be seen."""
    case: Answer = {"id": case_view.case.id, "record": case_view.case.record}
    if case_view.answer:
        case |= case_view.answer.describe()
    if case_view.verdict:
        case["verdict"] = asdict(case_view.verdict.verdict_input)
    return case


def describe_verdict(verdict: Verdict) -> Answer:
    """Return a stored row."""
    answered = verdict.answered
    return {
        "case": verdict.case_id,
        "reviewer": verdict.reviewer_id,
        **asdict(verdict.verdict_input),
        "model_sha256": answered.model_sha256,
        "record": answered.record,
        "predicted": answered.predicted,
        "probabilities": answered.probabilities,
        "latency_ms": answered.latency_ms,
        "created_at": verdict.created_at,
        "changed_at": verdict.changed_at,
    }
