"""Training data with what reviewers corrected in it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from models.evaluation.recipe import Fit, Fold, TrainingRecipe
from models.registry import Classifier
from models.samples import Samples
from models.training.corrections import Corrections, input_keys

# From so many samples on a fit takes minutes.
N_LARGE = 10_000
# A challenger that answers a corrected case must not have seen it; fits that take minutes are few.
N_SPLITS, N_SPLITS_LARGE = 10, 3
# Of fewer, a part that is left out says nothing about the rest.
LEAST_CASES = 5
# How often a corrected case counts, as long as all of them make no more than this share. Tried with 1, 3, 10
# and 30 on 72 cases, most of them held-out texts, and twelve more in the same slang. Of their cases, tweets
# learnt 62, 88, 98 and 100 %, reviews all; of the twelve, tweets had 33, 50, 67 and 75 % right, reviews 75 %
# each time, but less surely with 30. Other held-out texts were answered as well as before each time, only
# the recall of tweets, averaged over the classes, was a quarter of a point lower with 30 than with 1.
WEIGHT, LARGEST_SHARE = 10, 0.1


def choose_weight(n_samples: int, n_cases: int) -> int:
    """Return how often a corrected case counts by default.

    Once is too little for a handful of cases among thousands of samples; but all of them together
    should not come to more than a tenth of the data.
    """
    return max(1, min(WEIGHT, int(LARGEST_SHARE * n_samples / n_cases)))


def leave_out(samples: Samples, keys: NDArray[Any]) -> Samples:
    """Return the samples without those whose inputs have one of the keys."""
    return samples.take(np.flatnonzero(~np.isin(input_keys(samples.X), keys)))


def join_corrections(samples: Samples, corrections: Corrections, weight: int = 1) -> Samples:
    """Return the samples with each corrected case `weight` times, instead of those with its input."""
    before, cases = leave_out(samples, corrections.samples.groups), corrections.samples
    added = cases.take(np.tile(np.arange(len(cases.y)), weight))
    return Samples(
        X=np.concatenate([before.X, added.X]),
        y=np.concatenate([before.y, added.y]),
        sources=(*before.sources, *cases.sources),
        groups=np.concatenate([before.groups.astype(object), added.groups]),
        kinds=np.concatenate([before.kinds, added.kinds]),
    )


def fit_with(fit: Fit, corrections: Corrections, weight: int, samples: Samples) -> Classifier:
    """Return the pipeline that is fitted to the samples and the corrections."""
    return fit(join_corrections(samples, corrections, weight))


def count_inputs(keys: NDArray[Any], X: NDArray[Any]) -> NDArray[np.int64]:
    found, counts = np.unique(input_keys(X), return_counts=True)
    known = dict(zip(found.tolist(), counts.tolist(), strict=True))
    return np.array([known.get(key, 0) for key in keys], dtype=np.int64)


def fit_part(
    fit: Fit, corrections: Corrections, weight: int, usual: NDArray[np.int64], samples: Samples
) -> Classifier:
    """Return the pipeline that is fitted to a part of the training data and the corrections.

    A correction of a sample that is not in the part is left out: it would give away the answer to a
    sample that is held out. `usual` counts the samples that have the input of each case in the whole training data.
    """
    complete = count_inputs(corrections.samples.groups, samples.X) == usual
    return fit_with(fit, corrections.take(np.flatnonzero(complete)), weight, samples)


def add_corrections(
    recipe: TrainingRecipe, samples: Samples, corrections: Corrections, weight: int
) -> TrainingRecipe:
    """Return the recipe whose fits learn the corrections as well.

    `samples` are its training data. Samples with the input of a corrected case are left out of the test
    file.
    """
    keys = corrections.samples.groups
    usual = count_inputs(keys, samples.X)
    fit = partial(fit_part, recipe.fit, corrections, weight, usual)
    load_test = partial(load_without, recipe.load_test, keys) if recipe.load_test else None
    return replace(recipe, fit=fit, load_test=load_test)


def load_without(load: Callable[[], Samples], keys: NDArray[Any]) -> Samples:
    """Return the samples that `load` returns, without those whose inputs have one of the keys."""
    return leave_out(load(), keys)


def split_cases(corrections: Corrections, n_samples: int) -> list[Fold]:
    """Return splits of the corrected cases, or none if they are too few.

    Texts that differ in capitals and spaces alone stay on one side.
    """
    groups = corrections.samples.groups
    n_groups = len(np.unique(groups))
    if n_groups < LEAST_CASES:
        return []
    most = N_SPLITS if n_samples < N_LARGE else N_SPLITS_LARGE
    splits = GroupKFold(n_splits=min(most, n_groups), shuffle=True, random_state=0)
    return list(splits.split(groups, groups=groups))
