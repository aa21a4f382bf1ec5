from hypothesis import given
from hypothesis import strategies as st

from models.training.owners import NO_OWNER, SEVERAL_OWNERS, find_owners

SENTENCES = [
    "the plums aren't ripe , and the plums are few .",
    "a bowl of plums for everybody ( more or less )",
    "nobody's fault , everybody ' s plums",
]
# Few letters make repetitions; long runs reach beyond what is compared at once.
TEXTS = st.text("aab z9.É", max_size=40)


def owner(text: str) -> int:
    return int(find_owners([text], SENTENCES)[0])


def naive_owner(text: str, sentences: list[str]) -> int:
    def letters(text: str) -> str:
        return "".join(c for c in text.lower() if c.isascii() and c.isalnum())

    part = letters(text)
    rows = [index for index, whole in enumerate(sentences) if part and part in letters(whole)]
    return NO_OWNER if not rows else rows[0] if len(rows) == 1 else SEVERAL_OWNERS


def test_a_phrase_belongs_to_the_one_sentence_that_contains_it() -> None:
    assert owner("Bowl of plums") == 1
    assert owner("everybody's plums") == 2
    assert owner("the plums are not") == NO_OWNER


def test_a_phrase_of_several_sentences_belongs_to_none_of_them() -> None:
    assert owner("everybody") == SEVERAL_OWNERS
    assert owner("plums") == SEVERAL_OWNERS


def test_a_phrase_that_is_twice_in_one_sentence_belongs_to_it() -> None:
    assert owner("the plums") == 0


def test_long_phrases_that_begin_alike_are_told_apart() -> None:
    sentences = ["it is one of the best films", "it is one of the worst films"]
    texts = [
        "it is one of the best",
        "it is one of the worst",
        "it is one of the",
        "it is one of t x",
    ]

    assert find_owners(texts, sentences).tolist() == [0, 1, SEVERAL_OWNERS, NO_OWNER]


def test_no_phrase_reaches_from_one_sentence_into_the_next() -> None:
    assert owner("few a bowl") == NO_OWNER
    assert owner("plums are few a bowl of plums") == NO_OWNER


def test_what_has_no_letters_belongs_to_nothing() -> None:
    assert owner(". . .") == NO_OWNER
    assert owner("") == NO_OWNER


def test_without_phrases_or_sentences_there_are_no_owners() -> None:
    assert find_owners([], SENTENCES).tolist() == []
    assert find_owners(["plums", ""], []).tolist() == [NO_OWNER, NO_OWNER]


@given(sentences=st.lists(TEXTS, max_size=8), texts=st.lists(TEXTS, max_size=8))
def test_the_owners_are_those_of_a_plain_search(sentences: list[str], texts: list[str]) -> None:
    asked = texts + [sentence[2:] for sentence in sentences] + [s[:15] for s in sentences]

    expected = [naive_owner(text, sentences) for text in asked]

    assert find_owners(asked, sentences).tolist() == expected
