"""Why: the identity, the words, the offsets, and what stands in for it where nothing is linear."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_iris
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from models.explain import explain_one, predict_explained
from models.explanation import Explanation
from models.highlights import highlights
from models.predict import predict_one
from models.registry import LoadedModel, Shelf
from models.spec import is_blank

TEXT_MODELS = ("tweets", "reviews")
PIECES = st.sampled_from(
    [
        *("not", "good!", "bad", ":(", "😍", "❤️", "👍🏽", "GREAT", "sooooo", "İstanbul", "&amp;"),
        *("<br />", "@ann", "#win", "http://a.b/c", "10/10", "can't", "\t", "\n", "  ", "wörd"),
        *("asdf", "the worst film", "e\u0301"),
    ]
)
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
TEXTS = (
    (st.lists(PIECES | ANY_TEXT, min_size=1, max_size=12).map(" ".join) | ANY_TEXT)
    .filter(lambda text: not is_blank(text))
    .filter(lambda text: len(text) < 5_000)
)
FLOWER = {"sepal_length": 6.3, "sepal_width": 2.8, "petal_length": 5.0, "petal_width": 1.5}
NUMBERS = st.floats(min_value=0.1, max_value=10)
FLOWERS = st.fixed_dictionaries(dict.fromkeys(FLOWER, NUMBERS))


def total(explanation: Explanation) -> float:
    return explanation.intercept + sum(c.value for c in explanation.contributions)


def decision_margin(model: LoadedModel, sample: object, explanation: Explanation) -> float:
    """The margin from scikit-learn's own rows and weights, in double precision."""
    pipeline = model.pipeline
    rows = pipeline[:-1].transform([sample]) if len(pipeline) > 1 else np.array([sample])  # type: ignore[index, arg-type]
    classifier = pipeline[-1]  # type: ignore[index]
    decision = np.asarray(rows @ classifier.coef_.T.astype(np.float64) + classifier.intercept_)[0]
    toward, against = map(model.spec.classes.index, (explanation.toward, explanation.against))
    if len(decision) == 1:
        return float(decision[0] if toward == 1 else -decision[0])
    return float(decision[toward] - decision[against])


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_contributions_and_intercept_are_the_decision_value(
    shelf: Shelf, name: str, text: str
) -> None:
    prediction, explanation = predict_explained(shelf[name], {"text": text})

    assert explanation.kind == "exact"
    assert total(explanation) == pytest.approx(explanation.margin, abs=1e-6)
    assert explanation.margin == pytest.approx(
        decision_margin(shelf[name], text, explanation), abs=1e-6
    )
    assert replace(prediction, notices=()) == replace(
        predict_one(shelf[name], {"text": text}), notices=()
    )


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_the_margin_leads_to_the_shown_probability(shelf: Shelf, name: str, text: str) -> None:
    prediction, explanation = predict_explained(shelf[name], {"text": text})
    odds = (
        prediction.probabilities[explanation.toward] / prediction.probabilities[explanation.against]
    )

    assert np.log(odds) == pytest.approx(explanation.margin, abs=1e-4)


@given(flower=FLOWERS)
def test_the_identity_holds_for_flowers(shelf: Shelf, flower: dict[str, float]) -> None:
    iris = shelf["iris"]
    explanation = predict_explained(iris, flower)[1]
    decision = decision_margin(iris, [flower[field] for field in FLOWER], explanation)

    assert total(explanation) == pytest.approx(explanation.margin, abs=1e-6)
    assert explanation.margin == pytest.approx(decision, abs=1e-6)


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_highlights_and_spans_lie_in_the_untouched_text(shelf: Shelf, name: str, text: str) -> None:
    explanation = predict_explained(shelf[name], {"text": text})[1]
    pieces = highlights(text, explanation)

    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.start < piece.end for piece in pieces)
    for contribution in explanation.contributions:
        assert all(0 <= start < end <= len(text) for start, end in contribution.spans)


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(
    words=st.lists(
        st.sampled_from(["Good", "not", "bad", "film", "great", "I", "hated", "it"]), min_size=1
    )
)
def test_the_colours_add_up_to_what_the_bars_say(shelf: Shelf, name: str, words: list[str]) -> None:
    text = "\n ".join(words)
    explanation = predict_explained(shelf[name], {"text": text})[1]
    located = sum(c.value for c in explanation.contributions if c.spans)

    coloured = sum(piece.value or 0 for piece in highlights(text, explanation))

    assert coloured == pytest.approx(located, abs=1e-9)


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_a_vectorizer_reads_what_it_transforms(shelf: Shelf, name: str, text: str) -> None:
    vectorizer = shelf[name].pipeline[0]  # type: ignore[index]
    row, reading = vectorizer.transform([text]), vectorizer.read(text)

    assert row.indices.tobytes() == reading.row.indices.tobytes()
    assert row.data.tobytes() == reading.row.data.tobytes()
    present = np.isin(reading.places.columns, row.indices)
    assert present.all()
    shares = np.bincount(reading.places.columns, reading.places.shares)
    assert shares[np.unique(reading.places.columns)] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_the_word_that_decides_comes_first_with_its_place(shelf: Shelf, name: str) -> None:
    text = "What a  Terrible\nending"

    explanation = explain_one(shelf[name], {"text": text})

    strongest = explanation.contributions[0]
    assert "terrible" in strongest.feature
    assert any(text[start:end].endswith("Terrible") for start, end in strongest.spans)
    assert strongest.value > 0
    assert explanation.toward == "negative"


def test_half_words_are_not_listed(shelf: Shelf) -> None:
    text = "Wonderful weather, unbelievable crowd!"

    explanation = explain_one(shelf["tweets"], {"text": text})

    edges = {word.start for word in explanation.words}, {word.end for word in explanation.words}
    for contribution in explanation.contributions:
        for start, end in contribution.spans:
            assert start in edges[0]
            assert end in edges[1]


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_an_unknown_word_is_marked_and_not_coloured(shelf: Shelf, name: str) -> None:
    text = "A good xqzvvk"

    unknown = [p for p in highlights(text, explain_one(shelf[name], {"text": text})) if p.unknown]

    assert [text[piece.start : piece.end] for piece in unknown] == ["xqzvvk"]
    assert unknown[0].value is None


def test_an_emoji_stays_in_one_piece(shelf: Shelf) -> None:
    text = "ok 👍🏽 ❤️ 👩‍👩‍👧"

    pieces = highlights(text, explain_one(shelf["tweets"], {"text": text}))

    assert [text[p.start : p.end] for p in pieces if text[p.start : p.end].strip()] == text.split()


def test_the_average_flower_is_explained_by_the_intercept_alone(iris: LoadedModel) -> None:
    mean = load_iris().data.mean(axis=0)
    profiled = replace(
        iris, metadata=iris.metadata | {"profile": PROFILE | {"mean": mean.tolist()}}
    )

    explanation = explain_one(profiled, dict(zip(FLOWER, mean.tolist(), strict=True)))

    assert explanation.contributions == ()
    assert explanation.margin == explanation.intercept


def test_a_longer_petal_speaks_for_virginica(iris: LoadedModel) -> None:
    explanation = explain_one(iris, FLOWER | {"petal_length": 6.5, "petal_width": 2.3})
    values = {c.feature: c.value for c in explanation.contributions}

    assert (explanation.toward, explanation.against) == ("virginica", "versicolor")
    assert values["Petal length"] > 0
    assert values["Petal width"] > 0


def test_a_description_is_json_by_the_contract(shelf: Shelf) -> None:
    described = json.loads(
        json.dumps(explain_one(shelf["reviews"], {"text": "Not good."}).describe())
    )

    assert list(described) == [
        "kind",
        "toward",
        "against",
        "intercept",
        "margin",
        "contributions",
        "flip",
        "familiarity",
        "notices",
    ]
    assert set(described["contributions"][0]) == {"feature", "value", "spans"}
    values = [abs(c["value"]) for c in described["contributions"]]
    assert values == sorted(values, reverse=True)


PROFILE = {
    "classes": {"setosa": {"mean": [5.0, 3.4, 1.5, 0.2], "precision": np.eye(4).tolist()}},
    "distance": 100.0,
}
REVIEWS = ["good film", "a good story", "bad film", "a bad story", "good", "bad"] * 4
LABELS = ["positive", "positive", "negative", "negative", "positive", "negative"] * 4


def test_a_scaled_linear_model_of_numbers_is_exact(iris: LoadedModel) -> None:
    X, y = load_iris(return_X_y=True)
    names = load_iris().target_names[y]
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, names)

    explanation = predict_explained(replace(iris, pipeline=pipeline), FLOWER)[1]

    decision = np.sort(pipeline.decision_function([list(FLOWER.values())])[0])
    assert explanation.kind == "exact"
    assert total(explanation) == pytest.approx(decision[-1] - decision[-2], abs=1e-6)


@pytest.mark.parametrize(
    "classifier", [KNeighborsClassifier(7), DecisionTreeClassifier(max_depth=3)]
)
def test_what_is_not_linear_is_explained_by_occlusion(
    iris: LoadedModel, classifier: object
) -> None:
    X, y = load_iris(return_X_y=True)
    pipeline = make_pipeline(classifier).fit(X, load_iris().target_names[y])

    explanation = explain_one(
        replace(iris, pipeline=pipeline), FLOWER | {"petal_length": 1.4, "petal_width": 0.2}
    )

    assert explanation.kind == "occlusion"
    assert explanation.toward == "setosa"
    assert explanation.contributions[0].feature.startswith("Petal")
    assert explanation.contributions[0].value > 0
    assert total(explanation) == pytest.approx(explanation.margin, abs=1e-6)


def test_a_tree_of_texts_is_explained_by_leaving_words_out(reviews: LoadedModel) -> None:
    pipeline = make_pipeline(TfidfVectorizer(), DecisionTreeClassifier(random_state=0))
    model = replace(reviews, pipeline=pipeline.fit(REVIEWS, LABELS))
    text = "The film was bad"

    explanation = explain_one(model, {"text": text})

    assert explanation.kind == "occlusion"
    assert explanation.contributions[0].feature == "bad"
    assert explanation.contributions[0].spans == ((13, 16),)


def test_a_foreign_linear_vectorizer_is_exact_without_places(reviews: LoadedModel) -> None:
    pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(REVIEWS, LABELS)

    explanation = predict_explained(replace(reviews, pipeline=pipeline), {"text": "A good film"})[1]

    assert explanation.kind == "exact"
    assert explanation.contributions[0].feature == "good"
    assert total(explanation) == pytest.approx(
        abs(pipeline.decision_function(["A good film"])[0]), abs=1e-6
    )


class SpanVectorizer(TfidfVectorizer):  # type: ignore[misc]
    """Offers `analyze`, as a model of somebody else may."""

    def analyze(self, text: str) -> list[tuple[str, int, int]]:
        low, found = text.lower(), []
        for name in self.vocabulary_:
            at = low.find(name)
            if at >= 0:
                found.append((name, at, at + len(name)))
        return found


def test_a_vectorizer_that_only_analyzes_gives_places(reviews: LoadedModel) -> None:
    pipeline = make_pipeline(SpanVectorizer(), LogisticRegression()).fit(REVIEWS, LABELS)

    explanation = predict_explained(replace(reviews, pipeline=pipeline), {"text": "So GOOD, zzz"})[
        1
    ]

    assert explanation.contributions[0].spans == ((3, 7),)
    assert [word.known for word in explanation.words] == [False, True, False, False]
