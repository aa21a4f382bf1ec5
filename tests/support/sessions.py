"""Review sessions for the tests: held at a real desk, in a new database."""

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
from demo.sessions.model import Draft, Plan, Review, Signature
from demo.sessions.service import ReviewDesk, Seat
from demo.store.sessions import open_store
from demo.store.tables import verdicts
from models.predict import predict_many
from models.registry import LoadedModel, Shelf
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
Listed = Sequence[tuple[Record, str | None]]
Say = Callable[[Prediction, int, int], Draft]


def agree(prediction: Prediction, case: int, reviewer: int) -> Draft:
    return Draft("agree")


def open_session(
    desk: ReviewDesk, model: str, listed: Listed, names: Sequence[str], **plan: Any
) -> tuple[Review, list[Seat]]:
    """Open a session and let reviewers in."""
    asked = {"title": "May it sort our mail?", "model": model} | plan
    review, _ = desk.open_review(Plan(**asked), listed)
    return review, [desk.join(review.code, name)[0] for name in names]


def judge_all(desk: ReviewDesk, review: Review, seats: Sequence[Seat], say: Say = agree) -> None:
    """Let every reviewer judge every case; `say` gets the answer, and the places of case and reviewer."""
    cases = desk.store.cases(review)
    model = desk.shelf[review.plan.model]
    for place, answer in enumerate(predict_many(model, [case.record for case in cases])):
        for number, seat in enumerate(seats):
            draft = say(answer, place, number)
            if draft.blind_label:
                desk.judge(seat, cases[place].id, Draft(blind_label=draft.blind_label))
            if draft.verdict:
                desk.judge(seat, cases[place].id, draft)


def judge_at_once(desk: ReviewDesk, review: Review, seats: Sequence[Seat], say: Say) -> None:
    """Store the same as `judge_all` in one transaction: thousands of verdicts take a second."""
    cases = desk.store.cases(review)
    model = desk.shelf[review.plan.model]
    answers = predict_many(model, [case.record for case in cases])
    rows = []
    for place, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        for number, seat in enumerate(seats):
            row = vars(say(answer, place, number)) | {
                "review_id": review.id,
                "case_id": case.id,
                "reviewer_id": seat.reviewer.id,
                "record": dict(case.record),
                "model_sha256": review.model_sha256,
                "predicted": answer.label,
                "probability": answer.probabilities[answer.label],
                "probabilities": dict(answer.probabilities),
                "latency_ms": 1.0,
                "created_at": review.created_at,
                "changed_at": review.created_at,
            }
            rows.append(row)
    store_of(desk).database.write(lambda connection: connection.execute(insert(verdicts), rows))


@dataclass(frozen=True)
class Elsewhere:
    """Desks on the same database, in an app that runs other models."""

    desk: ReviewDesk

    def with_models(self, loaded: Mapping[str, LoadedModel]) -> ReviewDesk:
        """Return a desk in an app with these models alone."""
        specs = {name: model.spec for name, model in loaded.items()}
        return ReviewDesk(Shelf(specs, dict(loaded), {}), lambda: self.desk.store)

    def with_another_version(self, name: str) -> ReviewDesk:
        """Return a desk in an app that runs another version of one model."""
        model = self.desk.shelf[name]
        other = replace(model, metadata=model.metadata | {"sha256": "ab" * 32})
        return self.with_models(self.desk.shelf.loaded | {name: other})


@pytest.fixture
def desk(shelf: Shelf, sqlite_template: Path, tmp_path: Path) -> Iterator[ReviewDesk]:
    path = tmp_path / "reviews.db"
    shutil.copy(sqlite_template, path)
    desk = ReviewDesk(shelf, lambda: open_store(f"sqlite:///{path}", "wal"))
    yield desk
    desk.leave()


def first_disagrees(prediction: Prediction, case: int, reviewer: int) -> Draft:
    """The first reviewer disagrees about the first case, all else agree."""
    if case or reviewer:
        return Draft("agree", comment="Just so.")
    other = next(label for label in prediction.probabilities if label != prediction.label)
    return Draft("disagree", other, comment="The ending decides.")


def blind(prediction: Prediction, case: int, reviewer: int) -> Draft:
    said = first_disagrees(prediction, case, reviewer)
    return Draft(said.verdict, said.label, prediction.label, said.comment)


@pytest.fixture
def film_session(desk: ReviewDesk) -> Review:
    """A session on two film reviews; the first is disputed, and its true label is known."""
    listed = [(PRAISE, "positive"), (WARNING, None)]
    review, seats = open_session(desk, "reviews", listed, NAMES)
    judge_all(desk, review, seats, first_disagrees)
    return desk.close(review, SIGNATURE)


@pytest.fixture
def flower_session(desk: ReviewDesk) -> Review:
    """A blind session on three flowers, the first of them disputed."""
    listed = [(flower, label) for flower, label in zip(FLOWERS, LABELS, strict=True)]
    review, seats = open_session(desk, "iris", listed, NAMES, blind=True, order="shuffled")
    judge_all(desk, review, seats, blind)
    return desk.close(review, SIGNATURE)


def document_of(desk: ReviewDesk, review: Review) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(report(desk, review, "json"))
    return content


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def text_of(page: str) -> str:
    """Return what a page says, without its marks."""
    body = re.sub(r"</(th|td|dt|dd|p)>", " ", page.split("<body>")[1])
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body)))
