"""Which words name groups of people."""

import pytest

from models.text.groups import BEFORE, COUNTRIES, GROUPS, mark_groups, names_group


@pytest.mark.parametrize(
    "form",
    [
        "muslim",
        "muslims",
        "muslim's",
        "muslims'",
        "shi'ite",
        "polish",
        "black",
        "gay",
        "non-binary",
        "african-american",
        "non-white",
        "south-asian",
    ],
)
def test_a_word_for_a_group_is_known_however_it_is_written(form: str) -> None:
    assert names_group(form)


@pytest.mark.parametrize(
    "form",
    ["turkey", "mixed", "good", "south", "non", "us", "it's", "-", "'s", "s'", "black-hearted"],
)
def test_other_words_name_no_group(form: str) -> None:
    assert not names_group(form)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("an african american teacher", {"african", "american"}),
        ("my south korean neighbour went south", {"south", "korean"}),
        ("a trans woman", {"trans"}),
        ("two sri lankan doctors", {"sri", "lankan"}),
        ("an asylum seeker", {"asylum", "seeker"}),
        ("the asylum is in the north", set()),
    ],
)
def test_each_word_of_a_longer_name_is_marked(text: str, marked: set[str]) -> None:
    forms = text.split()

    found = {form for form, mark in zip(forms, mark_groups(forms), strict=True) if mark}
    assert found == marked
    assert mark_groups(forms).count(True) == len(marked)


def test_every_word_is_single_and_in_lower_case_and_stands_in_one_set() -> None:
    words = [*GROUPS, *COUNTRIES, *BEFORE]

    assert [word for word in words if word != word.lower() or " " in word] == []
    assert len(words) == len(set(words))
