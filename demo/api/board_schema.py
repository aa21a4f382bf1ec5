"""What /docs says of a session's board, its end and its report."""

from typing import Any

from demo.api.description import (
    CODE,
    MAYBE,
    OBJECT,
    READING,
    WHOLE,
    WRITING,
    documented,
    parameter,
)
from demo.api.prediction_schema import TEXT, Schema, body, json_content, object_of
from demo.sessions.model import DECISIONS, MOST_SIGNERS
from demo.sessions.text import LONGEST_TEXT

YES_NO: Schema = {"type": "boolean"}
OBJECTS: Schema = {"type": "array", "items": OBJECT}
FORMAT = parameter(
    *("format", "query", "What to write it as."),
    TEXT | {"enum": ["html", "json", "csv"], "default": "html"},
)


def session() -> dict[str, Schema]:
    """Return the schemas of what is known of a session."""
    plan = dict.fromkeys(("title", "model", "purpose", "question", "order"), TEXT)
    options = dict.fromkeys(("blind", "open_floor", "anonymous", "standing"), YES_NO)
    signature: Schema = {"type": ["object", "null"]}
    stored = {"code": TEXT, "model_sha256": TEXT, "created_at": TEXT, "closed_at": MAYBE}
    count: Schema = {"type": ["integer", "null"]}
    return plan | options | stored | {"verdicts_per_case": count, "signature": signature}


def board() -> dict[str, Any]:
    """Describe `GET /api/sessions/{code}`."""
    figures = (
        "Shares have `right`, `total` and a 95 % Wilson interval from `low` to `high`; `confusion` has what "
        "people hold to be right in rows and the model's label in columns."
    )
    answer = object_of(
        **session(),
        n_cases=WHOLE,
        n_verdicts=WHOLE,
        reviewers=OBJECTS,
        figures=OBJECT | {"description": figures},
        disputed=OBJECTS | {"description": "The inputs of the most disputed cases."},
        comments=OBJECTS,
    )
    return documented(
        "The board",
        "The session, how far its reviewers are, and what they said.",
        json_content(answer),
        READING,
        parameters=(CODE,),
        bearer="facilitator",
    )


def close() -> dict[str, Any]:
    """Describe `POST /api/sessions/{code}/close`."""
    names: Schema = {"type": "array", "minItems": 1, "maxItems": MOST_SIGNERS, "items": TEXT}
    request = object_of(
        decision=TEXT | {"enum": list(DECISIONS)},
        reasons=TEXT | {"maxLength": LONGEST_TEXT},
        signed_by=names,
    )
    example = {
        "decision": "approve_with_conditions",
        "reasons": "Right where it is sure. What it is unsure of goes to a person.",
        "signed_by": ["Anna", "Ben"],
    }
    return documented(
        "Close a session",
        "Takes no verdict from then on, and cannot be undone.",
        json_content(object_of(**session())),
        (*WRITING, 409),
        parameters=(CODE,),
        request=body(request, {"Approve with conditions": example}),
        bearer="facilitator",
    )


def report() -> dict[str, Any]:
    """Describe `GET /api/sessions/{code}/report`."""
    content: Schema = {
        media_type: {"schema": {"type": kind}}
        for media_type, kind in (
            ("text/html", "string"),
            ("application/json", "object"),
            ("text/csv", "string"),
        )
    }
    return documented(
        "The report",
        "The report of a closed session, which never changes: a page that opens anywhere, or every verdict "
        "as JSON or CSV. A reviewer's token will do as well.",
        content,
        (*READING, 409, 422, 507),
        parameters=(CODE, FORMAT),
        bearer="facilitator",
    )
