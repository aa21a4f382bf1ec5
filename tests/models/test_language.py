"""Which language a text is in."""

from itertools import groupby
from pathlib import Path

import pytest

from models.evaluation import visitors
from models.reviews.training import CHECKS as REVIEWS
from models.text.language import find_language
from models.tweets.training import CHECKS as TWEETS

FILE = Path(__file__).with_name("texts") / "sentences_of_languages.txt"
LINES = FILE.read_text("utf-8").splitlines()
PAIRS: list[tuple[str, str]] = []
for line in LINES:
    if line.startswith("# "):
        language = line.removeprefix("# ")
    else:
        PAIRS.append((language, line))


@pytest.mark.parametrize(
    ("language", "texts"),
    [(name, [text for _, text in pairs]) for name, pairs in groupby(PAIRS, lambda pair: pair[0])],
)
def test_sentences_of_a_language_are_told(language: str, texts: list[str]) -> None:
    found = [find_language(text) for text in texts]

    assert found.count(language) >= 0.95 * len(texts)


def test_english_is_taken_for_no_other_language() -> None:
    typed = [text for text, _ in (*visitors.TWEETS, *visitors.REVIEWS)]
    made = [case.text for check in (*REVIEWS, *TWEETS) for case in check.cases]

    assert [text for text in (*typed, *made) if find_language(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😍",
        "Real Madrid",
        "El Clasico",
        "La La Land",
        "c'est la vie",
        "Los Angeles",
        "merci",
        "Amélie",
        "Penélope Cruz is in La Casa de Papel",
        "The director of El laberinto del fauno",
        "Das Boot is a masterpiece",
        "@maria https://t.co/de/la/que #parati",
        "C'mon man, that's not nice",
        "日本",
        "I saw 千と千尋 yesterday and loved it",
    ],
)
def test_short_mixed_and_borrowed_words_stay_unremarked(text: str) -> None:
    assert find_language(text) is None
