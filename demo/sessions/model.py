"""Review sessions: their parts, and the checks on what people ask for. No database here."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Literal, get_args

from demo.sessions.errors import InvalidSession
from demo.sessions.text import LONGEST_NAME, check_choice, clean_line, clean_text
from models.errors import shown
from models.spec import Record

Order = Literal["shared", "shuffled"]
Judgement = Literal["agree", "disagree", "cannot_tell"]
Decision = Literal["approve", "approve_with_conditions", "reject"]
ORDERS: tuple[str, ...] = get_args(Order)
JUDGEMENTS: tuple[str, ...] = get_args(Judgement)
DECISIONS: tuple[str, ...] = get_args(Decision)
CANNOT_TELL = "cannot_tell"
# As a label: no class of the model fits.
NONE_OF_THESE = "none_of_these"

MOST_CASES = 5_000
MOST_VERDICTS = 1_000
MOST_SIGNERS = 50


@dataclass(frozen=True)
class Plan:
    """What a facilitator asks for.

    `question` is the decision to be taken, `verdicts_per_case` how many verdicts a case needs (None: one
    of every reviewer), `anonymous` whether a reviewer may leave the name out. In a `blind` session a
    reviewer gives a label before the model's answer is shown.
    """

    title: str
    model: str
    purpose: str = ""
    question: str = ""
    blind: bool = False
    order: str = "shared"
    verdicts_per_case: int | None = None
    open_floor: bool = True
    anonymous: bool = False


@dataclass(frozen=True)
class Signature:
    """How a session ended: what was decided, why, and who signed."""

    decision: str
    reasons: str
    signed_by: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    """A review session as it is stored; `standing` is the open feedback on a model, never closed.

    Times are UTC in ISO 8601.
    """

    id: int
    code: str
    plan: Plan
    model_sha256: str
    facilitator_hash: str
    standing: bool
    created_at: str
    closed_at: str | None = None
    signature: Signature | None = None

    def describe(self) -> dict[str, Any]:
        """Return what the viewers of its board may know, for JSON."""
        return {
            "code": self.code,
            **asdict(self.plan),
            "model_sha256": self.model_sha256,
            "standing": self.standing,
            "created_at": self.created_at,
            "closed_at": self.closed_at,
            "signature": asdict(self.signature) if self.signature else None,
        }


@dataclass(frozen=True)
class Reviewer:
    """Somebody who judges; `name` is unique within a session."""

    id: int
    name: str
    joined_at: str


@dataclass(frozen=True)
class Case:
    """One input to be judged; `added_by` is the reviewer who tried it on the open floor.

    `context` is what its file says beside the input, by column: people see it, the model does not.
    """

    id: int
    position: int
    record: Record
    true_label: str | None = None
    added_by: int | None = None
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VerdictInput:
    """What a reviewer says of a case: all of it, or in a blind session the first label alone."""

    verdict: str | None = None
    label: str | None = None
    blind_label: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class StoredPrediction:
    """What the model said of a case when it was judged, and how long it took."""

    record: Record
    model_sha256: str
    predicted: str
    probabilities: Mapping[str, float]
    latency_ms: float


@dataclass(frozen=True)
class Verdict:
    """A stored verdict: what was said, the answer that it is about, who gave it and when."""

    case_id: int
    reviewer_id: int
    verdict_input: VerdictInput
    answered: StoredPrediction
    created_at: str
    changed_at: str
    id: int = field(default=0, compare=False)

    def describe(self) -> dict[str, Any]:
        """Return the stored row for JSON."""
        return {
            "case": self.case_id,
            "reviewer": self.reviewer_id,
            **vars(self.verdict_input),
            **vars(self.answered),
            "created_at": self.created_at,
            "changed_at": self.changed_at,
        }


def now() -> str:
    """Return the time as it is stored."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def check_plan(asked: Mapping[str, Any]) -> Plan:
    """Return the plan that the fields of a request stand for; raise InvalidSession for a bad one."""
    known = {item.name for item in fields(Plan)}
    if unknown := next((name for name in asked if name not in known), None):
        raise InvalidSession(
            f"There is no field {shown(unknown)}; a session takes {', '.join(sorted(known))}.",
            "title",
        )
    title = clean_line(asked.get("title", ""), "title")
    if not title:
        raise InvalidSession(
            "The session has no title; give it one that reviewers recognise.", "title"
        )
    if not isinstance(asked.get("model"), str):
        raise InvalidSession(
            f"model must be the name of a model, but {shown(asked.get('model'))} came.", "model"
        )
    for name in ("blind", "open_floor", "anonymous"):
        if not isinstance(asked.get(name, False), bool):
            raise InvalidSession(
                f"{name} must be true or false, but {shown(asked[name])} came.", name
            )
    check_choice(asked.get("order", "shared"), ORDERS, "order")
    check_count(asked.get("verdicts_per_case"))
    texts = {
        name: clean_text("" if asked.get(name) is None else asked[name], name)
        for name in ("purpose", "question")
    }
    return Plan(**dict(asked) | texts | {"title": title})


def check_count(value: object) -> None:
    """Raise InvalidSession unless the value says how many verdicts a case needs."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_VERDICTS:
        raise InvalidSession(
            f"verdicts_per_case is {shown(value)}; give a whole number from 1 to {MOST_VERDICTS:,}, "
            "or leave it out to ask every reviewer.",
            "verdicts_per_case",
        )


def check_signature(decision: object, reasons: object, signed_by: object) -> Signature:
    """Return the signature under a session; raise InvalidSession if a part is missing."""
    check_choice(decision, DECISIONS, "decision")
    if not isinstance(signed_by, Sequence) or isinstance(signed_by, str):
        raise InvalidSession(
            f"signed_by must be a list of names, but {shown(signed_by)} came.", "signed_by"
        )
    why = clean_text(reasons, "reasons")
    if not why:
        raise InvalidSession("The decision has no reasons; say in a sentence why.", "reasons")
    names = [clean_line(name, "signed_by", LONGEST_NAME) for name in signed_by]
    people = {name.casefold(): name for name in reversed(names) if name}
    if not people:
        raise InvalidSession("Nobody has signed; give the names of those who decided.", "signed_by")
    if len(people) > MOST_SIGNERS:
        raise InvalidSession(
            f"{len(people)} names came; a decision is signed by at most {MOST_SIGNERS} people.",
            "signed_by",
        )
    return Signature(str(decision), why, tuple(reversed(people.values())))


def order_for(session: Session, reviewer: Reviewer, case_ids: Sequence[int]) -> list[int]:
    """Return the cases in the order in which a reviewer gets them, the same every time."""
    ordered = list(case_ids)
    if session.plan.order == "shuffled":
        # Sorted by a hash of each case, so that an added case does not reorder the others.
        whose = f"{session.code}/{reviewer.id}"
        ordered.sort(key=lambda case: blake2b(f"{whose}/{case}".encode()).digest())
    return ordered
