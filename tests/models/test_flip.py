"""What if: the fewest words, the nearest value, the regions."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from explaining import explain_one
from hypothesis import given
from hypothesis import strategies as st

from models.explain.answers import predict_explained
from models.explain.explanation import MAX_REMOVED, ValueFlips, WordFlip
from models.explain.flips import find_word_flip
from models.explain.nearest import find_value_flips, regions
from models.predict import predict_one, to_prediction
from models.registry import LoadedModel, ModelCatalogue
from models.spec import Prediction
from models.text.removal import remove_spans

FLOWER = {"sepal_length": 6.3, "sepal_width": 2.8, "petal_length": 5.0, "petal_width": 1.5}
WORDS = [
    "good",
    "great",
    "bad",
    "awful",
    "film",
    "not",
    "never",
    "the",
    "boring",
    "lovely",
    "😍",
    "but",
    "really",
    "plot",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
TEXT_MODELS = ("tweets", "reviews")


def flip_of(model: LoadedModel, text: str) -> WordFlip | None:
    explanation = predict_explained(model, {"text": text}).explanation
    return find_word_flip(model, text, explanation)


@pytest.mark.parametrize(
    ("text", "span", "left"),
    [
        ("not a good film", (0, 3), "a good film"),
        ("not a good film", (6, 10), "not a film"),
        ("not a good film.", (11, 15), "not a good."),
        ("a good, long film", (2, 6), "a, long film"),
        ("good", (0, 4), ""),
        ("nice😍film", (4, 5), "nice film"),
        ("I ❤️ it", (2, 3), "I it"),
        ("one\ntwo three", (4, 7), "one\nthree"),
    ],
)
def test_a_word_is_cut_with_one_space(text: str, span: tuple[int, int], left: str) -> None:
    assert remove_spans(text, [span]) == left


def predict_without(model: LoadedModel, text: str, spans: Sequence[tuple[int, int]]) -> Prediction:
    """Return the answer to a text without the words at `spans`, which may be all of it."""
    shorter = remove_spans(text, spans)
    row = model.predictor.predict_proba([shorter])[0]
    return to_prediction(model.spec, {"text": shorter}, row)


@given(text=st.text(max_size=40), data=st.data())
def test_cutting_everything_or_nothing(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))

    assert remove_spans(text, []) == text
    assert (
        remove_spans(
            text, [(0, cut), (cut, len(text))] if 0 < cut < len(text) else [(0, len(text))]
        )
        == ""
    )


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=SENTENCES)
def test_a_flip_turns_the_label_and_needs_each_of_its_words(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    model = catalogue[name]
    label = predict_one(model, {"text": text}).label
    flip = flip_of(model, text)
    if flip is None:
        return
    after = predict_without(model, text, flip.spans)

    assert flip.label != label
    assert after.label == flip.label
    assert after.probabilities[after.label] == pytest.approx(flip.probability, abs=1e-6)
    assert tuple(text[start:end] for start, end in flip.spans) == flip.words
    assert 1 <= len(flip.words) <= MAX_REMOVED
    for fewer in combinations(flip.spans, len(flip.spans) - 1):
        assert not fewer or predict_without(model, text, fewer).label == label


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_the_word_that_decides_is_the_flip(catalogue: ModelCatalogue, name: str) -> None:
    flip = flip_of(
        catalogue[name], "The story is awful but the music is good and the actors are good"
    )

    assert flip is not None
    assert len(flip.words) <= 2
    assert {"awful", "but", "good"} & set(flip.words)


def test_no_text_is_left_empty(catalogue: ModelCatalogue) -> None:
    assert flip_of(catalogue["reviews"], "awful") is None


def test_a_text_that_is_sure_throughout_cannot_be_turned(catalogue: ModelCatalogue) -> None:
    text = "awful terrible worst boring stupid dreadful " * 10

    explanation = explain_one(catalogue["reviews"], {"text": text})

    assert explanation.flip is None
    assert explanation.describe()["flip"] is None


def test_words_are_switched_off(catalogue: ModelCatalogue) -> None:
    text = "A good, bad film"

    after = predict_without(catalogue["reviews"], text, [(2, 6)])

    assert (
        after.probabilities
        == predict_one(catalogue["reviews"], {"text": "A, bad film"}).probabilities
    )


def test_all_words_can_be_switched_off(catalogue: ModelCatalogue) -> None:
    assert sum(
        predict_without(catalogue["tweets"], "good", [(0, 4)]).probabilities.values()
    ) == pytest.approx(1)


def flower_of(*centimetres: float) -> dict[str, float]:
    return dict(zip(FLOWER, centimetres, strict=True))


def label_at(model: LoadedModel, flower: dict[str, float]) -> str:
    return predict_one(model, flower).label


def tenths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda number: number / 10)


@given(flower=st.builds(flower_of, tenths(43, 79), tenths(20, 44), tenths(10, 69), tenths(1, 25)))
def test_a_nearest_value_turns_the_species_and_none_nearer_does(
    catalogue: ModelCatalogue, flower: dict[str, float]
) -> None:
    iris = catalogue["iris"]
    label = label_at(iris, flower)
    for name, flip in find_value_flips(iris, flower).changes.items():
        if flip is None:
            continue
        value = float(flip.value)
        assert label_at(iris, flower | {name: value}) == flip.label != label
        toward = np.sign(flower[name] - value) * 0.1
        nearer = round(value + toward, 1)
        if abs(nearer - flower[name]) > 1e-9:
            assert label_at(iris, flower | {name: nearer}) == label


def test_a_wider_petal_makes_a_virginica(iris: LoadedModel) -> None:
    explanation = explain_one(iris, FLOWER)

    assert isinstance(explanation.flip, ValueFlips)
    change = explanation.flip.describe()["petal_width"]
    assert change["label"] == "virginica"
    assert change["value"] == 1.7


def test_sepals_alone_turn_no_setosa(iris: LoadedModel) -> None:
    setosa = {"sepal_length": 5.0, "sepal_width": 3.4, "petal_length": 1.5, "petal_width": 0.2}

    assert find_value_flips(iris, setosa).changes["sepal_width"] is None


def test_regions_are_what_would_be_predicted_there(iris: LoadedModel) -> None:
    found = regions(iris, FLOWER, "petal_width", "petal_length", size=(7, 5))

    assert found.indices.shape == (5, 7)
    for row, column in [(0, 0), (2, 3), (4, 6), (0, 6)]:
        moved = {"petal_width": float(found.x[column]), "petal_length": float(found.y[row])}
        assert iris.spec.classes[found.indices[row, column]] == label_at(iris, FLOWER | moved)
    assert len(np.unique(found.indices)) > 1


class Counting:
    """Counts the calls and the texts that a pipeline is asked for."""

    def __init__(self, pipeline: object) -> None:
        self.pipeline = pipeline
        self.classes_ = pipeline.classes_  # type: ignore[attr-defined]
        self.calls: list[int] = []

    def predict_proba(self, X: Sequence[object]) -> "np.typing.NDArray[np.float64]":
        self.calls.append(len(X))
        return np.asarray(self.pipeline.predict_proba(X))  # type: ignore[attr-defined]


def test_regions_and_nearest_values_cost_one_call_each(iris: LoadedModel) -> None:
    counting = Counting(iris.pipeline)
    model = replace(iris, pipeline=counting)

    regions(model, FLOWER, "petal_length", "petal_width")
    find_value_flips(model, FLOWER)

    assert counting.calls[0] == 96 * 64
    assert len(counting.calls) == 2


def test_a_search_asks_for_few_texts(catalogue: ModelCatalogue) -> None:
    text = "awful terrible worst boring stupid dreadful " * 40
    explanation = predict_explained(catalogue["reviews"], {"text": text}).explanation
    counting = Counting(catalogue["reviews"].pipeline)

    find_word_flip(replace(catalogue["reviews"], pipeline=counting), text, explanation)

    assert len(counting.calls) <= 12
    assert sum(counting.calls) <= 75


def test_a_text_that_is_left_in_several_ways_is_asked_about_once(catalogue: ModelCatalogue) -> None:
    model, text = catalogue["tweets"], "e\u0301 " * 200
    explanation = predict_explained(model, {"text": text}).explanation
    counting = Counting(model.pipeline)

    flip = find_word_flip(replace(model, pipeline=counting), text, explanation)

    assert flip == find_word_flip(model, text, explanation)
    assert sum(counting.calls) < 30
