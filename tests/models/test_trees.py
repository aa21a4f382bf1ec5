from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.training.datasets import content_hash
from models.training.trees import count_phrases, read_phrases, read_tree

PLUMS = "(3 (2 (2 The) (2 plums)) (3 (2 are) (4 ripe)))"


def test_every_node_of_a_tree_is_a_phrase_with_its_label() -> None:
    assert list(read_tree(PLUMS)) == [
        ("The plums are ripe", "3", True),
        ("The plums", "2", False),
        ("The", "2", False),
        ("plums", "2", False),
        ("are ripe", "3", False),
        ("are", "2", False),
        ("ripe", "4", False),
    ]


def test_tokens_for_brackets_and_quotes_are_left_as_they_are() -> None:
    line = "(2 (2 -LRB-) (2 (2 ``) (2 (2 1\\/2) (2 -RRB-))))"

    assert next(read_tree(line)) == ("-LRB- `` 1\\/2 -RRB-", "2", True)


@pytest.mark.parametrize("line", ["(2 (2 open) (2 end)", "(2 two)(3 trees)", "no tree"])
def test_a_line_that_is_not_one_tree_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="Tree"):
        list(read_tree(line))


def test_a_phrase_has_its_most_frequent_label() -> None:
    frame = count_phrases(["(2 ripe)", "(4 ripe)", "(4 ripe)"])

    assert frame["label"].tolist() == ["4"]
    assert frame["n_occurrences"].tolist() == [3]


@pytest.mark.parametrize(("first", "second"), [("4", "2"), ("2", "4")])
def test_of_labels_that_are_as_frequent_the_first_counts(first: str, second: str) -> None:
    frame = count_phrases([f"({first} ripe)", f"({second} ripe)"])

    assert frame["label"].tolist() == [first]


def test_a_phrase_that_is_a_whole_sentence_elsewhere_is_a_sentence() -> None:
    frame = count_phrases([PLUMS, "", "(4 ripe)"]).set_index("text")

    assert list(frame.index[frame["is_sentence"]]) == ["The plums are ripe", "ripe"]
    assert frame.loc["ripe", "id"] == "sentence"
    assert frame.loc["plums", "id"] == "phrase"


def test_a_file_with_numbers_for_labels_and_no_ids_has_the_same_content(tmp_path: Path) -> None:
    phrases = count_phrases([PLUMS])
    bare = phrases.drop(columns="id").assign(label=phrases["label"].astype(np.int8))
    bare.to_parquet(tmp_path / "phrases.parquet")

    read = read_phrases(tmp_path / "phrases.parquet")

    assert content_hash(read) == content_hash(phrases)
    pd.testing.assert_frame_equal(read, phrases, check_like=True, check_dtype=False)
