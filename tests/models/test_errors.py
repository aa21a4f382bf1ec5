import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UnknownModel, UserError, shown

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_a_short_value_is_shown_in_quotes() -> None:
    assert shown("plum") == "'plum'"


def test_a_number_is_shown_as_it_is() -> None:
    assert shown(3.5) == "3.5"


def test_a_long_value_is_cut_and_says_so() -> None:
    text = shown("x" * 10_000)

    assert text.startswith("'xxx")
    assert text.endswith("…")
    assert len(text) <= 43


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\n", "\u2028", "\ud800"])
def test_what_would_break_a_line_or_a_terminal_is_escaped(control: str) -> None:
    assert control not in shown(control)


@given(ANY_TEXT)
def test_any_text_can_be_shown_on_one_line_in_any_encoding_of_unicode(text: str) -> None:
    line = shown(text)

    assert line.encode()
    assert len(line.splitlines()) == 1
    assert len(line) <= 43


def test_a_deeply_nested_value_can_be_shown() -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]

    assert 0 < len(shown(nested)) <= 43


def test_an_integer_of_many_digits_can_be_shown() -> None:
    assert 0 < len(shown(10**5000)) <= 43


def test_an_unknown_model_names_those_there_are() -> None:
    error = UnknownModel("irsi", ("tweets", "iris"))

    assert error.message == "There is no model 'irsi'; choose one of: tweets, iris."
    assert error.code == "unknown_model"
    assert isinstance(error, UserError)
