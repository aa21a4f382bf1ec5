"""What examples with true labels say of a model that was brought along; nothing is fitted on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.evaluation.metrics import measure
from models.evaluation.reliability import calibration_bins, coverage_curve
from models.explain.familiarity import middle, training_profile
from models.explain.trust import choose_threshold
from models.metadata import Figures, Metadata, Profile
from models.samples import Samples, to_samples
from models.spec import ModelSpec, Record

# Of fewer answers no figure is worth telling.
FEWEST_ANSWERS = 20
# What a map draws, what a session may take its cases from, and what is asked at the start.
MOST_KNOWN, MOST_ASKED = 500, 5_000
SURE = 0.9


def study_examples(
    pipeline: Any, spec: ModelSpec, records: Sequence[Record], labels: NDArray[Any], source: str
) -> Metadata:
    """Return figures, threshold and known samples, for records with their true classes.

    `labels` are None where the true class is not known; such records are left out.
    """
    known = [place for place, label in enumerate(labels) if label is not None][:MOST_ASKED]
    metadata: Metadata = {"evaluation": {"metrics": {}}}
    if not known:
        return metadata
    chosen, y = [records[place] for place in known], labels[known]
    if not spec.text_name:
        metadata["known_samples"] = known_samples(spec, chosen, y)
    if len(known) < FEWEST_ANSWERS:
        return metadata
    rows = pipeline.predict_proba(to_samples(spec, chosen))
    figures = figures_of(np.array(spec.classes, object), y, np.asarray(rows, np.float64), source)
    metadata["evaluation"] = metadata["held_out"] = figures
    metadata["threshold"] = choose_threshold(figures["coverage"], SURE)
    return metadata


def figures_of(
    classes: NDArray[Any], y: NDArray[Any], rows: NDArray[np.float64], source: str
) -> Figures:
    """Return all figures of probabilities `rows`, of shape (n_samples, n_classes), against `y`."""
    right = classes[rows.argmax(axis=1)] == y
    described: dict[str, Any] = {"name": "examples", "title": source, "rows": len(y)}
    about: Figures = {
        "method": (
            f"Measured on {len(y):,} rows of {source}. The model was not trained on them here; whether it "
            "had been before, nobody can know."
        ),
        "data": [described],
        "are_examples": True,
    }
    return (
        about
        | measure(classes, y, rows)
        | {
            "calibration": calibration_bins(rows.max(axis=1), right),
            "coverage": coverage_curve(rows.max(axis=1), right),
            "slices": [],
        }
    )


def known_samples(
    spec: ModelSpec, records: Sequence[Record], y: NDArray[Any]
) -> dict[str, list[Any]]:
    """Return the records that a map is drawn from, as many of each part of the file."""
    whole = [at for at, record in enumerate(records) if None not in record.values()]
    chosen = np.linspace(0, len(whole) - 1, min(len(whole), MOST_KNOWN)).astype(int).tolist()
    places = [whole[at] for at in chosen]
    X = [[records[place][name] for name in spec.feature_names] for place in places]
    return {"X": X, "y": [y[place] for place in places]}


def profile_of(spec: ModelSpec, records: Sequence[Record], labels: NDArray[Any] | None) -> Profile:
    """Return what usual records are like: with labels and numbers alone also how far they spread."""
    if spec.text_name or not records:
        return {}
    names = spec.feature_names
    columns = [[record[name] for record in records] for name in names]
    given = [[value for value in column if value is not None] for column in columns]
    typical = [
        usual(column) if column else feature.start
        for column, feature in zip(given, spec.features, strict=True)
    ]
    complete = all(map(len, given)) and sum(map(len, given)) == len(records) * len(names)
    if labels is None or not spec.takes_numbers or not complete:
        return {"mean": typical}
    y, X = np.array(labels, object), np.array(columns, np.float64).T
    counts = [(y == label).sum() for label in spec.classes]
    if min(counts) <= len(names) + 1:
        return {"mean": typical}
    told = np.array([label is not None for label in y])
    nobody = np.zeros(int(told.sum()), object)
    return training_profile(Samples(X[told], y[told].astype(str), (), nobody, nobody), None)


def usual(values: list[Any]) -> Any:
    """Return the middle of numbers, the commonest of other values."""
    if isinstance(values[0], bool):
        return 2 * sum(values) > len(values)
    return middle(values)
