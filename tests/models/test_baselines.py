import nltk
import numpy as np
import pytest
from sklearn.pipeline import Pipeline

from models.errors import DatasetError
from models.evaluation.baselines import VaderClassifier, text_baselines, tutorial_tokens
from models.text.corpora import load_corpus

TEXTS = np.array(
    [
        "what a wonderful day",
        "I love this song",
        "great fun, thank you",
        "this is terrible",
        "I hate the rain",
        "awful, never again",
        "the shop opens at nine",
        "a train to the coast",
        "we meet on Tuesday",
    ],
    object,
)
LABELS = np.repeat(np.array(["positive", "negative", "neutral"], object), 3)


def corpora_are_here() -> bool:
    try:
        return all(nltk.data.find(f"corpora/{name}.zip") for name in ("stopwords", "wordnet"))
    except LookupError:
        return False


needs_corpora = pytest.mark.skipif(
    not corpora_are_here(), reason="NLTK's stop words and WordNet are in none of its folders."
)


@needs_corpora
def test_the_tutorial_drops_case_digits_punctuation_and_stop_words_and_finds_lemmas() -> None:
    assert tutorial_tokens("The 2 CATS weren't in these boxes!") == ["cat", "werent", "box"]


@needs_corpora
@pytest.mark.parametrize("name", text_baselines())
def test_every_baseline_learns_texts_and_answers_with_their_classes(name: str) -> None:
    fitted = text_baselines()[name].fit(TEXTS, LABELS)

    predicted = fitted.predict(TEXTS)

    assert set(predicted) <= set(LABELS)
    assert np.mean(predicted == LABELS) >= (0.3 if name == "majority guess" else 0.6)
    assert list(fitted.classes_) == ["negative", "neutral", "positive"]


def test_vader_says_neutral_only_if_that_is_a_class() -> None:
    three = VaderClassifier().fit(TEXTS, LABELS)
    two = VaderClassifier().fit(TEXTS, np.where(LABELS == "neutral", "positive", LABELS))

    plain = ["the shop opens at nine"]
    assert three.predict(plain).tolist() == ["neutral"]
    assert two.predict(plain).tolist() == ["positive"]
    assert two.predict(["this is terrible", "I love it"]).tolist() == ["negative", "positive"]


def test_a_corpus_that_cannot_be_had_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nltk.data, "path", [])
    monkeypatch.setattr(nltk, "download", lambda *_, **__: False)

    with pytest.raises(DatasetError, match=r"corpus abc .*corpora/abc\.zip in NLTK_DATA"):
        load_corpus("abc")


def test_baselines_are_unfitted_and_made_anew_at_each_call() -> None:
    first, second = text_baselines(), text_baselines()

    assert all(first[name] is not second[name] for name in first)
    recipe = first["tutorial's recipe"]
    assert isinstance(recipe, Pipeline)
    assert not hasattr(recipe[0], "vocabulary_")
