"""Cases that reviewers corrected, read from CSV files to learn from."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.csv_sheet import InvalidSheet, as_text, read_content, read_lines, refusal
from models.errors import InvalidRecord, shown
from models.predict import validate_record
from models.samples import Samples, to_samples
from models.spec import ModelSpec, Value

SOURCE = "corrections"
LABEL, PREDICTED, REVIEWERS, SESSION = "label", "predicted", "reviewers", "session"
COUNT = re.compile(r"0*[1-9]\d{0,5}(\.0+)?", re.ASCII)
# A file's name is written into the model card, which is Markdown.
NOT_FOR_CARDS = re.compile(r"[^\w .()+-]")


@dataclass(frozen=True)
class Correction:
    """A line of a file: `where` it is, the input, and what reviewers said about it.

    `predicted` and `session` are "", and `reviewers` is 0, where the file does not say.
    """

    where: str
    record: dict[str, Value]
    label: str
    predicted: str
    reviewers: int
    session: str


@dataclass(frozen=True)
class Corrections:
    """Corrected cases, no two with the same input, and what the model had answered to each.

    `predicted`, of shape (n_cases,), holds "" where the files do not say; `reviewers`, of the same
    shape, how many supported each label, or 0.
    """

    samples: Samples
    predicted: NDArray[Any]
    reviewers: NDArray[np.int64]
    n_sessions: int

    def __len__(self) -> int:
        return len(self.samples.y)

    def take(self, indices: NDArray[np.int64]) -> "Corrections":
        return replace(
            self,
            samples=self.samples.take(indices),
            predicted=self.predicted[indices],
            reviewers=self.reviewers[indices],
        )


def read_corrections(paths: Sequence[Path], spec: ModelSpec) -> Corrections:
    """Return the cases of all files; one that occurs twice with the same label counts once.

    Raises InvalidSheet, naming file, line and column, for what cannot be read or learnt from.
    """
    found: list[Correction] = []
    sources: list[dict[str, str | int]] = []
    for path in paths:
        content = read_content(path)
        rows = list(read_rows(path.name, as_text(path.name, content), spec))
        if not rows:
            raise InvalidSheet(
                f"{path} holds no corrected case; write one on each line below the header."
            )
        found += rows
        sources.append(describe(path, content, len(rows)))
    cases = drop_repeats(found)
    inputs = to_samples(spec, [case.record for case in cases])
    X = np.array(inputs, dtype=np.float64 if spec.takes_numbers else object)
    y = np.array([case.label for case in cases], dtype=object)
    kinds = np.full(len(y), SOURCE, dtype=object)
    return Corrections(
        Samples(X, y, tuple(sources), input_keys(X), kinds),
        np.array([case.predicted for case in cases], dtype=object),
        np.array([case.reviewers for case in cases], dtype=np.int64),
        len({case.session for case in cases if case.session}),
    )


def input_keys(X: NDArray[Any]) -> NDArray[Any]:
    """Return a key for each input, of shape (n_samples,), equal for inputs that count as the same.

    Texts that differ only in capitals and spaces count as the same, as do equal values.
    """
    keys = [
        " ".join(x.casefold().split()) if isinstance(x, str) else repr(np.asarray(x).tolist())
        for x in X
    ]
    return np.array(keys, dtype=object)


def describe(path: Path, content: bytes, n_rows: int) -> dict[str, str | int]:
    """Return the name and hash of a file for metadata and card, without any of its content."""
    name = NOT_FOR_CARDS.sub("_", path.name)
    return {
        "name": SOURCE,
        "file": name,
        "title": f"Corrected cases of review sessions ({name})",
        "rows": n_rows,
        "content_sha256": hashlib.sha256(content).hexdigest(),
    }


def read_rows(name: str, text: str, spec: ModelSpec) -> Iterator[Correction]:
    """Yield the checked lines below the header of a file called `name`."""
    lines = read_lines(name, text)
    where, header = next(lines, (f"{name}, line 1", []))
    columns = find_columns(where, header, spec)
    for where, cells in lines:
        yield read_row(where, {column: cells[at] for column, at in columns.items()}, spec)


def find_columns(where: str, header: Sequence[str], spec: ModelSpec) -> dict[str, int]:
    """Return the index of each column that is read; the file may have others."""
    needed = [*(feature.name for feature in spec.features), LABEL]
    names = [cell.strip().casefold() for cell in header]
    for name in (*needed, PREDICTED, REVIEWERS, SESSION):
        if names.count(name) > 1:
            raise refusal(where, name, f"it stands there {names.count(name)} times; leave one.")
        if name in needed and name not in names:
            came = ", ".join(shown(cell.strip()) for cell in header[:10]) or "nothing"
            raise refusal(
                where,
                name,
                f"it is missing from the header; {came} came, and corrections of {spec.name} need "
                f"{', '.join(needed)}.",
            )
    wanted = (*needed, PREDICTED, REVIEWERS, SESSION)
    return {name: names.index(name) for name in wanted if name in names}


def read_row(where: str, cells: dict[str, str], spec: ModelSpec) -> Correction:
    """Return the checked content of one line."""
    entry = {name: cell.strip() for name, cell in cells.items()}
    predicted = entry.get(PREDICTED, "")
    return Correction(
        where,
        read_record(where, cells, spec),
        check_class(where, LABEL, entry[LABEL], spec),
        check_class(where, PREDICTED, predicted, spec) if predicted else "",
        check_count(where, entry.get(REVIEWERS, "")),
        entry.get(SESSION, ""),
    )


def read_record(where: str, cells: dict[str, str], spec: ModelSpec) -> dict[str, Value]:
    """Return the checked input of one line."""
    record = {feature.name: feature.from_cell(cells[feature.name]) for feature in spec.features}
    try:
        parsed = validate_record(spec, record)
    except InvalidRecord as error:
        raise refusal(where, str(error.field), error.message) from error
    return {name: parsed[name] for name in record}


def check_class(where: str, column: str, value: str, spec: ModelSpec) -> str:
    if value not in spec.classes:
        allowed = ", ".join(spec.classes)
        raise refusal(where, column, f"{shown(value)} came, but it must be one of {allowed}.")
    return value


def check_count(where: str, value: str) -> int:
    """Return the number of reviewers, 0 if the entry is empty."""
    if value and not COUNT.fullmatch(value):
        raise refusal(
            where, REVIEWERS, f"{shown(value)} came, but it must be a whole number from 1 on."
        )
    return int(float(value or 0))


def drop_repeats(found: Sequence[Correction]) -> list[Correction]:
    """Return the first of all cases with the same input; raise InvalidSheet if their labels differ."""
    first: dict[tuple[Value, ...], Correction] = {}
    for case in found:
        earlier = first.setdefault(tuple(case.record.values()), case)
        if earlier.label != case.label:
            raise refusal(
                case.where,
                LABEL,
                f"{case.label} came, but {earlier.where} says {earlier.label} of the same input; "
                "leave one of the two.",
            )
    return list(first.values())
