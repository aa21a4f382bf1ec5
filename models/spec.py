"""The description of a model that drives the page, REST, the command line and validation."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.features import ContextField, NumberFeature, TextFeature
from models.field import Field
from models.field import Record as Record
from models.field import Value as Value

Feature = Field[Any]


@dataclass(frozen=True)
class Example:
    """A record to click on, with a few words that say what it shows; the page may open with it."""

    title: str
    record: Record
    opens_page: bool = False


@dataclass(frozen=True)
class CardText:
    """What the model card says in words; its figures come from the metadata."""

    purpose: str
    not_for: str
    data: str
    limits: str
    licence: str


@dataclass(frozen=True)
class ModelSpec:
    """What goes into a model and what comes out.

    Models with one `subject` share a tab; `choice` is the model's name in the choice between
    them. Tabs and choices are sorted by `order`. `map_axes` names the two numbers that known samples are
    drawn by, if they are drawn. An answer is called sure from the probability on at which
    `sure_accuracy` of the held-out answers were right. `cases` is the plural for its records, as in "of
    100 reviews". `classes` are in the order of the pipeline's `classes_`, `main_metric` is the key of the
    metric to show where there is room for one. `known_by` says who knows the records that others are
    compared with.
    """

    name: str
    title: str
    subject: str
    choice: str
    summary: str
    classes: tuple[str, ...]
    features: tuple[Feature, ...]
    examples: tuple[Example, ...]
    card: CardText
    main_metric: str
    context: ContextField | None = None
    map_axes: tuple[str, str] | None = None
    order: int = 100
    sure_accuracy: float = 0.9
    cases: str = "cases"
    unseen: str = "it had never seen"
    known_by: str = "the model has seen"

    @cached_property
    def text_name(self) -> str | None:
        """The name of the text, for a pipeline that takes a sequence of texts and nothing else."""
        first, *others = self.features
        return first.name if isinstance(first, TextFeature) and not others else None

    @cached_property
    def takes_numbers(self) -> bool:
        """Whether every feature is a number, so that the pipeline takes an array of floats."""
        return all(feature.value_type is float for feature in self.features)

    @cached_property
    def measurements(self) -> dict[str, NumberFeature]:
        return {item.name: item for item in self.features if isinstance(item, NumberFeature)}

    @cached_property
    def starts_filled(self) -> bool:
        """Whether a form has a value for every feature from the start."""
        return all(feature.start != "" for feature in self.features)

    @cached_property
    def feature_names(self) -> tuple[str, ...]:
        return tuple(feature.name for feature in self.features)

    @cached_property
    def fields(self) -> tuple[Feature, ...]:
        """Every field that a record may hold: the features, then the context."""
        return (*self.features, self.context) if self.context else self.features

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A model's answer to one record: probabilities in the order of `spec.classes`."""

    label: str
    probabilities: dict[str, float]
    notices: tuple[str, ...] = ()
