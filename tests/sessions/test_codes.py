"""Codes that are read out and typed, and the secrets that let people in."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.sessions.codes import (
    ALPHABET,
    new_code,
    new_token,
    normal_code,
    standing_code,
    token_hash,
)

codes = st.lists(
    st.text(st.sampled_from(ALPHABET), min_size=4, max_size=4), min_size=4, max_size=4
).map("-".join)
separators = st.text(st.sampled_from(" -–—_.\t\n\u00a0\u200b"), max_size=3)


def test_a_code_is_four_groups_of_letters_that_cannot_be_taken_for_others() -> None:
    for _ in range(50):
        code = new_code()

        assert re.fullmatch(r"(\w{4}-){3}\w{4}", code)
        assert set(code) <= set(ALPHABET) | {"-"}
    assert not set("01ilo") & set(ALPHABET)


def test_a_code_cannot_be_guessed() -> None:
    assert 16 * math.log2(len(set(ALPHABET))) > 79
    assert len({new_code() for _ in range(1_000)}) == 1_000


def test_every_letter_of_the_alphabet_comes_up() -> None:
    assert {letter for _ in range(200) for letter in new_code()} == set(ALPHABET) | {"-"}


@given(code=codes, between=st.lists(separators, min_size=17, max_size=17), upper=st.booleans())
def test_a_code_is_found_however_it_is_typed(code: str, between: list[str], upper: bool) -> None:
    letters = code.replace("-", "")
    typed = "".join(a + b for a, b in zip(between, f"{letters} ", strict=True))

    assert normal_code(typed.upper() if upper else typed) == code


@given(st.text())
def test_any_text_has_one_normal_form(text: str) -> None:
    once = normal_code(text)

    assert normal_code(once) == once


@pytest.mark.parametrize("text", ["", "abc", "open-feedback-iris", "k7qm-3fhn-x2pd-9wt", "k" * 17])
def test_what_is_no_code_stays_what_it_is(text: str) -> None:
    assert normal_code(f" {text.upper()} ") == text


def test_a_standing_code_is_its_own_normal_form() -> None:
    assert standing_code("movie_reviews") == "open-feedback-movie-reviews"
    assert normal_code(standing_code("movie_reviews")) == standing_code("movie_reviews")


def test_a_token_is_long_and_safe_in_a_link() -> None:
    tokens = {new_token() for _ in range(200)}

    assert len(tokens) == 200
    assert all(re.fullmatch(r"[\w-]{32}", token) for token in tokens)


def test_the_hash_of_a_token_does_not_tell_it() -> None:
    token = new_token()

    assert re.fullmatch(r"[0-9a-f]{64}", token_hash(token))
    assert token not in token_hash(token)
    assert token_hash(token) != token_hash(token + "x")


def test_any_text_that_is_sent_as_a_token_has_a_hash() -> None:
    assert token_hash("\ud800") != token_hash("\udfff")
