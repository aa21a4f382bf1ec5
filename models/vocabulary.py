"""What text transformers share: a check of their input, and vocabularies that load fast."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags


def check_texts(X: Any) -> list[str]:
    """Return the texts as a list; raise ValueError unless `X` is a one-dimensional sequence of str."""
    if isinstance(X, str) or not isinstance(X, Iterable):
        raise ValueError("Expected a sequence of texts, but a single value came.")
    texts = list(X)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("Expected a one-dimensional sequence of texts (str).")
    return texts


class TextTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A transformer of a sequence of texts, shape (n_samples,).

    Attributes named in `packed_attributes` are dicts from term to column, whose columns are
    consecutive, or dicts of such. Each is stored as one string: 100,000 small ones are slow to load.
    """

    packed_attributes: tuple[str, ...] = ()

    def __sklearn_tags__(self) -> Tags:
        tags: Tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = dict(super().__getstate__())
        for name in self.packed_attributes:
            if name in state:
                state[name] = pack(state[name])
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name in self.packed_attributes:
            if name in state:
                state[name] = unpack(state[name])
        super().__setstate__(state)


@dataclass(frozen=True)
class Packed:
    """A vocabulary on disk: its terms in one string, and the column of the first."""

    terms: str
    first: int
    size: int


def pack(value: Any) -> Any:
    if value and isinstance(next(iter(value.values())), dict):
        return {name: pack(vocabulary) for name, vocabulary in value.items()}
    return Packed("\n".join(value), next(iter(value.values()), 0), len(value))


def unpack(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: unpack(vocabulary) for name, vocabulary in value.items()}
    columns = range(value.first, value.first + value.size)
    return dict(zip(value.terms.split("\n"), columns, strict=False))
