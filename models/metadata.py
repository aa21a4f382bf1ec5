"""What a model's metadata.json holds: where its pipeline comes from and what was measured of it."""

from typing import Any, TypedDict

# The name, title, number of rows and hash of a set of samples.
Source = dict[str, Any]


class Bin(TypedDict):
    """Held-out answers with probabilities from `low` to `high`, the mean one, and how many are right."""

    low: float
    high: float
    samples: int
    probability: float
    right: int


class CoveragePoint(TypedDict):
    """The accuracy on the share `coverage` of the samples, those with probabilities from `threshold` on."""

    coverage: float
    accuracy: float
    threshold: float


class Threshold(TypedDict):
    """The probability from which on an answer is called sure, and what holds for such answers."""

    probability: float
    accuracy: float
    coverage: float


class Figures(TypedDict, total=False):
    """What was measured on samples: `metrics` by name, `classes` by label, `slices` by part.

    `confusion` has a row for each true class and a column for each predicted one. `are_examples` if
    nobody here can know whether the model was fitted on the samples.
    """

    method: str
    data: list[Source]
    are_examples: bool
    test_file_uses: int
    learning_curve: list[dict[str, float]]
    metrics: dict[str, float]
    classes: dict[str, dict[str, Any]]
    confusion: list[list[int]]
    calibration: list[Bin]
    coverage: list[CoveragePoint]
    slices: list[dict[str, Any]]


class Profile(TypedDict, total=False):
    """What usual inputs are like: the first three of texts, the rest of values.

    `typical_words` are those that other texts hardly have, the commonest first.
    """

    words: dict[str, int]
    known_share: dict[str, float]
    typical_words: list[str]
    mean: list[Any]
    classes: dict[str, dict[str, Any]]
    distance: float


class Metadata(TypedDict, total=False):
    """The content of metadata.json; `sha256`, `versions` and `evaluation` are in every file.

    `any_language` if nobody said that the model reads English only.
    """

    name: str
    title: str
    sha256: str
    size_bytes: int
    versions: dict[str, str]
    classes: list[str]
    training_data: list[Source]
    date: str
    seed: int
    training_seconds: float
    corrections: dict[str, Any]
    challenge: dict[str, Any]
    evaluation: Figures
    held_out: Figures
    threshold: Threshold
    profile: Profile
    strongest_features: dict[str, list[str]]
    behaviour: list[dict[str, Any]]
    known_samples: dict[str, list[Any]]
    any_language: bool
