"""Why the model said what it said of a case, kept so that the report needs no model later."""

from typing import Any

from demo.sessions.model import Session
from demo.sessions.service import SessionService
from models.errors import InvalidRecord, UserError
from models.explain.answers import predict_explained
from models.explain.explanation import Explanation
from models.explain.highlights import highlights
from models.registry import LoadedModel
from models.spec import Record

N_KEPT = 10
# Below this part of the strongest word a colour would only be noise.
FAINTEST = 0.06


def running_version(service: SessionService, session: Session) -> LoadedModel | None:
    """Return the model of a session if the app runs the version that was judged."""
    model = service.catalogue.loaded.get(session.plan.model)
    return model if model and model.metadata["sha256"] == session.model_sha256 else None


def why_unexplained(service: SessionService, session: Session) -> str:
    if running_version(service, session):
        return ""
    try:
        other = f"this app ran {service.catalogue[session.plan.model].version}"
    except UserError:
        other = "this app did not run this model"
    return (
        f"The session judged version {session.model_sha256[:12]} of the model, but when the report was "
        f"made, {other}. Another version's reasons would not be those of these answers, so none are shown."
    )


def explain_case(model: LoadedModel, record: Record) -> dict[str, Any] | None:
    """Return what is kept of an explanation, None if the model no longer accepts the record.

    `marks` are [start, end, value] of the words of a text that count, `unknown` [start, end] of those
    that the model has never met; `contributions` are the strongest, in log-odds.
    """
    try:
        answer = predict_explained(model, record)
    except InvalidRecord:
        return None
    explanation = answer.explanation
    kept = explanation.describe()
    del kept["flip"], kept["familiarity"]
    kept["notices"] = list(answer.notices)
    kept["contributions"] = [
        {"feature": item.feature, "value": item.value}
        for item in explanation.contributions[:N_KEPT]
    ]
    if model.spec.text_name:
        kept |= text_marks(str(record[model.spec.text_name]), explanation)
    return kept


def text_marks(text: str, explanation: Explanation) -> dict[str, Any]:
    """Return which words of a text count for or against the answer, and which are unknown."""
    pieces = highlights(text, explanation)
    values = [abs(piece.value) for piece in pieces if piece.value is not None]
    least = FAINTEST * max(values, default=0.0)
    return {
        "marks": [
            [piece.start, piece.end, round(piece.value, 4)]
            for piece in pieces
            if piece.value and abs(piece.value) >= least
        ],
        "unknown": [[piece.start, piece.end] for piece in pieces if piece.unknown],
    }
