"""Fetching the public data sets and bringing them into one form: id, text and label a row."""

import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pandas as pd

from models.training.trees import count_phrases

IMDB_URL = "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"
IMDB_LABELS = {"neg": "negative", "pos": "positive"}
IMDB_HASH = "md5:7c2ac02c03563afcf9b574c7e56c153a"
TWEETEVAL_URL = "https://raw.githubusercontent.com/cardiffnlp/tweeteval/main/datasets/sentiment/"
SENTENCES_URL = "https://raw.githubusercontent.com/nltk/nltk_data/gh-pages/packages/corpora/sentence_polarity.zip"
TREEBANK_URL = "https://nlp.stanford.edu/sentiment/trainDevTestTrees_PTB.zip"
TREEBANK_HASH = "sha256:5c613a4f673fc74097d523a2c83f38e0cc462984d847b82c7aaf36b01cbbbfcc"
TREEBANK_PARTS = ("train", "dev")
TWEETEVAL_LABELS = ("negative", "neutral", "positive")
COLUMNS = ("id", "text", "label")


def cache_folder() -> Path:
    """Return the user's cache folder for data sets."""
    import pooch

    return Path(pooch.os_cache("second-opinion"))


@contextmanager
def fetch_file(url: str, cache: Path, known_hash: str | None = None) -> Iterator[Path]:
    """Download `url` into `cache` with a progress bar, unless it is there, and yield its path.

    The file appears under its name only when it is whole and has the known hash. One whose hash is not
    known is not kept: it might be the log-in page of a hotel. Raises OSError or ValueError.
    """
    import pooch

    cache.mkdir(parents=True, exist_ok=True)
    name = url.rsplit("/", 1)[-1]
    path = Path(pooch.retrieve(url, known_hash, fname=name, path=cache, progressbar=True))
    try:
        yield path
    finally:
        if not known_hash:
            path.unlink()


def write_safely(path: Path, frame: pd.DataFrame) -> None:
    """Write `frame` to `path`, into a temporary file first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    frame.to_parquet(temporary, index=False)
    temporary.replace(path)


def as_frame(rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Return a frame of id, text and label."""
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def imdb(
    cache: Path,
    half: str,
    labels: Mapping[str, str] = IMDB_LABELS,
    url: str = IMDB_URL,
    known_hash: str = IMDB_HASH,
) -> pd.DataFrame:
    """Return reviews of one half, "train" or "test", of the Large Movie Review Dataset.

    `labels` names the folders to read, and the label of what is in each.
    """
    with fetch_file(url, cache, known_hash) as archive:
        return as_frame(read_imdb(archive, half, labels))


def read_imdb(
    archive: Path, half: str, labels: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the reviews of one half from the archive, one text file a review."""
    with tarfile.open(archive) as tar:
        for member in tar:
            parts = Path(member.name).parts
            if member.isfile() and len(parts) == 4 and parts[1] == half and parts[2] in labels:
                content = tar.extractfile(member)
                if content:
                    yield Path(member.name).stem, content.read().decode("utf-8"), labels[parts[2]]


def tweeteval(cache: Path, parts: Iterable[str], url: str = TWEETEVAL_URL) -> pd.DataFrame:
    """Return parts ("train", "val", "test") of TweetEval's sentiment set (Barbieri et al. 2020)."""
    rows: list[tuple[str, str, str]] = []
    for part in parts:
        with fetch_file(f"{url}{part}_text.txt", cache) as path:
            texts = path.read_text("utf-8").rstrip("\n").split("\n")
        with fetch_file(f"{url}{part}_labels.txt", cache) as path:
            labels = path.read_text("utf-8").split()
        rows += [
            (f"{part}-{index}", text.strip(), TWEETEVAL_LABELS[int(label)])
            for index, (text, label) in enumerate(zip(texts, labels, strict=True))
        ]
    return as_frame(rows)


def sentence_polarity(cache: Path, url: str = SENTENCES_URL) -> pd.DataFrame:
    """Return the sentences of film reviews of Pang and Lee (2005), from NLTK's collection."""
    rows: list[tuple[str, str, str]] = []
    with fetch_file(url, cache) as path, ZipFile(path) as archive:
        for ending, label in (("pos", "positive"), ("neg", "negative")):
            content = archive.read(f"sentence_polarity/rt-polarity.{ending}").decode("latin-1")
            lines = content.strip().split("\n")
            rows += [(f"{ending}-{index}", line.strip(), label) for index, line in enumerate(lines)]
    return as_frame(rows)


def sst_phrases(
    cache: Path, url: str = TREEBANK_URL, known_hash: str = TREEBANK_HASH
) -> pd.DataFrame:
    """Return the labelled phrases of the Stanford Sentiment Treebank (Socher et al. 2013)."""
    with fetch_file(url, cache, known_hash) as path, ZipFile(path) as archive:
        parts = [archive.read(f"trees/{part}.txt").decode("utf-8") for part in TREEBANK_PARTS]
    return count_phrases(line for part in parts for line in part.split("\n"))
