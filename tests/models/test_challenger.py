from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from small_model import (
    SLANG_CASES,
    SMALL,
    THINGS,
    corrections_of,
    fit,
    public_samples,
    standing,
)

from models.registry import LoadedModel
from models.training.challenger import challenge, fit_whole, run_jobs
from models.training.corrected_recipe import N_LARGE


@pytest.fixture(scope="module")
def committed() -> LoadedModel:
    return standing(fit(public_samples()))


def test_a_challenger_learns_words_that_only_the_corrections_hold(committed: LoadedModel) -> None:
    before = committed.pipeline.predict_proba(["pure banger vibes"])[0]

    trial = challenge(committed, SMALL, SLANG_CASES, 5)

    after = trial.fitted.pipeline.predict_proba(["pure banger vibes"])[0]
    assert before[1] == pytest.approx(0.5, abs=0.05)
    assert after[1] > 0.9


def test_the_first_fold_is_answered_by_two_that_did_not_see_it(committed: LoadedModel) -> None:
    trial = challenge(committed, SMALL, SLANG_CASES, 1)

    held_out = trial.held_out
    assert held_out.samples.X.tolist() == public_samples().X[:8].tolist()
    expected = fit(public_samples().take(np.arange(8, 40))).predict(public_samples().X[:8])
    assert held_out.champion.tolist() == expected.tolist()
    assert held_out.once.tolist() == list(range(8))


def test_without_a_test_file_every_fold_is_answered(committed: LoadedModel) -> None:
    places = np.arange(40)
    halves = [(places[20:], places[:20]), (places[:20], places[20:])] * 3
    training = replace(SMALL, folds=lambda _: halves, load_test=None)

    held_out = challenge(committed, training, SLANG_CASES, 1).held_out

    assert len(held_out.champion) == len(held_out.challenger) == 120
    assert sorted(held_out.samples.groups[held_out.once]) == list(range(40))


def test_a_case_is_never_answered_by_a_challenger_that_learnt_it(committed: LoadedModel) -> None:
    words = [f"word{number}" for number in range(6)]
    cases = corrections_of(words * 2, ["positive"] * 12)

    class Remembering(DummyClassifier):  # type: ignore[misc]
        """Answers "positive" to what it has seen, else "negative"."""

        def fit(self, X: Any, y: Any) -> "Remembering":
            self.seen_ = set(X)
            return super().fit(["x", "x"], ["negative", "positive"])  # type: ignore[no-any-return]

        def predict_proba(self, X: Any) -> Any:
            return np.array([[0.0, 1.0] if text in self.seen_ else [1.0, 0.0] for text in X])

    training = replace(SMALL, fit=lambda samples: Remembering().fit(samples.X, samples.y))

    trial = challenge(committed, training, cases, 3)

    assert trial.unseen
    assert set(trial.unseen.challenger) == {"negative"}
    assert set(trial.learnt) == {"positive"}


def test_the_cases_are_answered_by_the_standing_pipeline_itself() -> None:
    always_negative = DummyClassifier(strategy="constant", constant="negative").fit(
        ["x", "y"], ["negative", "positive"]
    )

    trial = challenge(standing(always_negative), SMALL, SLANG_CASES, 1)

    assert set(trial.committed) == {"negative"}
    assert trial.unseen
    assert set(trial.unseen.champion) == {"negative"}
    assert set(trial.held_out.champion) == {"negative", "positive"}


def test_too_few_cases_are_learnt_but_not_parted(committed: LoadedModel) -> None:
    few = corrections_of(["a banger", "a gem", "A  gem", "peak", "fire"], ["positive"] * 5)

    trial = challenge(committed, SMALL, few, None)

    assert trial.unseen is None
    assert set(trial.learnt) == {"positive"}


def test_a_correction_of_a_training_sample_changes_what_is_learnt(committed: LoadedModel) -> None:
    cases = corrections_of([f"A good {thing}" for thing in THINGS], ["negative"] * 5)

    trial = challenge(committed, SMALL, cases, 1)

    assert trial.fitted.pipeline.predict_proba(["good"])[0][0] > 0.5
    learnt = trial.fitted.learnt
    assert len(learnt.y) == len(public_samples().y)
    assert {y for x, y in zip(learnt.X, learnt.y, strict=True) if "good" in x} == {"negative"}


def test_every_fit_is_told_while_it_is_waited_for(
    committed: LoadedModel, capsys: pytest.CaptureFixture[str]
) -> None:
    challenge(committed, SMALL, SLANG_CASES, 1)

    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "reviews: fit 1 of 13, a champion for the held-out data…"
    assert len(lines) == 13


def test_large_fits_go_to_other_processes_and_come_back_in_order() -> None:
    jobs = [
        (f"fit {size}", fit_whole, fit, public_samples().take(np.arange(size))) for size in (8, 40)
    ]

    outcomes = run_jobs("reviews", jobs, N_LARGE)

    sizes = [len(pipeline[0].vocabulary_) for pipeline, _ in outcomes]
    assert sizes == [9, 13]
    assert all(seconds > 0 for _, seconds in outcomes)
