from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training import treebank
from models.training.datasets import Dataset
from models.training.downloads import as_frame
from models.training.owners import NO_OWNER, SEVERAL_OWNERS
from models.training.treebank import Phrases, load_phrases, phrases_beside, untokenize
from models.training.trees import count_phrases

TREES = [
    "(1 (2 (2 The) (2 plums)) (1 (1 (2 are) (2 n't)) (4 ripe)))",
    "(4 (2 (2 Plums) (2 -LRB-)) (4 (4 (4 sweet) (2 ones)) (2 -RRB-)))",
    "(0 (2 Figs) (0 disappoint))",
]
SENTENCES = [("a", "the plums aren't ripe", "negative"), ("b", "plums (sweet ones)", "positive")]


@pytest.fixture(autouse=True)
def fruit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A treebank of three sentences, two of which are sentences of reviews as well."""
    frames = {"sst_phrases": count_phrases(TREES), treebank.SENTENCES: as_frame(SENTENCES)}
    monkeypatch.setattr(
        treebank, "load_dataset", lambda name: Dataset(name, name, frames[name], "ab" * 32)
    )
    for cached in (load_phrases, treebank.sentence_ids):
        cached.cache_clear()
    yield
    for cached in (load_phrases, treebank.sentence_ids):
        cached.cache_clear()


def texts_of(phrases: Phrases) -> set[str]:
    return set(phrases.texts)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("It does n't work", "It doesn't work"),
        ("They ca n't , wo n't", "They can't , won't"),
        ("IT DOES N'T", "IT DOESN'T"),
        ("Kahlo 's art", "Kahlo's art"),
        ("Calvin Jr. 's Barbershop", "Calvin Jr.'s Barbershop"),
        ("they 're , we 've , I 'll , you 'd , I 'm", "they're , we've , I'll , you'd , I'm"),
        ("writer\\/director", "writer/director"),
        ("-LRB- Taymor -RRB-", "( Taymor )"),
        ("`` Ops '' and ` Tadpole '", "\" Ops \" and ' Tadpole '"),
        ("n't good", "n't good"),
        ("the end . 's", "the end . 's"),
        ("the 'sixties", "the 'sixties"),
    ],
)
def test_tokens_become_text_as_people_write_it(tokens: str, text: str) -> None:
    assert untokenize(tokens) == text


@given(st.text("ns't `/\\Ab.", max_size=30))
def test_all_letters_are_kept_in_their_order(text: str) -> None:
    assert [c for c in untokenize(text) if c.isalpha()] == [c for c in text if c.isalpha()]


def test_phrases_have_numbers_for_labels_and_know_their_sentence() -> None:
    phrases = load_phrases()

    rows = zip(phrases.texts, phrases.labels, phrases.is_sentence, phrases.owners, strict=True)
    found = {text: (label, whole, owner) for text, label, whole, owner in rows}
    assert found["The plums aren't ripe"] == (1, True, 0)
    assert found["aren't"] == (1, False, 0)
    assert found["Plums ( sweet ones )"] == (4, True, 1)
    assert found["plums"] == (2, False, SEVERAL_OWNERS)
    assert found["Figs disappoint"] == (0, True, NO_OWNER)
    assert found["("] == (2, False, NO_OWNER)


def test_the_phrases_are_loaded_once_and_cannot_be_changed_by_one_for_all() -> None:
    assert load_phrases() is load_phrases()
    with pytest.raises(ValueError, match="read-only"):
        load_phrases().labels[0] = 4


def test_no_phrase_of_a_sentence_held_out_is_learnt() -> None:
    beside = texts_of(phrases_beside({"a"}))

    assert {"The plums aren't ripe", "aren't", "plums", "Figs disappoint"} <= beside
    assert not {"Plums ( sweet ones )", "sweet ones", "sweet"} & beside


def test_beside_all_sentences_all_phrases_are_learnt() -> None:
    assert texts_of(phrases_beside(["a", "b"])) == texts_of(load_phrases())


def test_beside_no_sentence_only_what_belongs_to_none_is_learnt() -> None:
    beside = phrases_beside([])

    assert len(beside) > 0
    assert np.all(beside.owners < 0)


def test_what_is_learnt_keeps_its_labels() -> None:
    beside = phrases_beside({"b"})

    labels = dict(zip(beside.texts, beside.labels, strict=True))
    assert labels["sweet ones"] == 4
    assert labels["Figs disappoint"] == 0


def test_an_id_that_no_sentence_has_is_refused() -> None:
    with pytest.raises(ValueError, match="sentence a"):
        phrases_beside({"a", "sentence a"})
