"""What people type: cleaned, told apart, and refused in words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.sessions.errors import InvalidSession
from demo.sessions.looks import look_of
from demo.sessions.text import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    check_choice,
    choose_name,
    clean_line,
    clean_text,
    shorten,
)

anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(anything)
def test_a_cleaned_text_holds_nothing_that_a_page_or_a_database_chokes_on(text: str) -> None:
    cleaned = clean_text(text, "comment")

    kinds = {unicodedata.category(sign) for sign in cleaned if sign not in "\t\n\r"}
    assert not kinds & {"Cc", "Cs"}
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean_text(cleaned, "comment") == cleaned
    assert "\r" not in cleaned


@given(anything)
def test_a_cleaned_line_is_one_line(text: str) -> None:
    line = clean_line(text, "title")

    assert len(line.splitlines()) <= 1
    assert line == " ".join(line.split())
    assert clean_line(line, "title") == line


def test_a_text_keeps_its_lines_and_markup_as_they_were_typed() -> None:
    assert clean_text("  <b>One</b>\n\ttwo & three\r\n", "comment") == "<b>One</b>\n\ttwo & three"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A\x00n\x07n\x1ba", "Anna"),
        ("Anna\u202egpj.exe", "Annagpj.exe"),
        ("\u2066Anna\u2069", "Anna"),
        ("An\ud800na", "Anna"),
        ("A\x85nn\x9fa", "Anna"),
        ("مارية", "مارية"),
        ("👩‍🔬 Anna", "👩‍🔬 Anna"),
    ],
)
def test_what_cannot_be_shown_is_left_out(typed: str, kept: str) -> None:
    assert clean_line(typed, "name") == kept


@pytest.mark.parametrize("value", [None, 1, True, ["a"], {"a": 1}, b"a"])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(InvalidSession, match="Comment must be a text, but ") as caught:
        clean_text(value, "comment")

    assert caught.value.field == "comment"


@pytest.mark.parametrize("length", [LONGEST_TEXT + 1, 1_000_000])
def test_a_text_that_is_too_long_is_refused_with_its_length(length: int) -> None:
    with pytest.raises(InvalidSession) as caught:
        clean_text("x" * length, "comment")

    assert caught.value.message == (
        f"Comment has {length:,} characters; at most 4,000 are allowed. Shorten it."
    )


def test_the_longest_texts_are_taken() -> None:
    assert len(clean_text("x" * LONGEST_TEXT, "comment")) == LONGEST_TEXT
    assert len(clean_line("x" * LONGEST_LINE, "title")) == LONGEST_LINE
    with pytest.raises(InvalidSession):
        clean_line("x" * (LONGEST_LINE + 1), "title")


def test_a_choice_is_one_of_those_allowed() -> None:
    check_choice("a", ("a", "b"), "order")

    others: tuple[object, ...] = ("c", "", None, ["a"], {}, 1, "A")
    for value in others:
        with pytest.raises(InvalidSession, match="choose one of: a, b") as caught:
            check_choice(value, ("a", "b"), "order")
        assert caught.value.field == "order"


@pytest.mark.parametrize(
    "wanted",
    [
        "Anna",
        "ANNA",
        " anna ",
        "An\u200bna",
        "Ａnna",  # a wide A
        "Anna\u00ad",
    ],
)
def test_a_second_anna_is_told_apart(wanted: str) -> None:
    assert look_of(choose_name(wanted, ["Anna"], anonymous=False)) == "anna (2)"


def test_accents_are_the_same_however_they_are_written() -> None:
    assert choose_name("Jose\u0301", ["José"], anonymous=False) == "Jose\u0301 (2)"


def test_a_number_that_somebody_took_as_a_name_is_left_to_them() -> None:
    assert choose_name("Anna", ["Anna", "Anna (2)"], anonymous=False) == "Anna (3)"
    assert choose_name("Anna (2)", ["Anna", "Anna (2)"], anonymous=False) == "Anna (2) (2)"


@given(st.lists(st.sampled_from(["Anna", "anna", "Anna (2)", "Ben", "Anna (3)", " Ben "])))
def test_no_two_names_of_a_session_look_alike(wanted: list[str]) -> None:
    taken: list[str] = []
    for name in wanted:
        taken.append(choose_name(name, taken, anonymous=False))

    assert len({look_of(name) for name in taken}) == len(taken)


@pytest.mark.parametrize("name", ["", "  ", "\x00", "\u200b\u200b", "\u202e"])
def test_a_name_that_shows_nothing_is_missing(name: str) -> None:
    with pytest.raises(InvalidSession, match="Your name is missing") as caught:
        choose_name(name, [], anonymous=False)

    assert caught.value.field == "name"
    assert choose_name(name, ["Anonymous"], anonymous=True) == "Anonymous (2)"


def test_the_longest_name_still_fits_its_column() -> None:
    name = "x" * LONGEST_NAME
    taken = [name, *(f"{name} ({number})" for number in range(2, 1_000))]

    assert len(choose_name(name, taken, anonymous=False)) <= 200
    with pytest.raises(InvalidSession, match="Name has 81 characters"):
        choose_name(name + "x", [], anonymous=False)


@pytest.mark.parametrize("name", [None, 7, ["Anna"]])
def test_a_name_must_be_a_text_even_where_it_may_be_left_out(name: object) -> None:
    with pytest.raises(InvalidSession, match="Name must be a text"):
        choose_name(name, [], anonymous=True)


@pytest.mark.parametrize("text", ["one\rtwo", "one\r\ntwo", "one\ntwo"])
def test_every_line_break_becomes_a_line_feed(text: str) -> None:
    assert clean_text(text, "comment") == "one\ntwo"
    assert clean_line(text, "title") == "one two"


@pytest.mark.parametrize("longest", [1, 2, 10, 18, 19, 33, 34, 99])
def test_a_shortened_text_keeps_its_beginning(longest: int) -> None:
    text = "A good film, but dull in the middle."
    shown = shorten(text, longest)

    assert len(shown) <= longest
    assert shown == text if longest >= len(text) else text.startswith(shown.removesuffix("…"))


def test_a_text_without_a_limit_stays_whole() -> None:
    assert shorten("A dull film", None) == "A dull film"
