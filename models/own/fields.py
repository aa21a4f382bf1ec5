"""The fields of a form and the columns of a table, made of what is known of a model's columns."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from models.errors import shown
from models.features import (
    CategoryFeature,
    DateFeature,
    FlagFeature,
    NumberFeature,
    TextFeature,
)
from models.formats.opened import SourceError
from models.framed import DATE as DATE_TYPE
from models.framed import FLOAT, OBJECT, TableColumn
from models.own.facts import (
    CHOICE,
    DATE,
    FEWEST,
    FLAG,
    INTEGER,
    MOST_CHOICES,
    TEXT,
    Facts,
    is_missing,
)
from models.own.naming import plain_names, split_unit
from models.spec import Feature

LONGEST_TEXT, LONGEST_ENTRY = 20_000, 500
MOST_DECIMALS = 6
# A slider has about so many steps where the numbers are finer than that.
N_STEPS = 200
SEEN_BY = "the examples hold"
FIRST_DAY = "2026-01-01"
BOUNDLESS: dict[str, Any] = {"lowest": -math.inf, "highest": math.inf, "takes_lowest": True}


def build_fields(facts: Sequence[Facts]) -> list[tuple[Feature, TableColumn]]:
    """Return each column as a field of a record, and as a column of the table for the model."""
    names = plain_names(each.name for each in facts)
    titles = unique_titles([each.name for each in facts])
    return [
        build_field(each, name, title)
        for each, name, title in zip(facts, names, titles, strict=True)
    ]


def unique_titles(names: Sequence[str]) -> list[str]:
    """Return a title for each column; those that would be alike keep their whole names."""
    titles = [split_unit(name)[0].strip() or f"Column {n}" for n, name in enumerate(names, 1)]
    counts = Counter(titles)
    return [
        title if counts[title] == 1 or not name.strip() else name[:120]
        for title, name in zip(titles, names, strict=True)
    ]


def build_field(facts: Facts, name: str, title: str) -> tuple[Feature, TableColumn]:
    """Return the field and the column of one kind."""
    if facts.kind == TEXT or (facts.kind == CHOICE and len(facts.choices) > 5 * MOST_CHOICES):
        return text_field(facts, name, title), TableColumn(facts.name, OBJECT)
    if facts.kind == CHOICE and facts.choices:
        return choice_field(facts, name, title)
    if facts.kind == FLAG:
        usual = facts.cells is not None and bool(facts.cells.dropna().astype(bool).mean() > 0.5)
        return FlagFeature(name, title, usual), TableColumn(facts.name, "bool")
    if facts.kind == DATE:
        return date_field(facts, name, title), TableColumn(facts.name, DATE_TYPE)
    return number_field(facts, name, title), TableColumn(facts.name, FLOAT)


def text_field(facts: Facts, name: str, title: str) -> Feature:
    longest = 0 if facts.cells is None else int(facts.cells.dropna().astype(str).str.len().max())
    return TextFeature(
        name, title, max(LONGEST_TEXT if not longest else LONGEST_ENTRY, 2 * longest)
    )


def choice_field(facts: Facts, name: str, title: str) -> tuple[Feature, TableColumn]:
    """Return a choice, and what each of its texts stands for in the table."""
    values = {choice_text(value): value for value in facts.choices}
    usual = ""
    if facts.cells is not None and (given := facts.cells.dropna()).size:
        usual = choice_text(given.mode().iloc[0])
    field = CategoryFeature(
        name, title, tuple(values), usual if usual in values else "", facts.takes_missing
    )
    are_numbers = all(
        isinstance(each, int | float | np.number) and not isinstance(each, bool | np.bool_)
        for each in facts.choices
    )
    return field, TableColumn(facts.name, FLOAT if are_numbers else OBJECT, values)


def choice_text(value: Any) -> str:
    """Return a choice as people read it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def date_field(facts: Facts, name: str, title: str) -> Feature:
    days = [] if facts.cells is None else sorted(str(each)[:10] for each in facts.cells.dropna())
    return DateFeature(name, title, days[len(days) // 2] if days else FIRST_DAY)


def number_field(facts: Facts, name: str, title: str) -> Feature:
    """Return a number with the range of the examples, or else the one that the model's parts speak of."""
    unit = split_unit(facts.name)[1] if title != facts.name else ""
    whole = facts.kind == INTEGER
    cells = np.empty(0) if facts.cells is None else facts.cells.dropna().to_numpy(np.float64)
    cells = cells[np.isfinite(cells)]
    about: dict[str, Any] = {"takes_missing": facts.takes_missing, "unit": unit} | BOUNDLESS
    low, high, typical = range_of(facts, cells)
    is_seen = len(cells) >= FEWEST
    about["seen_by"] = SEEN_BY if is_seen else ""
    step = step_of(low, high, decimals_of(cells) if is_seen else MOST_DECIMALS)
    step = 1.0 if whole else step
    if high - low < step:
        low, high = low - step, high + step
    low, high = (round(end, 10) for end in (low, high))
    typical = round(round(typical / step) * step, 10)
    return NumberFeature(
        name, title, low=low, high=high, step=step, typical=typical, is_whole=whole, **about
    )


def range_of(facts: Facts, cells: Any) -> tuple[float, float, float]:
    """Return where a number usually lies, and a typical one: of the examples, if they are enough to tell."""
    known = facts.low is not None and facts.high is not None
    if len(cells) >= FEWEST:
        return float(cells.min()), float(cells.max()), float(np.median(cells))
    if len(cells):
        first, last, typical = float(cells.min()), float(cells.max()), float(np.median(cells))
        wider = (last - first) or abs(last) or 1.0
        low, high = (facts.low, facts.high) if known else (first - wider, last + wider)
        return min(low or 0.0, first), max(high or 0.0, last), typical
    low, high = (facts.low or 0.0, facts.high or 0.0) if known else (0.0, 1.0)
    middle = (low + high) / 2 if is_missing(facts.typical) else facts.typical
    typical = float(middle) if isinstance(middle, int | float | np.number) else (low + high) / 2
    return min(low, typical), max(high, typical), typical


def decimals_of(cells: Any) -> int:
    """Return how many decimals numbers are written with, at most six."""
    return next(
        (
            digits
            for digits in range(MOST_DECIMALS)
            if np.allclose(cells, np.round(cells, digits), rtol=0, atol=1e-9)
        ),
        MOST_DECIMALS,
    )


def step_of(low: float, high: float, decimals: int) -> float:
    """Return 1, 2 or 5 times a power of ten: about a 200th of the range, no finer than the decimals."""
    rough = (high - low) / N_STEPS
    if rough <= 0:
        return float(10.0**-decimals)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in (1, 2, 5, 10) if nice * power >= rough * 0.999)
    finest = 10.0**-decimals
    # As fine as the data are, as long as that gives no more than a thousand steps.
    return float(finest) if finest >= step or (high - low) / finest <= 5 * N_STEPS else float(step)


def override(
    fields: Sequence[tuple[Feature, TableColumn]], given: Mapping[str, Mapping[str, Any]]
) -> list[tuple[Feature, TableColumn]]:
    """Return the fields with what model.yaml says of each in place of what was found."""
    names = {name for field, column in fields for name in (field.name, column.name)}
    if unknown := [name for name in given if name not in names]:
        raise SourceError(
            f"model.yaml speaks of {shown(unknown[0])}, which the model does not take; it takes "
            f"{', '.join(field.name for field, _ in fields)[:200]}."
        )
    return [
        (override_field(field, given.get(field.name) or given.get(column.name) or {}), column)
        for field, column in fields
    ]


def override_field(field: Any, given: Mapping[str, Any]) -> Any:
    """Return a field with some of its parts changed; raise SourceError for what it has not or cannot be."""
    changed: dict[str, Any] = {}
    for part, value in given.items():
        now = getattr(field, part, None) if part in vars(field) and part != "name" else None
        value = tuple(map(str, value)) if isinstance(value, list) else value
        is_number = isinstance(now, int | float) and isinstance(value, int | float)
        if now is None or not (is_number or type(value) is type(now)):
            raise SourceError(
                f"model.yaml says {shown(str(part))} is {shown(value)} of {field.name}, which cannot be; "
                f"it may change {', '.join(each for each in vars(field) if each != 'name')}."
            )
        changed[part] = value
    return replace(field, **changed)
