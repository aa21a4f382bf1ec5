"""Why in words: parts that do not overlap and add up, and the sentence that is made of them."""

import pytest
from explaining import explain_one

from models.explain.explanation import EXACT, MIDDLE, OCCLUSION, Explanation, Familiarity
from models.explain.parts import Part, cut_phrases, text_parts, value_parts
from models.explain.sentence import why_sentence
from models.registry import LoadedModel, ModelCatalogue

TEXTS = (
    "Not bad at all, a lovely film, though the ending drags.",
    "It is not very good, it is not very good, and xqgoodzv!",
    "🔥 😂 👍 SO HAPPY 👩‍👩‍👧",
)
FLOWER = {"sepal_length": 5.8, "sepal_width": 3.0, "petal_length": 4.3, "petal_width": 1.3}


def explanation_of(baseline: str = "", kind: str = EXACT, intercept: float = 0.0) -> Explanation:
    return Explanation(kind, "up", "down", intercept, 1.0, (), Familiarity(), baseline=baseline)


@pytest.mark.parametrize("name", ["tweets", "reviews"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_parts_of_a_text_add_up_to_the_margin(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    explanation = explain_one(catalogue[name], {"text": text})
    pieces = cut_phrases(text, explanation)

    total = sum(part.value for part in text_parts(text, pieces, explanation))

    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert explanation.intercept + total == pytest.approx(explanation.margin, abs=1e-6)


def test_a_listed_phrase_is_one_piece_with_the_sum_of_its_words(reviews: LoadedModel) -> None:
    text = "It is not very good"
    explanation = explain_one(reviews, {"text": text})

    pieces = {text[p.start : p.end]: p.value for p in cut_phrases(text, explanation)}
    (first, *_) = text_parts(text, cut_phrases(text, explanation), explanation)

    assert pieces["not very good"] == first.value
    assert first.name == "“not very good”"


def test_a_usual_versicolor_has_petals_that_fit_versicolor(iris: LoadedModel) -> None:
    explanation = explain_one(iris, FLOWER)
    sentence = why_sentence(value_parts(iris.spec, FLOWER, explanation), explanation)

    assert explanation.intercept == pytest.approx(0, abs=1e-9)
    assert sentence == (
        "Petal width 1.3 cm fits versicolor better than virginica; petal length 4.3 cm agrees; "
        "sepal length 5.8 cm points to virginica."
    )


@pytest.mark.parametrize(
    ("parts", "explanation", "sentence"),
    [
        (
            [Part("“a”", 2), Part("“b”", -1.5), Part("“c”", 1)],
            explanation_of(),
            "“a” and “c” speak for up, “b” against.",
        ),
        (
            [Part("“a”", 5), Part("“b”", -0.5)],
            explanation_of(),
            "Above all “a” speaks for up; little speaks against.",
        ),
        (
            [Part("“a”", -1)],
            explanation_of(intercept=2),
            "“a” speaks against up, but the model leans to up from the start.",
        ),
        (
            [Part("“a”", 0.01)],
            explanation_of(),
            "Nothing in it counts for much: the answer is the model's starting point.",
        ),
        (
            [Part("Height 2 m", 1), Part("Width 1 m", -0.6)],
            explanation_of(MIDDLE),
            "Height 2 m fits up better than down; width 1 m points to down.",
        ),
        (
            [Part("“a”", 1)],
            explanation_of(kind=OCCLUSION),
            "Approximately: “a” speaks for up; little speaks against.",
        ),
    ],
)
def test_a_sentence_says_what_counts(
    parts: list[Part], explanation: Explanation, sentence: str
) -> None:
    assert why_sentence(parts, explanation) == sentence
