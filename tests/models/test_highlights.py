"""The colours: pieces that are the untouched text, and values that are those of the bars."""

import pytest
from explaining import explain_one
from hypothesis import given
from hypothesis import strategies as st
from texts import TEXTS

from models.explain.answers import predict_explained
from models.explain.highlights import highlights
from models.registry import ModelCatalogue

TEXT_MODELS = ("tweets", "reviews")


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_highlights_and_spans_lie_in_the_untouched_text(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    explanation = predict_explained(catalogue[name], {"text": text}).explanation
    pieces = highlights(text, explanation)

    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.start < piece.end for piece in pieces)
    for contribution in explanation.contributions:
        assert all(0 <= start < end <= len(text) for start, end in contribution.spans)


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(
    words=st.lists(
        st.sampled_from(["Good", "not", "bad", "film", "great", "I", "hated", "it"]), min_size=1
    )
)
def test_the_colours_add_up_to_what_the_bars_say(
    catalogue: ModelCatalogue, name: str, words: list[str]
) -> None:
    text = "\n ".join(words)
    explanation = predict_explained(catalogue[name], {"text": text}).explanation
    located = sum(c.value for c in explanation.contributions if c.spans)

    coloured = sum(piece.value or 0 for piece in highlights(text, explanation))

    assert coloured == pytest.approx(located, abs=1e-9)


@pytest.mark.parametrize("name", TEXT_MODELS)
def test_an_unknown_word_is_marked_and_not_coloured(catalogue: ModelCatalogue, name: str) -> None:
    text = "A good xqzvvk"

    unknown = [
        p for p in highlights(text, explain_one(catalogue[name], {"text": text})) if p.unknown
    ]

    assert [text[piece.start : piece.end] for piece in unknown] == ["xqzvvk"]
    assert unknown[0].value is None


def test_an_emoji_stays_in_one_piece(catalogue: ModelCatalogue) -> None:
    text = "ok 👍🏽 ❤️ 👩‍👩‍👧"

    pieces = highlights(text, explain_one(catalogue["tweets"], {"text": text}))

    assert [text[p.start : p.end] for p in pieces if text[p.start : p.end].strip()] == text.split()
