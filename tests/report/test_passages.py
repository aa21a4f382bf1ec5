from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from demo.report.page import Passage, Room, passages
from demo.sessions.text import shorten

TEXT = "good and very good, but dull xyzzy"
KEPT = {
    "marks": [[0, 4, 1.0], [9, 13, 0.3], [14, 18, 0.7], [24, 28, -0.1]],
    "unknown": [[29, 34]],
}


def test_words_are_marked_by_their_strength() -> None:
    assert list(passages(TEXT, KEPT, Room())) == [
        Passage("p3", "good"),
        Passage("", " and "),
        Passage("p2", "very"),
        Passage("", " "),
        Passage("p3", "good"),
        Passage("", ", but "),
        Passage("n1", "dull"),
        Passage("", " "),
        Passage("u", "xyzzy"),
    ]


def test_neighbours_that_are_alike_are_one_passage() -> None:
    kept = {"marks": [[0, 4, 1.0], [5, 8, 0.9], [9, 13, -1.0]], "unknown": []}

    assert list(passages("good and dull", kept, Room())) == [
        Passage("p3", "good and"),
        Passage("", " "),
        Passage("n3", "dull"),
    ]


def test_a_text_without_an_explanation_is_one_passage() -> None:
    assert list(passages(TEXT, None, Room())) == [Passage("", TEXT)]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    text = draw(st.text(max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    values = st.floats(-3, 3).filter(bool)
    marks = [[start, end, draw(values)] for start, end in spans[::2]]
    return text, {"marks": marks, "unknown": [list(span) for span in spans[1::2]]}


@given(marked_texts(), st.one_of(st.none(), st.integers(1, 70)))
def test_the_passages_are_the_text(marked: tuple[str, dict[str, Any]], longest: int | None) -> None:
    text, kept = marked
    pieces = list(passages(text, kept, Room(longest, None)))

    assert "".join(piece.text for piece in pieces) == shorten(text, longest)
