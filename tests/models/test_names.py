"""Which words are names of people and of places."""

import pytest

from models.text.lexicons import read_liu
from models.text.names import load_names, mark_names


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("anna met ahmed's brother", ["anna", "ahmed's"]),
        ("a weekend in new york", ["new", "york"]),
        ("a new phone", []),
        ("i hope it is nice", []),
        ("", []),
    ],
)
def test_names_are_marked_with_what_belongs_to_them(text: str, marked: list[str]) -> None:
    forms = text.split()

    assert [forms[index] for index in sorted(set(mark_names(forms)))] == marked


def test_every_name_is_a_single_word_in_lower_case() -> None:
    assert [name for name in load_names() if name != name.lower()] == []


def test_no_name_is_a_word_of_opinion() -> None:
    assert load_names() & read_liu().keys() == set()
