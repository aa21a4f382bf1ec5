"""Names that look alike are taken for one another, others are not."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from demo.sessions.errors import InvalidSession
from demo.sessions.looks import INVISIBLE, confusables, look_of, looks_of, skeleton
from demo.sessions.text import choose_name

INVISIBLES = [
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u200b"),
    *("\u200c", "\u200d", "\u200e", "\u2060", "\u2063", "\u2800", "\u3164", "\ufe0e", "\ufe0f"),
    *("\ufeff", "\uffa0", "\U0001d173", "\U000e0001", "\U000e0041", "\U000e0100"),
]
LOOK_ALIKES = [
    ("Anna", "Аnna"),  # Cyrillic А
    ("Anna", "Annа"),  # Cyrillic а
    ("Anna", "ΑΝΝΑ"),  # Greek capitals
    ("Anna", "Ａｎｎａ"),  # wide
    ("Anna", "𝐀𝐧𝐧𝐚"),
    ("Anna", "𝒜𝓃𝓃𝒶"),
    ("Anna", "𝔸𝕟𝕟𝕒"),
    ("Anna", "Ⓐⓝⓝⓐ"),
    ("Anna", "Ꭺnna"),  # Cherokee Ꭺ
    ("Anna", "Anոa"),  # Armenian ո
    ("Anna", "Annɑ"),  # Latin alpha
    ("Anna", "  anna "),
    ("Anna Berg", "Anna\u2003Berg"),
    ("Anna Berg", "Anna \u200b Berg"),
    ("Jose\u0301", "José"),
    ("José", "Jоsé"),  # Cyrillic о
    ("Bob", "Bοb"),  # Greek omicron
    ("Bob", "B0b"),
    ("Bob", "Вob"),  # Cyrillic В
    ("Bob", "ꓐob"),  # Lisu
    ("Oscar", "0scar"),
    ("Oscar", "Օscar"),  # Armenian Օ
    ("Iris", "lris"),
    ("Iris", "1ris"),
    ("Iris", "|ris"),
    ("Iris", "Ιris"),  # Greek Ι
    ("Iris", "Ӏris"),  # Cyrillic palochka
    ("Bill", "BiII"),
    ("Bill", "Bi11"),
    ("Tom", "Torn"),
    ("Peter", "Рeter"),  # Cyrillic Р
    ("Peter", "Pеtеr"),  # Cyrillic е
    ("Chloe", "Ϲhloe"),  # Greek lunate sigma
    ("Max", "Маx"),
    ("Kim", "Kim"),  # the sign of kelvin
    ("Zoe", "Ζoe"),  # Greek Ζ
    ("Sasha", "Ѕasha"),  # Cyrillic Ѕ
    ("Иван", "Ивaн"),  # Latin a
    ("O'Neil", "O’Neil"),
    ("Anna-Lena", "Anna‐Lena"),
]
DIFFERENT = [
    ("Anna", "Ana"),
    ("Anna", "Anne"),
    ("Łukasz", "Lukasz"),
    ("李", "王"),
    ("Иван", "Ivan"),
    ("Анна", "Anna"),
    ("José", "Jose"),
    ("Jürgen", "Jurgen"),
    ("Aila", "Alla"),
    ("Kai", "Kal"),
    ("Emil", "Emily"),
    ("Mia", "Mio"),
    ("مارية", "ماريا"),
    ("さくら", "サクラ"),
    ("Anna Berg", "Annaberg"),
    ("👩 Anna", "👨 Anna"),
]
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def seem_alike(one: str, other: str) -> bool:
    return bool(looks_of(one) & looks_of(other))


@pytest.mark.parametrize(("name", "other"), LOOK_ALIKES)
def test_who_joins_under_a_name_that_looks_like_anothers_is_told_apart(
    name: str, other: str
) -> None:
    assert choose_name(other, [name], anonymous=False) == f"{' '.join(other.split())} (2)"
    assert choose_name(name, [other], anonymous=False) == f"{name} (2)"


@pytest.mark.parametrize("sign", INVISIBLES, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_sign_that_cannot_be_seen_makes_no_other_name(sign: str, place: int) -> None:
    name = "Anna"[:place] + sign + "Anna"[place:]

    assert choose_name(name, ["Anna"], anonymous=False).endswith(" (2)")


@pytest.mark.parametrize("sign", INVISIBLES, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_name_of_signs_that_cannot_be_seen_is_missing(sign: str) -> None:
    with pytest.raises(InvalidSession, match="Your name is missing"):
        choose_name(f"{sign} {sign}", [], anonymous=False)

    assert choose_name(sign * 3, [], anonymous=True) == "Anonymous"


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_ordinary_names_that_differ_stay_as_they_are(name: str, other: str) -> None:
    assert choose_name(other, [name], anonymous=False) == other
    assert choose_name(name, [other], anonymous=False) == name


@given(anything)
def test_the_look_of_a_look_is_itself(name: str) -> None:
    assert look_of(look_of(name)) == look_of(name)


@given(anything, st.lists(st.tuples(st.integers(0, 40), st.sampled_from(INVISIBLES))))
def test_signs_that_cannot_be_seen_change_no_look(name: str, put: list[tuple[int, str]]) -> None:
    # Between a letter and its accents such a sign keeps the two from being one character.
    assume(unicodedata.normalize("NFD", name) == name)
    hidden = name
    for place, sign in put:
        hidden = hidden[:place] + sign + hidden[place:]

    assert look_of(hidden) == look_of(INVISIBLE.sub("", name))


@given(anything, anything)
def test_of_two_names_that_are_chosen_none_looks_like_the_other(one: str, other: str) -> None:
    first = choose_name(one, [], anonymous=True)
    second = choose_name(other, [first], anonymous=True)

    assert not seem_alike(first, second)


@given(anything)
def test_a_name_looks_like_itself_in_capitals(name: str) -> None:
    assume(looks_of(name))

    assert seem_alike(name, name.casefold())


def test_the_table_has_what_standard_39_says() -> None:
    table = confusables()

    assert len(table) > 2_500
    assert [table[ord(sign)] for sign in ("а", "m", "0", "I", "ӏ")] == ["a", "rn", "O", "l", "l"]
    assert all(skeleton(skeleton(chr(sign))) == skeleton(chr(sign)) for sign in table)
