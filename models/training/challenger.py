"""A challenger: the pipeline of a model, trained on what reviewers corrected as well."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from models.evaluation.metrics import cross_fit
from models.evaluation.progress import tell
from models.evaluation.recipe import Fit, Fold, TrainingRecipe
from models.registry import Classifier, LoadedModel, load_model
from models.samples import Samples
from models.spec import ModelSpec
from models.training.corrected_recipe import (
    N_LARGE,
    add_corrections,
    choose_weight,
    fit_with,
    join_corrections,
    leave_out,
    split_cases,
)
from models.training.corrections import Corrections

# Fits that take minutes go side by side; each wants one core and up to 4 GB.
N_WORKERS = 2

Labels = NDArray[Any]
# A title, a function, and its arguments.
Job = tuple[Any, ...]


@dataclass(frozen=True)
class Fitted:
    """A fitted pipeline with its recipe and its data.

    `samples` are the public ones, which figures come from, `learnt` those that it saw, each once.
    """

    recipe: TrainingRecipe
    samples: Samples
    learnt: Samples
    pipeline: Classifier
    seconds: float


@dataclass(frozen=True)
class Answers:
    """The answers of champion and challenger to the same samples; labels of shape (n_samples,).

    `once` are the indices of the first answer to each sample.
    """

    samples: Samples
    champion: Labels
    challenger: Labels
    once: NDArray[np.int64]


@dataclass(frozen=True)
class Course:
    """The data that champion and challenger are trained and compared on.

    `recipe` is the model's own, `corrected` the one that learns the corrections as well; `folds` split
    the training data, `splits` the corrected cases.
    """

    recipe: TrainingRecipe
    corrected: TrainingRecipe
    samples: Samples
    corrections: Corrections
    weight: int
    folds: list[Fold]
    splits: list[Fold]


@dataclass(frozen=True)
class Trial:
    """A fitted challenger, with its answers and the champion's.

    `held_out` are answers to samples of the training data by pipelines fitted on the rest, without and
    with the corrections. `unseen` are answers to the corrected cases: the standing pipeline's, and those
    of challengers that had not seen the case; None where the cases are too few to be parted. `learnt` is
    what the whole challenger says of the cases that it learnt.
    """

    standing: LoadedModel
    course: Course
    fitted: Fitted
    held_out: Answers
    unseen: Answers | None
    committed: Labels
    learnt: Labels


def challenge(
    standing: LoadedModel, recipe: TrainingRecipe, corrections: Corrections, weight: int | None
) -> Trial:
    """Train a challenger of the model that stands, and let both answer.

    The standing pipeline has seen the training data, and cannot be measured on a part of it: a champion
    that is fitted like it on the rest takes its place there. The corrected cases are answered by the
    standing pipeline itself; if it learnt one of them, then as the data set had it. No test file is asked.
    """
    course = plan_course(recipe, corrections, weight)
    samples, cases = course.samples, corrections.samples
    name = standing.spec.name
    champion, challenger, whole, *unseen = run_jobs(name, list_jobs(course), len(samples.y))
    pipeline, seconds = whole
    indices = np.concatenate([test for _, test in course.folds])
    once = np.unique(indices, return_index=True)[1]
    committed = predict_labels(standing.pipeline, cases.X)
    return Trial(
        standing=standing,
        course=course,
        fitted=Fitted(
            course.corrected, samples, join_corrections(samples, corrections), pipeline, seconds
        ),
        held_out=Answers(samples.take(indices), champion, challenger, once),
        unseen=join_answers(cases, committed, course.splits, unseen),
        committed=committed,
        learnt=predict_labels(pipeline, cases.X),
    )


def load_standing(spec: ModelSpec, folder: Path) -> LoadedModel:
    """Return the model that stands in `folder`, or else the committed one."""
    own = folder / spec.name
    return load_model(spec, own if (own / "metadata.json").exists() else None)


def plan_course(recipe: TrainingRecipe, corrections: Corrections, weight: int | None) -> Course:
    """Return the data to train and compare on: one fold if there is a test file, else all of them."""
    samples = recipe.load()
    weight = weight or choose_weight(len(samples.y), len(corrections))
    corrected = add_corrections(recipe, samples, corrections, weight)
    folds = recipe.folds(samples)
    if recipe.load_test:
        folds = folds[:1]
    splits = split_cases(corrections, len(samples.y))
    return Course(recipe, corrected, samples, corrections, weight, folds, splits)


def list_jobs(course: Course) -> list[Job]:
    """Return the fits, each with the questions to ask the fitted pipeline."""
    fit, refit = course.recipe.fit, course.corrected.fit
    held_out = (course.samples, course.folds)
    jobs: list[Job] = [
        ("a champion for the held-out data", answer_held_out, fit, *held_out),
        ("a challenger for the held-out data", answer_held_out, refit, *held_out),
        ("the challenger on everything", fit_whole, refit, course.samples),
    ]
    for number, split in enumerate(course.splits, 1):
        title = f"a challenger without part {number} of the corrected cases"
        given = (fit, course.samples, course.corrections, course.weight, split)
        jobs.append((title, answer_cases, *given))
    return jobs


def run_jobs(name: str, jobs: Sequence[Job], n_samples: int) -> list[Any]:
    """Run the jobs for the model called `name` and return their outcomes in order."""
    workers = joblib.Parallel(n_jobs=N_WORKERS if n_samples >= N_LARGE else 1)
    return list(
        workers(
            joblib.delayed(tell_and_run)(f"{name}: fit {number} of {len(jobs)}, {title}…", *work)
            for number, (title, *work) in enumerate(jobs, 1)
        )
    )


def tell_and_run(message: str, work: Callable[..., Any], *given: Any) -> Any:
    """Print a message, then call `work`."""
    tell(message)
    return work(*given)


def predict_labels(pipeline: Classifier, X: NDArray[Any]) -> Labels:
    return np.asarray(pipeline.classes_[pipeline.predict_proba(X).argmax(axis=1)], dtype=object)


def answer_held_out(fit: Fit, samples: Samples, folds: Sequence[Fold]) -> Labels:
    """Return the answers to the samples that each fold holds out, in order, by pipelines fitted on the rest."""
    _, rows = cross_fit(fit, samples, folds)
    return np.asarray(np.unique(samples.y)[rows.argmax(axis=1)], dtype=object)


def answer_cases(
    fit: Fit, samples: Samples, corrections: Corrections, weight: int, split: Fold
) -> Labels:
    """Return the answers to the cases of a split by a challenger that learnt only from the other cases."""
    learnt, asked = split
    rest = leave_out(samples, corrections.samples.groups[asked])
    pipeline = fit_with(fit, corrections.take(learnt), weight, rest)
    return predict_labels(pipeline, corrections.samples.X[asked])


def fit_whole(fit: Fit, samples: Samples) -> tuple[Classifier, float]:
    """Return the pipeline fitted on all samples, and how many seconds it took."""
    start = time.perf_counter()
    pipeline = fit(samples)
    return pipeline, time.perf_counter() - start


def join_answers(
    cases: Samples, committed: Labels, splits: Sequence[Fold], unseen: Sequence[Labels]
) -> Answers | None:
    """Return the answers to the corrected cases in their order, or None if they were not split."""
    if not splits:
        return None
    challenger = committed.copy()
    for (_, asked), answered in zip(splits, unseen, strict=True):
        challenger[asked] = answered
    return Answers(cases, committed, challenger, np.arange(len(committed)))
