"""How the words of a sentence are meant: turned, strengthened, set aside, or saying nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text.cues import CUES
from models.text.scope import NOT, find_scope

PLAIN = ["good", "film", "anna", "muslim", "at", "all", "would", ",", ".", "?", '"', "(", "i"]
CUE_TEXTS = st.lists(st.sampled_from([*sorted(CUES), *PLAIN * 12]), max_size=25)


def written(text: str, neutral: set[str] | None = None) -> str:
    """Return the words that say something, the turned ones marked, and those in "[]" that say less."""
    forms = text.split()
    scope = find_scope(forms, neutral or ())
    if scope is None:
        return text
    words = [NOT + f if turned else f for f, turned in zip(forms, scope.turned, strict=True)]
    pairs = zip(words, scope.shares, strict=True)
    return " ".join(word if share >= 1 else f"[{word}]" for word, share in pairs if share)


def shares_below(text: str, bound: float) -> list[str]:
    forms = text.split()
    scope = find_scope(forms)
    shares = [1.0] * len(forms) if scope is None else scope.shares
    return [form for form, share in zip(forms, shares, strict=True) if 0 < share < bound]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("it was not a good film", "it was a not_good not_film"),
        ("never a slow sad dull endless plot", "a not_slow not_sad not_dull endless plot"),
        ("not good . bad", "not_good . bad"),
        ("not good because bad", "not_good because bad"),
        ("not good , bad", "not_good , bad"),
        ('not " good "', '" not_good "'),
        ("not not good", "good"),
        ("neither good nor funny", "not_good not_funny"),
        ("not good at all", "not_good"),
        ("it is far from good", "it is not_good"),
        ("anything but good", "not_good"),
        ("it could have been good", "it could have been not_good"),
        ("it could've been good", "it could've been not_good"),
        ("i wish it were good", "i wish it were not_good"),
        ("it is no longer good", "it is not_longer not_good"),
        ("it could not be better", "it be better"),
        ("i couldn't be happier", "i be happier"),
        ("it has never been better", "it has been better"),
    ],
)
def test_a_negation_turns_the_words_it_reaches(text: str, meant: str) -> None:
    assert written(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a good film",
        "not only good",
        "no doubt it is good",
        "not to mention the great cast",
        "it could be good",
        "is it good or not ?",
        "why not ?",
        "it was good , wasn't it ?",
        "far away",
        "can't wait for good days",
        "i could not believe how good it was",
        "i cannot get enough of it",
        "i can't recommend it enough",
        "isn't it great ?",
        "i love this one , not that",
        "a great film , even if you do not",
        "i liked it . no .",
    ],
)
def test_a_negation_that_negates_nothing_changes_nothing(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i thought it would be bad , but it was not", "not_bad"),
        ("they say that it is good . it isn't .", "not_good ."),
        ("was it good ? no .", "not_good ."),
        ("did i enjoy it ? yes .", "enjoy ."),
    ],
)
def test_an_answer_turns_or_keeps_what_it_answers(text: str, meant: str) -> None:
    assert written(text) == meant


def test_a_neutral_word_is_not_turned() -> None:
    assert written("it was not a good film", {"film"}) == "it was a not_good film"


def test_a_negation_of_neutral_words_alone_does_not_answer_the_clause_before() -> None:
    assert written("good , not a film", {"film"}) == "good , a film"


def test_what_is_turned_is_shown_with_its_negation() -> None:
    scope = find_scope(["it", "was", "not", "a", "good", "film"])

    assert scope is not None
    assert scope.sources == [0, 1, 2, 3, 2, 5]


@pytest.mark.parametrize(("text", "share"), [("very good", 1.5), ("not very good", 1.0)])
def test_very_makes_a_word_count_for_more_unless_it_is_turned(text: str, share: float) -> None:
    scope = find_scope(text.split())

    assert scope is not None
    assert scope.shares[-1] == share


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("critics loved it , but i was bored", ["critics", "loved", "it", ","]),
        ("i was bored , but critics loved it", ["but", "critics", "loved", "it"]),
        ("people say it is dull . i loved it", ["people", "say", "it", "is", "dull", "."]),
        ("i used to love it , now it is dull", ["i", "used", "to", "love", "it"]),
        ("now it is dull , i used to love it", [",", "i", "used", "to", "love", "it"]),
        ("years ago it was fun . today it is dull", ["years", "ago", "it", "was", "fun", "."]),
        ("i hoped it would last , but it broke", ["i", "hoped", "it", "would", "last", ","]),
    ],
)
def test_what_others_think_and_what_once_was_is_set_aside(text: str, less: list[str]) -> None:
    assert shares_below(text, 0.2) == less


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("it is slow but good", "it is slow"),
        ("it is good although slow", "although slow"),
        ("although it is slow , it is good", "although it is slow"),
        ("even though it is slow , it is good", "though it is slow"),
    ],
)
def test_a_clause_that_another_outweighs_says_less(text: str, less: str) -> None:
    assert shares_below(text, 1.0) == less.split()
    assert shares_below(text, 0.5) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("anna is good", "is good"),
        ("a muslim doctor in new york", "a doctor in"),
        ("not muslim", ""),
    ],
)
def test_names_and_groups_say_nothing(text: str, meant: str) -> None:
    assert written(text) == meant


@settings(max_examples=40)
@given(forms=CUE_TEXTS)
def test_each_word_has_a_mark_a_share_and_a_source(forms: list[str]) -> None:
    scope = find_scope(forms)

    if scope is not None:
        assert len(scope.turned) == len(scope.shares) == len(scope.sources) == len(forms)
        assert min(scope.shares) >= 0
        assert all(0 <= source < len(forms) for source in scope.sources)
