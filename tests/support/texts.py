"""Texts as people write them and as nobody would, and a few with labels to fit a small model on."""

from hypothesis import strategies as st

from models.field import is_blank

PIECES = st.sampled_from(
    [
        *("not", "good!", "bad", ":(", "😍", "❤️", "👍🏽", "GREAT", "sooooo", "İstanbul", "&amp;"),
        *("<br />", "@ann", "#win", "http://a.b/c", "10/10", "can't", "\t", "\n", "  ", "wörd"),
        *("asdf", "the worst film", "e\u0301"),
    ]
)
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
TEXTS = (
    (st.lists(PIECES | ANY_TEXT, min_size=1, max_size=12).map(" ".join) | ANY_TEXT)
    .filter(lambda text: not is_blank(text))
    .filter(lambda text: len(text) < 5_000)
)
REVIEWS = ["good film", "a good story", "bad film", "a bad story", "good", "bad"] * 4
LABELS = ["positive", "positive", "negative", "negative", "positive", "negative"] * 4
