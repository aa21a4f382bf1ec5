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
from models.predict import to_samples, validate_record
from models.samples import Samples
from models.spec import ModelSpec, Value

SOURCE = "corrections"
LABEL, PREDICTED, REVIEWERS, SESSION = "label", "predicted", "reviewers", "session"
COUNT = re.compile(r"0*[1-9]\d{0,5}(\.0+)?", re.ASCII)
# A file's name is written into the model card, which is Markdown.
NOT_FOR_CARDS = re.compile(r"[^\w .()+-]")


@dataclass(frozen=True)
class Correction:
    """A line of a file: its place, the input, and what was said of it.

    `predicted` and `session` are "", and `reviewers` is 0, where the file does not tell.
    """

    place: str
    record: dict[str, Value]
    label: str
    predicted: str
    reviewers: int
    session: str


@dataclass(frozen=True)
class Corrections:
    """Corrected cases, no two with the same input, and what the judged model had said of each.

    `predicted`, of shape (n_cases,), holds "" where the files do not tell; `reviewers`, of the same
    shape, how many supported each label, or 0.
    """

    samples: Samples
    predicted: NDArray[Any]
    reviewers: NDArray[np.int64]
    n_sessions: int

    def __len__(self) -> int:
        return len(self.samples.y)

    def take(self, places: NDArray[np.int64]) -> "Corrections":
        """Return the cases at these places."""
        return replace(
            self,
            samples=self.samples.take(places),
            predicted=self.predicted[places],
            reviewers=self.reviewers[places],
        )


def read_corrections(paths: Sequence[Path], spec: ModelSpec) -> Corrections:
    """Return the cases of all files; one that stands there twice with the same label counts once.

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
    """Return what is equal for inputs that are as good as one, of shape (n_samples,).

    Texts are as good as one if they differ in capitals and spaces alone, numbers if they are equal.
    """
    keys = [
        " ".join(x.casefold().split()) if isinstance(x, str) else repr(np.asarray(x).tolist())
        for x in X
    ]
    return np.array(keys, dtype=object)


def describe(path: Path, content: bytes, n_rows: int) -> dict[str, str | int]:
    """Return what metadata and card say of a file: its name and hash, nothing of what it holds."""
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
    place, header = next(lines, (f"{name}, line 1", []))
    columns = find_columns(place, header, spec)
    for place, cells in lines:
        yield read_row(place, {column: cells[at] for column, at in columns.items()}, spec)


def find_columns(place: str, header: Sequence[str], spec: ModelSpec) -> dict[str, int]:
    """Return where each column stands that is read; others may stand beside them."""
    needed = [*(feature.name for feature in spec.features), LABEL]
    names = [cell.strip().casefold() for cell in header]
    for name in (*needed, PREDICTED, REVIEWERS, SESSION):
        if names.count(name) > 1:
            raise refusal(place, name, f"it stands there {names.count(name)} times; leave one.")
        if name in needed and name not in names:
            came = ", ".join(shown(cell.strip()) for cell in header[:10]) or "nothing"
            raise refusal(
                place,
                name,
                f"it is missing from the header; {came} came, and corrections of {spec.name} need "
                f"{', '.join(needed)}.",
            )
    wanted = (*needed, PREDICTED, REVIEWERS, SESSION)
    return {name: names.index(name) for name in wanted if name in names}


def read_row(place: str, cells: dict[str, str], spec: ModelSpec) -> Correction:
    """Return the checked content of one line."""
    entry = {name: cell.strip() for name, cell in cells.items()}
    predicted = entry.get(PREDICTED, "")
    return Correction(
        place,
        read_record(place, cells, spec),
        check_class(place, LABEL, entry[LABEL], spec),
        check_class(place, PREDICTED, predicted, spec) if predicted else "",
        check_count(place, entry.get(REVIEWERS, "")),
        entry.get(SESSION, ""),
    )


def read_record(place: str, cells: dict[str, str], spec: ModelSpec) -> dict[str, Value]:
    """Return the checked input of one line."""
    record = {feature.name: feature.from_cell(cells[feature.name]) for feature in spec.features}
    try:
        parsed = validate_record(spec, record)
    except InvalidRecord as error:
        raise refusal(place, str(error.field), error.message) from error
    return {name: parsed[name] for name in record}


def check_class(place: str, column: str, value: str, spec: ModelSpec) -> str:
    """Return `value` if it is one of the classes."""
    if value not in spec.classes:
        allowed = ", ".join(spec.classes)
        raise refusal(place, column, f"{shown(value)} came, but it must be one of {allowed}.")
    return value


def check_count(place: str, value: str) -> int:
    """Return how many reviewers there were, 0 when left out."""
    if value and not COUNT.fullmatch(value):
        raise refusal(
            place, REVIEWERS, f"{shown(value)} came, but it must be a whole number from 1 on."
        )
    return int(float(value or 0))


def drop_repeats(found: Sequence[Correction]) -> list[Correction]:
    """Return the first of those with the same input; raise InvalidSheet if their labels differ."""
    first: dict[tuple[Value, ...], Correction] = {}
    for case in found:
        earlier = first.setdefault(tuple(case.record.values()), case)
        if earlier.label != case.label:
            raise refusal(
                case.place,
                LABEL,
                f"{case.label} came, but {earlier.place} says {earlier.label} of the same input; "
                "leave one of the two.",
            )
    return list(first.values())
