"""Rows of the store's tables, and what they stand for."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from demo.reviews import (
    Answered,
    Case,
    Draft,
    Plan,
    Review,
    Reviewer,
    Signature,
    Verdict,
    now,
)
from models.spec import Record

Columns = Row[*tuple[Any, ...]]


def record_hash(record: Record) -> str:
    """Return what tells two inputs apart."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def to_review(row: Columns) -> Review:
    """Return the session of a row."""
    signature = dict(row.signature) if row.signature else None
    if signature:
        signature["signed_by"] = tuple(signature["signed_by"])
    return Review(
        row.id,
        row.code,
        Plan(**row.plan),
        row.model_sha256,
        row.facilitator_hash,
        row.standing,
        row.created_at,
        row.closed_at,
        Signature(**signature) if signature else None,
    )


def to_reviewer(row: Columns) -> Reviewer:
    """Return the reviewer of a row."""
    return Reviewer(row.id, row.name, row.joined_at)


def to_case(row: Columns) -> Case:
    """Return the case of a row."""
    return Case(row.id, row.position, row.record, row.true_label, row.added_by)


def to_draft(row: Columns) -> Draft:
    """Return what the reviewer said in a row of verdicts."""
    return Draft(row.verdict, row.label, row.blind_label, row.comment)


def to_verdict(row: Columns) -> Verdict:
    """Return the verdict of a row."""
    answered = Answered(
        row.record, row.model_sha256, row.predicted, row.probabilities, row.latency_ms
    )
    return Verdict(
        row.case_id,
        row.reviewer_id,
        to_draft(row),
        answered,
        row.created_at,
        row.changed_at,
        row.id,
    )


def case_row(position: int, record: Record, true_label: str | None) -> dict[str, Any]:
    """Return the row of a case, for the session that it is given."""
    return {
        "position": position,
        "record": dict(record),
        "record_hash": record_hash(record),
        "true_label": true_label,
        "added_by": None,
        "created_at": now(),
    }


def verdict_row(draft: Draft, answered: Answered) -> dict[str, Any]:
    """Return what a row of verdicts says, for the reviewer and the case that it is given."""
    probability = answered.probabilities[answered.predicted]
    said = asdict(draft) | {"changed_at": now()}
    return said | vars(answered) | {"probability": probability}


def is_same(draft: Draft, answered: Answered, row: Columns) -> bool:
    """Tell whether a row of verdicts says this already, and of the same model."""
    return draft == to_draft(row) and answered.model_sha256 == row.model_sha256
