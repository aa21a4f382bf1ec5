"""What is listed: phrases by their plain names, each once, with all of their places."""

import time

import numpy as np
import pytest
from explaining import explain_one

from models.explain.explanation import Contribution
from models.explain.phrases import sum_phrases
from models.registry import ModelCatalogue
from models.text.reading import Occurrences, Reading

TEXT_MODELS = ("tweets", "reviews")


def listed(catalogue: ModelCatalogue, name: str, text: str) -> dict[str, Contribution]:
    """Return the contributions by their names: no name may come twice."""
    contributions = explain_one(catalogue[name], {"text": text}).contributions
    named = {contribution.feature: contribution for contribution in contributions}
    assert len(named) == len(contributions)
    return named


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_the_word_that_decides_comes_first_with_its_place(
    catalogue: ModelCatalogue, name: str
) -> None:
    text = "What a  Terrible\nending"

    explanation = explain_one(catalogue[name], {"text": text})

    strongest = explanation.contributions[0]
    assert "terrible" in strongest.feature
    assert any(text[start:end].endswith("Terrible") for start, end in strongest.spans)
    assert strongest.value > 0
    assert explanation.toward == "negative"


def test_half_words_are_not_listed(catalogue: ModelCatalogue) -> None:
    text = "Wonderful weather, unbelievable crowd!"

    explanation = explain_one(catalogue["tweets"], {"text": text})

    edges = {word.start for word in explanation.words}, {word.end for word in explanation.words}
    for contribution in explanation.contributions:
        for start, end in contribution.spans:
            assert start in edges[0]
            assert end in edges[1]


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_a_word_is_listed_once_with_all_its_places(catalogue: ModelCatalogue, name: str) -> None:
    text = "Superb. The plot is dull, but the cast: SUPERB"

    found = listed(catalogue, name, text)

    assert [text[start:end] for start, end in found["superb"].spans] == ["Superb", "SUPERB"]
    assert "superb." not in found
    assert "dull" in found


@pytest.mark.parametrize("text", ["A dull\nfilm", "A dull  film", "A dull <br /> film"])
def test_a_phrase_is_named_without_breaks_and_markup(catalogue: ModelCatalogue, text: str) -> None:
    found = listed(catalogue, "reviews", text)

    assert found["dull film"].spans == ((2, len(text)),)


def test_a_negated_word_is_listed_with_what_negates_it(catalogue: ModelCatalogue) -> None:
    found = listed(catalogue, "reviews", "It is not very good")

    assert found["not very good"].spans == ((6, 19),)
    assert "good" not in found


def test_letters_of_an_unknown_word_are_listed_as_such(catalogue: ModelCatalogue) -> None:
    text = "absolutley xqgoodzv"

    found = listed(catalogue, "tweets", text)

    assert found["letters of xqgoodzv"].spans == ((11, 19),)
    assert "xqgoodzv" not in found


def test_manner_of_writing_has_a_title_and_the_places_of_its_words(
    catalogue: ModelCatalogue,
) -> None:
    text = "WHAT a lovely DAY, sooo nice"

    found = listed(catalogue, "tweets", text)

    places = {
        title: [text[start:end] for start, end in found[title].spans]
        for title in ("words in capitals", "stretched words", "length of the text")
    }
    assert places == {
        "words in capitals": ["WHAT", "DAY"],
        "stretched words": ["sooo"],
        "length of the text": [],
    }


def test_a_phrase_at_many_places_is_summed_in_time_that_grows_with_their_number() -> None:
    n_words = 30_000
    places = np.arange(n_words)
    reading = Reading(
        (places, np.ones(n_words)),
        [(2 * place, 2 * place + 1) for place in range(n_words)],
        np.ones(n_words, np.bool_),
        Occurrences(np.zeros(n_words, np.int64), places, places, np.full(n_words, 1 / n_words)),
    )
    start = time.process_time()

    sums, spans = sum_phrases("e " * n_words, reading, np.ones(n_words))

    assert time.process_time() - start < 0.5
    assert sums == {"e": n_words}
    assert spans["e"] == tuple(reading.words)
