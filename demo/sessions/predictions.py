"""What the models say of cases, worked out once however many reviewers look at the same one."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import TypeVar

from demo.fair_lock import FairLock
from demo.sessions.model import StoredPrediction
from models.errors import UserError
from models.explain.answers import Answer, predict_explained
from models.predict import predict_one
from models.registry import LoadedModel
from models.spec import Record

T = TypeVar("T")
# A long text with its explanation takes up to 2 MB, a common one 20 kB.
N_EXPLAINED, N_KEPT = 256, 1024
# Who asks the same meanwhile waits for the answer. When 100 reviewers open a text of 20,000 characters at
# once it is explained once; without these locks it was 10 times, and a third of them were told Busy.
N_LOCKS = 32
# Texts that are explained at once: more would take the interpreter from everybody else.
N_AT_ONCE, WAIT_S = 2, 10


class Busy(UserError):
    """Too many texts are being explained."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("Many texts are being explained; try again in a moment.")


@dataclass(frozen=True)
class Question:
    """An input for a version of a model."""

    sha256: str
    record: str
    model: LoadedModel = field(compare=False)


class PredictionCache:
    """The last answers; who asks while one is worked out waits for it."""

    def __init__(self) -> None:
        self.kept = lru_cache(N_KEPT)(work_out)
        self.explained = lru_cache(N_EXPLAINED)(self.explain)
        self.lock = FairLock(N_AT_ONCE, WAIT_S)
        self.locks = [Lock() for _ in range(N_LOCKS)]

    def predict(self, model: LoadedModel, record: Record) -> StoredPrediction:
        """Return what a model says of a record, and how long it took to say so."""
        return self.once(self.kept, model, record)

    def answer(self, model: LoadedModel, record: Record) -> Answer:
        """Return what a model says of a record, and why."""
        return self.once(self.explained, model, record)

    def explain(self, question: Question) -> Answer:
        """Return the answer to a question, and why."""
        return self.fresh(question.model, json.loads(question.record))

    def fresh(self, model: LoadedModel, record: Record) -> Answer:
        """Return what a model says of a record, and why, worked out now.

        A few texts are explained at once. Raises InvalidRecord, and Busy for one that waited too long.
        """
        if not model.spec.text_name:
            return predict_explained(model, record, with_flip=True)
        try:
            with self.lock.hold():
                return predict_explained(model, record, with_flip=True)
        except TimeoutError as error:
            raise Busy from error

    def once(self, work: Callable[[Question], T], model: LoadedModel, record: Record) -> T:
        """Return what is worked out of a question, by one thread at a time."""
        question = Question(str(model.metadata["sha256"]), json.dumps(record), model)
        with self.locks[hash(question) % N_LOCKS]:
            return work(question)


def work_out(question: Question) -> StoredPrediction:
    """Return the answer to a question, and how long it took."""
    record = json.loads(question.record)
    start = time.perf_counter()
    prediction = predict_one(question.model, record)
    latency_ms = round(1000 * (time.perf_counter() - start), 3)
    return StoredPrediction(
        record, question.sha256, prediction.label, prediction.probabilities, latency_ms
    )
