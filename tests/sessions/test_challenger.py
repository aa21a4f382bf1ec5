"""Challengers trained beside the app: one at a time, watched, cancelled, and found again."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.challenger import ChallengerTrainer, Training, TrainingBusy

# As models.train is called, and what it tells and leaves behind.
TRAIN = """
import json, pathlib, sys, time
model, _, corrections, _, folder = sys.argv[1:]
assert pathlib.Path(corrections).read_text() == "text,label\\n"
print(f"{model}: fit 2 of 3, the challenger on everything…", file=sys.stderr, flush=True)
if model == "endless":
    time.sleep(600)
if model == "refused":
    print("The data are not there.", file=sys.stderr)
    sys.exit(2)
target = pathlib.Path(folder, model, "challenger")
target.mkdir(parents=True)
(target / "challenger.json").write_text(json.dumps({"table": [], "notes": []}))
"""
Make = Callable[[], ChallengerTrainer]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[ChallengerTrainer] = []

    def make() -> ChallengerTrainer:
        made.append(ChallengerTrainer(lambda: tmp_path, (sys.executable, "-c", TRAIN)))
        return made[-1]

    yield make
    for trainer in made:
        trainer.leave()


def wait(trainer: ChallengerTrainer, key: str, found: Callable[[Training], bool]) -> Training:
    for _ in range(600):
        training = trainer.look(key)
        if training and found(training):
            return training
        time.sleep(0.05)
    raise AssertionError(trainer.look(key))


def has_ended(training: Training) -> bool:
    return training.state != "running"


def test_a_training_is_watched_to_its_end_and_found_again_by_another_start(
    make: Make, tmp_path: Path
) -> None:
    trainer = make()
    trainer.start("abcd", "iris", "text,label\n")
    ended = wait(trainer, "abcd", has_ended)

    assert ended.state == "done"
    assert ended.outcome == {"table": [], "notes": []}
    assert ended.folder == tmp_path / "abcd"
    assert make().look("abcd") == ended
    assert trainer.look("another") is None


def test_one_is_trained_at_a_time_and_can_be_cancelled(make: Make) -> None:
    trainer = make()
    trainer.start("abcd", "endless", "text,label\n")
    seen = wait(trainer, "abcd", lambda training: bool(training.phase))

    assert (seen.state, seen.phase) == ("running", "Step 2 of 3: the challenger on everything")
    with pytest.raises(TrainingBusy, match="wait for its end"):
        trainer.start("efgh", "iris", "text,label\n")
    trainer.cancel("efgh")
    assert trainer.is_busy()

    process = trainer.process
    trainer.cancel("abcd")
    cancelled = trainer.look("abcd")

    assert cancelled is not None
    assert cancelled.state == "cancelled"
    assert process is not None
    assert process.poll() is not None
    trainer.start("efgh", "iris", "text,label\n")
    assert wait(trainer, "efgh", has_ended).state == "done"


def test_a_training_that_fails_says_why_and_one_that_was_cut_off_has_no_result(make: Make) -> None:
    trainer = make()
    trainer.start("abcd", "refused", "text,label\n")
    failed = wait(trainer, "abcd", has_ended)
    trainer.start("efgh", "endless", "text,label\n")
    trainer.leave()
    cut_off = make().look("efgh")

    assert (failed.state, failed.phase) == ("failed", "The data are not there.")
    assert cut_off is not None
    assert (cut_off.state, cut_off.outcome) == ("failed", None)
