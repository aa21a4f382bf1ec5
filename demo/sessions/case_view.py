"""What a reviewer sees of a session: the current case, and how many are done."""

from dataclasses import dataclass
from typing import Any

from demo.sessions.model import Case, Reviewer, Session, Verdict
from models.explain.answers import Answer
from models.registry import LoadedModel


@dataclass(frozen=True)
class Participant:
    """A reviewer in a session, with the model that it is about."""

    session: Session
    reviewer: Reviewer
    model: LoadedModel


@dataclass(frozen=True)
class CaseView:
    """A case as a reviewer sees it: `answer` is None while a blind session waits for a first label.

    `done` of the `total` cases of this reviewer are judged; `number` counts from 1.
    """

    case: Case
    verdict: Verdict | None
    answer: Answer | None
    number: int
    done: int
    total: int

    def describe(self) -> dict[str, Any]:
        """Return the case and the reviewer's progress for JSON, without what may not be seen yet."""
        case: dict[str, Any] = {"id": self.case.id, "record": self.case.record}
        if self.case.context:
            case["context"] = self.case.context
        if self.answer:
            case |= self.answer.describe()
        if self.verdict:
            case["verdict"] = vars(self.verdict.verdict_input)
        return {"case": case, "done": self.done, "total": self.total}


@dataclass(frozen=True)
class Progress:
    """How far a reviewer is."""

    done: int
    total: int
