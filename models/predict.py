"""The thin predict functions: validate, ask the model, answer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import InvalidRecord, shown
from models.registry import LoadedModel
from models.samples import to_samples
from models.spec import ModelSpec, Prediction, Record, Value


def validate_record(spec: ModelSpec, record: object) -> dict[str, Value]:
    """Return `record` with each field parsed, in the order of `spec.field_names`.

    Raises InvalidRecord if it is not an object, lacks a feature, has an unknown field, or holds a value
    that its feature does not take.
    """
    if not isinstance(record, Mapping):
        raise InvalidRecord(
            f"A record must be an object with {', '.join(spec.field_names)}, but {shown(record)} came."
        )
    for name in record:
        if name not in spec.field_names:
            raise InvalidRecord(
                f"There is no field {shown(name)}; a record of {spec.name} holds "
                f"{', '.join(spec.field_names)}.",
                field=str(name)[:80].encode("ascii", "backslashreplace").decode(),
            )
    parsed: dict[str, Value] = {}
    for feature in spec.features:
        if feature.name not in record:
            raise InvalidRecord(f"{feature.title} is missing; every record needs it.", feature.name)
        parsed[feature.name] = feature.parse(record[feature.name])
    if spec.context:
        parsed[spec.context.name] = spec.context.parse(record.get(spec.context.name))
    return parsed


def predict_one(model: LoadedModel, record: Record) -> Prediction:
    """Return the model's answer to one record; raise InvalidRecord if it does not fit the spec."""
    parsed = validate_record(model.spec, record)
    row = model.predictor.predict_proba(to_samples(model.spec, [parsed]))[0]
    return to_prediction(model.spec, parsed, row)


def predict_many(model: LoadedModel, records: Sequence[Record]) -> list[Prediction]:
    """Return the answers in the order of `records`, from one call of the model.

    Raises InvalidRecord for the first record that does not fit; its field starts with the record's
    index, as in `records[3].text`.
    """
    parsed = []
    for index, record in enumerate(records):
        with name_index(index):
            parsed.append(validate_record(model.spec, record))
    if not parsed:
        return []
    rows = model.predictor.predict_proba(to_samples(model.spec, parsed))
    return [
        to_prediction(model.spec, record, row) for record, row in zip(parsed, rows, strict=True)
    ]


@contextmanager
def name_index(index: int) -> Iterator[None]:
    """Name the index of one of several records in an error about it."""
    try:
        yield
    except InvalidRecord as error:
        field = f"records[{index}]" + (f".{error.field}" if error.field else "")
        raise InvalidRecord(error.message, field) from error


def to_prediction(
    spec: ModelSpec, parsed: Mapping[str, Any], row: NDArray[np.float64]
) -> Prediction:
    """Return the answer for one row of `predict_proba`."""
    probabilities = dict(zip(spec.classes, row.tolist(), strict=True))
    notices = (feature.notice(parsed[feature.name]) for feature in spec.features)
    return Prediction(
        label=max(probabilities, key=probabilities.__getitem__),
        probabilities=probabilities,
        notices=tuple(notice for notice in notices if notice),
    )
