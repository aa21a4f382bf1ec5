"""The rows of examples as records, and the few of them that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.errors import InvalidRecord
from models.own.facts import is_missing
from models.own.fields import choice_text
from models.spec import Example, Feature, Record

if TYPE_CHECKING:
    import pandas as pd

    from models.framed import TableColumn

MOST_EXAMPLES, LONGEST_LABEL = 6, 40
SAMPLE_TEXT = "Write a text of your own here."


def read_records(
    table: pd.DataFrame, fields: Sequence[tuple[Feature, TableColumn]]
) -> list[Record | None]:
    """Return a record for each row, None for one that holds what no record may."""
    cells = [table[column.name].tolist() for _, column in fields]
    return [
        read_record(row, [feature for feature, _ in fields]) for row in zip(*cells, strict=True)
    ]


def read_record(row: Sequence[Any], features: Sequence[Feature]) -> Record | None:
    try:
        return {
            feature.name: feature.parse(to_value(cell, feature))
            for cell, feature in zip(row, features, strict=True)
        }
    except InvalidRecord:
        return None


def to_value(cell: Any, feature: Feature) -> Any:
    """Return a cell of a table as a value for a field."""
    if is_missing(cell):
        return None
    if feature.value_type is str:
        return choice_text(cell)
    return cell


def choose_examples(
    features: Sequence[Feature], records: Sequence[Record | None], labels: Any
) -> tuple[Example, ...]:
    """Return a few records to click: one of each class first, or else what a form starts with."""
    sound = [place for place, record in enumerate(records) if record is not None]
    # Those with nothing missing come first: they show more.
    sound.sort(key=lambda place: None in (records[place] or {}).values())
    if labels is not None:
        firsts = {labels[place]: place for place in reversed(sound) if labels[place] is not None}
        chosen = sorted(firsts.values())[:MOST_EXAMPLES]
    else:
        chosen = sound[:MOST_EXAMPLES]
    found: list[Example] = []
    for place in chosen:
        label = "" if labels is None else f", {str(labels[place])[:LONGEST_LABEL]}"
        record = records[place]
        assert record is not None
        found.append(Example(f"Row {place + 1}{label}", record, opens_page=not found))
    if found:
        return tuple(found)
    start = {feature.name: start_text(feature) for feature in features}
    return (Example("Typical values", start, opens_page=True),)


def start_text(feature: Feature) -> Any:
    """Return what stands in a form that nothing is known of."""
    return SAMPLE_TEXT if feature.start == "" else feature.start
