"""The labelled trees of the Stanford Sentiment Treebank, brought into one row a phrase."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

# What a phrase's id says; its text tells it from the others.
SENTENCE, PHRASE = "sentence", "phrase"


def read_tree(line: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the phrase of each node of a bracketed tree, its label, and whether it is the root.

    Raises ValueError if the brackets do not make one tree.
    """
    from nltk.tree import Tree

    tree = Tree.fromstring(line)
    for node in tree.subtrees():
        yield " ".join(node.leaves()), node.label(), node is tree


def count_phrases(lines: Iterable[str]) -> pd.DataFrame:
    """Return each phrase of these trees once, in the order in which they come.

    A phrase's label is its most frequent one, of several that are as frequent the one that came first.
    """
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sentences: set[str] = set()
    for line in filter(str.strip, lines):
        for text, label, is_root in read_tree(line):
            labels[text][label] += 1
            if is_root:
                sentences.add(text)
    return with_ids(
        pd.DataFrame(
            {
                "text": list(labels),
                "label": [counts.most_common(1)[0][0] for counts in labels.values()],
                "is_sentence": [text in sentences for text in labels],
                "n_occurrences": [counts.total() for counts in labels.values()],
            }
        )
    )


def with_ids(phrases: pd.DataFrame) -> pd.DataFrame:
    """Return the phrases with what every data set has: an id and a label, both of them strings."""
    ids = phrases["is_sentence"].map({True: SENTENCE, False: PHRASE})
    return phrases.assign(id=ids, label=phrases["label"].astype(str))


def read_phrases(path: Path) -> pd.DataFrame:
    """Return the phrases of a data file, in which ids may be missing and labels be numbers."""
    return with_ids(pd.read_parquet(path))
