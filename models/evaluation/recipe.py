"""How a model is trained: its data, its folds and its fit."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.evaluation.behaviour import Check
from models.registry import Classifier
from models.samples import Samples

# The indices of the samples to fit on, and of those that are held out.
Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
Fit = Callable[[Samples], Classifier]


@dataclass(frozen=True)
class TrainingRecipe:
    """What `python -m models.train` needs of a model.

    `load` returns the training data and `load_test`, if there is a test file, the samples for the final
    figures alone; both raise DatasetError. `folds` splits samples for cross-validation, `fit` returns the
    fitted pipeline, and `checks` are sentences that test how a text model behaves. `load_others` returns
    texts on other subjects, for a model of texts on one.
    """

    load: Callable[[], Samples]
    folds: Callable[[Samples], list[Fold]]
    fit: Fit
    load_test: Callable[[], Samples] | None = None
    checks: tuple[Check, ...] = ()
    load_others: Callable[[], list[str]] | None = None


def load_recipe(name: str) -> TrainingRecipe:
    """Return the RECIPE of the model called `name`, from `models.<name>.training`."""
    recipe: Any = importlib.import_module(f"models.{name}.training").RECIPE
    assert isinstance(recipe, TrainingRecipe)
    return recipe
