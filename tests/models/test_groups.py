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

    assert {forms[index] for index in mark_groups(forms)} == marked


@pytest.mark.parametrize(
    ("text", "indices"),
    [("an african - american film", [1, 2, 3]), ("an african-american film", [1]), ("a - b", [])],
)
def test_a_hyphen_belongs_to_the_name_whether_it_is_cut_off_or_not(
    text: str, indices: list[int]
) -> None:
    assert sorted(set(mark_groups(text.split()))) == indices


def test_every_word_is_single_and_in_lower_case_and_stands_in_one_set() -> None:
    words = [*GROUPS, *COUNTRIES, *BEFORE]

    assert [word for word in words if word != word.lower() or " " in word] == []
    assert len(words) == len(set(words))
