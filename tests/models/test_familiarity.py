"""How far to trust an answer: known words, lengths, distances, held-out cases, the threshold."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from explaining import explain_one
from sklearn.datasets import load_iris

from models.explain.explanation import Explanation
from models.explain.familiarity import distances, training_profile
from models.explain.subject import typical_words
from models.explain.trust import choose_threshold, is_unsure, trust_sentence, unsure_sentence
from models.metadata import Bin, CoveragePoint
from models.registry import LoadedModel, ModelCatalogue
from models.reviews.transformers import NgramTfidf
from models.samples import Samples
from models.spec import Prediction

FLOWER = {"sepal_length": 5.9, "sepal_width": 2.8, "petal_length": 4.3, "petal_width": 1.3}
TEXT_MODELS = ("tweets", "reviews")
BINS: list[Bin] = [
    {"low": 0.8, "high": 0.9, "samples": 10, "probability": 0.85, "right": 7},
    {"low": 0.9, "high": 1.0, "samples": 1234, "probability": 0.96, "right": 1123},
]


@pytest.fixture(scope="module")
def profiled_iris(catalogue: ModelCatalogue) -> LoadedModel:
    data = load_iris()
    y = data.target_names[data.target].astype(object)
    samples = Samples(data.data, y, (), np.arange(len(y)), y)
    profile = training_profile(samples, catalogue["iris"].pipeline)
    return replace(catalogue["iris"], metadata=catalogue["iris"].metadata | {"profile": profile})


def explained(model: LoadedModel, text: str) -> Explanation:
    return explain_one(model, {"text": text})


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_a_text_without_a_known_word_is_empty_handed(catalogue: ModelCatalogue, name: str) -> None:
    explanation = explained(catalogue[name], "asdf qwerty")

    assert explanation.familiarity.known_share == 0
    assert "starting point" in explanation.notices[0]


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_a_language_that_it_was_not_trained_on_is_noticed(
    catalogue: ModelCatalogue, name: str
) -> None:
    explanation = explained(
        catalogue[name], "Das ist ein sehr schöner Abend, ich habe ihn genossen"
    )

    assert explanation.familiarity.known_share is not None
    assert explanation.familiarity.known_share < 0.5
    assert "schöner" in explanation.familiarity.unknown_words
    assert explanation.notices == ("This looks like German; the model reads English only.",)


def test_a_word_that_was_seen_and_left_out_is_known_without_weight() -> None:
    ngrams = NgramTfidf(ngram_max=1, min_df=1).fit(["good table", "bad chair"])
    kept = np.array([ngrams.vocabulary_["bad"], ngrams.vocabulary_["good"]])

    reading = pickle.loads(pickle.dumps(ngrams.restrict(np.sort(kept)))).read("Good table, xyz")

    assert reading.known.tolist() == [True, True, False, False]
    assert len(reading.row[0]) == 1


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_plain_english_is_familiar(catalogue: ModelCatalogue, name: str) -> None:
    explanation = explained(
        catalogue[name], "I really like the story and the music of this film a lot"
    )

    assert explanation.familiarity.known_share == 1
    assert explanation.notices == ()


def test_a_text_of_signs_has_no_share_of_words(catalogue: ModelCatalogue) -> None:
    assert explained(catalogue["tweets"], "!!! 10").familiarity.known_share is None


@pytest.mark.parametrize(("text", "kind"), [("Good film", "short"), ("good film " * 60, "long")])
def test_an_unusual_length_is_noticed(catalogue: ModelCatalogue, text: str, kind: str) -> None:
    metadata = catalogue["reviews"].metadata | {"profile": {"words": {"low": 5, "high": 100}}}

    explanation = explained(replace(catalogue["reviews"], metadata=metadata), text)

    assert f"unusually {kind}" in explanation.notices[0]
    assert "5 to 100" in explanation.notices[0]


def test_a_profile_of_texts_holds_lengths_and_known_words(catalogue: ModelCatalogue) -> None:
    texts = np.array(["good film " * n for n in range(1, 101)], object)
    samples = Samples(texts, texts, (), np.arange(len(texts)), texts)

    profile = training_profile(samples, catalogue["reviews"].pipeline)

    assert profile["words"] == {"low": 3, "high": 199}
    assert profile["known_share"] == {"mean": 1.0, "low": 1.0}


def test_a_usual_flower_is_familiar(profiled_iris: LoadedModel) -> None:
    explanation = explain_one(profiled_iris, FLOWER)

    assert explanation.familiarity.nearest == "versicolor"
    assert explanation.notices == ()


def test_a_combination_unlike_any_flower_is_noticed(profiled_iris: LoadedModel) -> None:
    explanation = explain_one(profiled_iris, FLOWER | {"petal_length": 1.0, "petal_width": 2.5})

    assert explanation.familiarity.distance is not None
    assert explanation.familiarity.limit is not None
    assert explanation.familiarity.distance > explanation.familiarity.limit
    assert "together they are unlike all flowers" in explanation.notices[0]


def test_a_value_outside_the_range_is_named(profiled_iris: LoadedModel) -> None:
    notices = explain_one(profiled_iris, FLOWER | {"petal_length": 20.0}).notices

    assert "Petal length 20 cm is outside" in notices[0]


def test_a_value_outside_the_range_does_not_hide_that_the_whole_is_unlike_any_flower(
    profiled_iris: LoadedModel,
) -> None:
    notices = explain_one(profiled_iris, FLOWER | {"petal_length": 20.0}).notices

    assert len(notices) == 2
    assert notices[1].startswith("All in all this is unlike all flowers")


@pytest.mark.parametrize("name", TEXT_MODELS)
@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("👍 👎", "There is no word in this text"),
        ("https://example.com/film/123", "only a link"),
    ],
)
def test_a_text_without_anything_to_read_is_noticed_in_words_of_its_own(
    catalogue: ModelCatalogue, name: str, text: str, notice: str
) -> None:
    (only,) = explained(catalogue[name], text).notices

    assert notice in only


OFF_SUBJECT = (
    "The hotel room was clean and the staff were friendly, but breakfast was poor and the wifi did not "
    "work at all during our three nights there."
)


def test_a_text_on_another_subject_is_noticed(reviews: LoadedModel) -> None:
    (notice,) = explained(reviews, OFF_SUBJECT).notices

    assert "none of the words that are typical" in notice
    assert "such as film, movie, characters" in notice
    assert explained(reviews, OFF_SUBJECT + " What a plot!").notices == ()


def test_typical_is_what_other_texts_hardly_have() -> None:
    films = ["A film with a plot<br />"] * 60
    others = ["A day with a friend"] * 60

    assert typical_words([films], others) == ["film", "plot"]


def test_one_flower_in_a_hundred_is_beyond_the_limit(profiled_iris: LoadedModel) -> None:
    profile = profiled_iris.metadata["profile"]

    nearest = distances(load_iris().data, profile["classes"]).min(axis=1)

    assert (nearest > profile["distance"]).sum() == 2


def test_a_distance_is_counted_in_standard_deviations() -> None:
    classes = {"a": {"mean": [1.0, 2.0], "precision": [[0.25, 0.0], [0.0, 1.0]]}}

    assert distances(np.array([[5.0, 2.0], [1.0, 5.0]]), classes)[:, 0] == pytest.approx([2, 3])


def counted(right: int, samples: int, probability: float = 0.96) -> str | None:
    part: Bin = {"low": 0.9, "high": 1.0, "samples": samples, "probability": 0.96, "right": right}
    return trust_sentence(probability, {"held_out": {"calibration": [part]}}, "flowers")


def test_a_probability_is_put_in_plain_words() -> None:
    sentence = trust_sentence(0.93, {"held_out": {"calibration": BINS}}, "reviews")

    assert sentence == (
        "When it was about this sure in the test, it got 91 of 100 reviews right "
        "(counted on 1,234)."
    )


def test_what_was_not_always_right_is_never_called_100_of_100() -> None:
    assert "got more than 99 of 100 flowers right" in str(counted(9_999, 10_000))
    assert "got 100 of 100" not in str(counted(10_000, 10_000))
    assert "141 flowers in the test and got all but one of them right" in str(counted(140, 141))
    assert "got all of them right; still, up to 3 in 100 may be wrong" in str(counted(137, 137))


def test_few_cases_are_told_with_what_is_possible() -> None:
    assert counted(8, 11) == (
        "It was about this sure of 11 flowers in the test and got 8 of them right; "
        "with so few, anything from half to nearly all is possible."
    )


def test_no_flower_counts_twice_in_what_is_said_of_iris(iris: LoadedModel) -> None:
    sentence = trust_sentence(0.999, iris.metadata, "flowers")

    assert "of 137 flowers" in str(sentence)
    assert "of 11 flowers" in str(trust_sentence(0.84, iris.metadata, "flowers"))


def test_less_sure_than_ever_in_the_test_has_no_figure() -> None:
    assert "left it this unsure" in str(counted(8, 11, probability=0.4))


def test_of_an_unusual_input_the_figures_say_nothing() -> None:
    sentence = trust_sentence(0.93, {"held_out": {"calibration": BINS}}, "reviews", is_unusual=True)

    assert sentence == (
        "How often it is right about inputs like this one is not known: it was tested on reviews "
        "of the usual kind."
    )


def test_nothing_is_claimed_without_held_out_cases() -> None:
    assert trust_sentence(0.9, {}) is None


CURVE: list[CoveragePoint] = [
    {"coverage": 1.0, "accuracy": 0.88, "threshold": 0.5},
    {"coverage": 0.9, "accuracy": 0.91, "threshold": 0.6},
    {"coverage": 0.5, "accuracy": 0.97, "threshold": 0.9},
]


@pytest.mark.parametrize(
    ("target", "probability"), [(0.8, 0.5), (0.9, 0.6), (0.95, 0.9), (0.99, 0.9)]
)
def test_a_threshold_answers_as_much_as_the_target_allows(
    target: float, probability: float
) -> None:
    assert choose_threshold(CURVE, target)["probability"] == probability


def test_a_threshold_states_what_it_reaches() -> None:
    assert choose_threshold(CURVE, 0.99)["accuracy"] == 0.97


@pytest.mark.parametrize(("probability", "unsure"), [(0.59, True), (0.6, False)])
def test_an_answer_under_the_threshold_is_unsure(probability: float, unsure: bool) -> None:
    prediction = Prediction("a", {"b": 1 - probability, "a": probability})

    assert (
        is_unsure(prediction, {"threshold": {"probability": 0.6, "accuracy": 0.9, "coverage": 0.8}})
        is unsure
    )
    assert is_unsure(prediction, {}) is False


def test_an_unsure_answer_names_the_two_likeliest() -> None:
    prediction = Prediction("b", {"a": 0.1, "b": 0.5, "c": 0.4})

    assert unsure_sentence(prediction) == "Unsure between b and c"
