"""Review sessions for the tests: held at a real service, in a new database."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from storing import store_of

from demo.report.report import report
from demo.sessions.case_view import Participant
from demo.sessions.model import Plan, Session, Signature, VerdictInput
from demo.sessions.new_session import NewCase
from demo.sessions.service import SessionService
from demo.store.sessions import open_store
from demo.store.tables import verdicts
from models.predict import predict_many
from models.registry import LoadedModel, ModelCatalogue
from models.spec import Prediction, Record

SIGNATURE = Signature("approve", "It was right often enough.", ("Anna Berger",))
PRAISE = {"text": "A wonderful film, though the ending is dull.", "movie": "Alien (1979)"}
WARNING = {"text": "Two hours of boredom and a terrible script.", "movie": ""}
FLOWERS = [
    {"sepal_length": 5.0, "sepal_width": 3.4, "petal_length": 1.5, "petal_width": 0.2},
    {"sepal_length": 5.9, "sepal_width": 2.8, "petal_length": 4.3, "petal_width": 1.3},
    {"sepal_length": 6.1, "sepal_width": 2.8, "petal_length": 4.9, "petal_width": 1.7},
]
LABELS = ("setosa", "versicolor", "virginica")
NAMES = ("Anna", "Björn", "Chidi")
Listed = Sequence[NewCase | tuple[Record, str | None]]
Say = Callable[[Prediction, int, int], VerdictInput]


def agree(prediction: Prediction, case: int, reviewer: int) -> VerdictInput:
    return VerdictInput("agree")


def open_session(
    service: SessionService, model: str, listed: Listed, names: Sequence[str], **plan: Any
) -> tuple[Session, list[Participant]]:
    """Open a session and let reviewers in."""
    asked = {"title": "May it sort our mail?", "model": model} | plan
    session, _ = service.open_session(Plan(**asked), listed)
    return session, [service.join(session.code, name)[0] for name in names]


def judge_all(
    service: SessionService, session: Session, participants: Sequence[Participant], say: Say = agree
) -> None:
    """Let every reviewer judge every case; `say` gets the answer, and the places of case and reviewer."""
    cases = service.store.verdicts.cases(session)
    model = service.catalogue[session.plan.model]
    for place, answer in enumerate(predict_many(model, [case.record for case in cases])):
        for number, participant in enumerate(participants):
            verdict_input = say(answer, place, number)
            if verdict_input.blind_label:
                service.judge(
                    participant,
                    cases[place].id,
                    VerdictInput(blind_label=verdict_input.blind_label),
                )
            if verdict_input.verdict:
                service.judge(participant, cases[place].id, verdict_input)


def judge_at_once(
    service: SessionService, session: Session, participants: Sequence[Participant], say: Say
) -> None:
    """Store the same as `judge_all` in one transaction: thousands of verdicts take a second."""
    cases = service.store.verdicts.cases(session)
    model = service.catalogue[session.plan.model]
    answers = predict_many(model, [case.record for case in cases])
    rows = []
    for place, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        for number, participant in enumerate(participants):
            row = vars(say(answer, place, number)) | {
                "session_id": session.id,
                "case_id": case.id,
                "reviewer_id": participant.reviewer.id,
                "record": dict(case.record),
                "model_sha256": session.model_sha256,
                "predicted": answer.label,
                "probability": answer.probabilities[answer.label],
                "probabilities": dict(answer.probabilities),
                "latency_ms": 1.0,
                "created_at": session.created_at,
                "changed_at": session.created_at,
            }
            rows.append(row)
    store_of(service).database.run_unit(
        lambda connection: connection.execute(insert(verdicts), rows)
    )


@dataclass(frozen=True)
class Elsewhere:
    """Services on the same database, in an app that runs other models."""

    service: SessionService

    def with_models(self, loaded: Mapping[str, LoadedModel]) -> SessionService:
        """Return a service in an app with these models alone."""
        specs = {name: model.spec for name, model in loaded.items()}
        return SessionService(ModelCatalogue(specs, dict(loaded), {}), lambda: self.service.store)

    def with_another_version(self, name: str) -> SessionService:
        """Return a service in an app that runs another version of one model."""
        model = self.service.catalogue[name]
        other = replace(model, metadata=model.metadata | {"sha256": "ab" * 32})
        return self.with_models(self.service.catalogue.loaded | {name: other})


@pytest.fixture
def service(
    catalogue: ModelCatalogue, sqlite_template: Path, tmp_path: Path
) -> Iterator[SessionService]:
    path = tmp_path / "reviews.db"
    shutil.copy(sqlite_template, path)
    service = SessionService(catalogue, lambda: open_store(f"sqlite:///{path}", "wal"))
    yield service
    service.leave()


def first_disagrees(prediction: Prediction, case: int, reviewer: int) -> VerdictInput:
    """The first reviewer disagrees about the first case, all else agree."""
    if case or reviewer:
        return VerdictInput("agree", comment="Just so.")
    other = next(label for label in prediction.probabilities if label != prediction.label)
    return VerdictInput("disagree", other, comment="The ending decides.")


def blind(prediction: Prediction, case: int, reviewer: int) -> VerdictInput:
    said = first_disagrees(prediction, case, reviewer)
    return VerdictInput(said.verdict, said.label, prediction.label, said.comment)


@pytest.fixture
def film_session(service: SessionService) -> Session:
    """A session on two film reviews; the first is disputed, and its true label is known."""
    listed = [(PRAISE, "positive"), (WARNING, None)]
    session, participants = open_session(service, "reviews", listed, NAMES)
    judge_all(service, session, participants, first_disagrees)
    return service.close(session, SIGNATURE)


@pytest.fixture
def flower_session(service: SessionService) -> Session:
    """A blind session on three flowers, the first of them disputed."""
    listed = [(flower, label) for flower, label in zip(FLOWERS, LABELS, strict=True)]
    session, participants = open_session(
        service, "iris", listed, NAMES, blind=True, order="shuffled"
    )
    judge_all(service, session, participants, blind)
    return service.close(session, SIGNATURE)


def document_of(service: SessionService, session: Session) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(report(service, session, "json"))
    return content


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def text_of(page: str) -> str:
    """Return what a page says, without its marks."""
    body = re.sub(r"</(th|td|dt|dd|p)>", " ", page.split("<body>")[1])
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body)))
