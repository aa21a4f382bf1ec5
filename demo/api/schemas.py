"""What the routes of review sessions take and answer."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, WithJsonSchema

from demo.api.prediction_schema import EXPLANATION, PREDICTION
from demo.sessions.errors import InvalidSession, InvalidVerdict
from demo.sessions.model import (
    CANNOT_TELL,
    MOST_CASES,
    MOST_SIGNERS,
    MOST_VERDICTS,
    NONE_OF_THESE,
    Decision,
    Judgement,
    Order,
    Signature,
    VerdictInput,
)
from demo.sessions.text import LONGEST_NAME, LONGEST_TEXT
from models.errors import InvalidRecord, UserError

Object = dict[str, Any]
Prediction = Annotated[Object, WithJsonSchema(PREDICTION)]
Explanation = Annotated[Object, WithJsonSchema(EXPLANATION)]
LongText = Annotated[str, Field(max_length=LONGEST_TEXT)]
VerdictCount = Annotated[int, Field(ge=1, le=MOST_VERDICTS)]


class RequestBody(BaseModel):
    """A body; what its fields may hold is checked by the sessions, by the same rules for page and REST."""

    model_config = ConfigDict(extra="forbid")
    # What a missing or an unknown field is.
    error: ClassVar[type[UserError]] = InvalidSession

    @property
    def sent(self) -> Object:
        """The fields that came along."""
        return {name: value for name, value in self if name in self.model_fields_set}


class PlanRequest(RequestBody):
    """What a session is opened with."""

    title: SkipValidation[str]
    model: SkipValidation[str]
    purpose: SkipValidation[str | None] = None
    question: SkipValidation[str | None] = Field(None, description="The decision to be taken.")
    blind: SkipValidation[bool] = Field(
        False, description="Reviewers give a label before they see the answer."
    )
    order: SkipValidation[Order] = "shared"
    verdicts_per_case: SkipValidation[VerdictCount | None] = Field(
        None, description="How many verdicts a case needs; left out, one of every reviewer."
    )
    open_floor: SkipValidation[bool] = Field(
        True, description="Reviewers may try inputs of their own."
    )
    anonymous: SkipValidation[bool] = Field(False, description="Reviewers need not give a name.")
    cases: SkipValidation[Annotated[list[Object], Field(max_length=MOST_CASES)] | None] = Field(
        None, description=f"Up to {MOST_CASES:,} records of the model; the body may have 20 MB."
    )


class JoinRequest(RequestBody):
    """Who joins a session."""

    name: SkipValidation[Annotated[str, Field(max_length=LONGEST_NAME)]] = ""


class CaseRequest(RequestBody):
    """An input of a reviewer's own."""

    error = InvalidRecord
    record: SkipValidation[Object]


class VerdictRequest(RequestBody):
    """What a reviewer says of a case."""

    error = InvalidVerdict
    verdict: SkipValidation[Judgement | None] = None
    label: SkipValidation[str | None] = Field(
        None,
        description=f"The right one, or {NONE_OF_THESE}; of two classes the other, if left out.",
    )
    blind_label: SkipValidation[str | None] = Field(
        None, description=f"A class, {NONE_OF_THESE} or {CANNOT_TELL}; it stays as it is."
    )
    comment: SkipValidation[LongText | None] = None


class CloseRequest(RequestBody):
    """The decision under a session."""

    decision: SkipValidation[Decision]
    reasons: SkipValidation[LongText]
    signed_by: SkipValidation[Annotated[list[str], Field(min_length=1, max_length=MOST_SIGNERS)]]


class SessionLinks(BaseModel):
    """Where reviewers and the facilitator go."""

    code: str
    reviewer_url: str
    facilitator_url: str
    facilitator_token: str


class ReviewerAnswer(BaseModel):
    """Who a reviewer is."""

    id: int
    name: str


class JoinAnswer(BaseModel):
    """A reviewer, and what leads back to their place."""

    reviewer: ReviewerAnswer
    reviewer_token: str
    reviewer_url: str


class CaseAnswer(BaseModel):
    """A case; prediction and explanation are there only once a first label is in, if the session is blind."""

    id: int
    record: Object
    context: Object | None = Field(
        None, description="What its file says beside the input, by column, if anything."
    )
    prediction: Prediction | None = None
    explanation: Explanation | None = None
    verdict: VerdictInput | None = Field(
        None, description="What the reviewer has said of it, if anything."
    )


class CaseViewAnswer(BaseModel):
    """A case as its reviewer sees it, and their progress."""

    case: CaseAnswer | None = Field(description="None when every case is judged.")
    done: int
    total: int


class VerdictAnswer(BaseModel):
    """A stored verdict; after a first label alone, with the answer that it reveals."""

    case: int
    reviewer: int
    verdict: str | None
    label: str | None
    blind_label: str | None
    comment: str
    model_sha256: str
    record: Object
    predicted: str
    probabilities: Object
    latency_ms: float
    created_at: str
    changed_at: str
    prediction: Prediction | None = None
    explanation: Explanation | None = None


class SessionAnswer(BaseModel):
    """What is known of a session."""

    code: str
    title: str
    model: str
    purpose: str
    question: str
    blind: bool
    order: str
    verdicts_per_case: int | None
    open_floor: bool
    anonymous: bool
    model_sha256: str
    standing: bool
    created_at: str
    closed_at: str | None
    signature: Signature | None


class StateAnswer(BaseModel):
    """Whether a session takes verdicts."""

    closed_at: str | None


class BoardAnswer(SessionAnswer):
    """A session, how far its reviewers are, and what they said."""

    n_cases: int
    n_verdicts: int
    reviewers: list[Object]
    figures: Object = Field(
        description="Shares have `right`, `total` and a 95 % Wilson interval from `low` to `high`; "
        "`confusion` has what people hold to be right in rows and the model's label in columns."
    )
    disputed: list[Object] = Field(description="The inputs of the most disputed cases.")
    comments: list[Object]
