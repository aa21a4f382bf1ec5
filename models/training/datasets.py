"""The public data sets: where they come from, how they are checked, where they are kept.

A set is looked for in the folder named by SECOND_OPINION_DATA, then in the user's cache folder; else
it is downloaded from its public source. Its parsed content is checked before use.
"""

import hashlib
import os
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tarfile import TarError
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from models.errors import DatasetError
from models.samples import Samples
from models.training import downloads, trees

# What a download raises that is broken off, refused, or something else than the data.
UNREADABLE = (OSError, ValueError, LookupError, BadZipFile, TarError)
FOLDER_VARIABLE = "SECOND_OPINION_DATA"


@dataclass(frozen=True)
class Source:
    """A public data set.

    `content_hashes` are the known contents; `rows` the sizes a download may have whose content
    nobody has recorded yet (its hash is then noted in the cache folder and held to from there on).
    `read` brings a data file into the form of a download.
    """

    name: str
    title: str
    where: str
    content_hashes: tuple[str, ...]
    rows: Container[int]
    download: Callable[[Path], pd.DataFrame]
    read: Callable[[Path], pd.DataFrame] = pd.read_parquet

    @property
    def file_name(self) -> str:
        """The name of its file in a data folder."""
        return f"{self.name}.parquet"


@dataclass(frozen=True)
class Dataset:
    """A checked set: a frame with the columns id, text and label, in a fixed order."""

    name: str
    title: str
    frame: pd.DataFrame
    content_hash: str

    def describe(self) -> dict[str, str | int]:
        """Return the entry for this set in the metadata of a model."""
        return {
            "name": self.name,
            "title": self.title,
            "rows": len(self.frame),
            "content_sha256": self.content_hash,
        }

    def as_samples(self) -> Samples:
        """Return the texts and labels for scikit-learn."""
        X, y = self.frame["text"].to_numpy(object), self.frame["label"].to_numpy(object)
        kinds = self.frame.get("source", self.frame["label"].map(lambda _: self.name))
        return Samples(X, y, (self.describe(),), np.arange(len(y)), kinds.to_numpy(object))


SOURCES = {
    source.name: source
    for source in (
        Source(
            name="imdb_train",
            title="Large Movie Review Dataset v1.0, training half",
            where=downloads.IMDB_URL,
            content_hashes=("618abb1de3ad8dca3a814958b5834723700fdb0d6a04a70c2d020a88d89d6bc9",),
            rows=(25_000,),
            download=lambda cache: downloads.imdb(cache, "train"),
        ),
        Source(
            name="imdb_test",
            title="Large Movie Review Dataset v1.0, test half",
            where=downloads.IMDB_URL,
            content_hashes=("f015c86c030b19a07eb80a0f7e9e86068461648e885e0766e01d2363e7bf767f",),
            rows=(25_000,),
            download=lambda cache: downloads.imdb(cache, "test"),
        ),
        Source(
            name="imdb_unsup",
            title="Large Movie Review Dataset v1.0, reviews without labels",
            where=downloads.IMDB_URL,
            content_hashes=("61a64b5c9b34be39025d28e99e00e14dc22bd199a4f2413f4a098282a101940f",),
            rows=(50_000,),
            download=lambda cache: downloads.imdb(cache, "train", {"unsup": ""}),
        ),
        Source(
            name="semeval_train",
            title="SemEval-2017 Task 4A, training, development and test tweets of 2013 to 2016",
            where=downloads.TWEETEVAL_URL,
            content_hashes=("f4c6ead7277bba8fd3f09fc2c1dae4a56673730c1fd6e0c7ab67297db72f7647",),
            rows=(47_615,),
            download=lambda cache: downloads.tweeteval(cache, ("train", "val")),
        ),
        Source(
            name="semeval_test2017",
            title="SemEval-2017 Task 4A, test tweets of 2017",
            where=downloads.TWEETEVAL_URL,
            content_hashes=("3da94a1944043c7221d719a14ec206071eef479c995b1a8f5f17871d280d090b",),
            rows=(12_284,),
            download=lambda cache: downloads.tweeteval(cache, ("test",)),
        ),
        Source(
            name="sentence_polarity_cut",
            title="Sentences of film reviews (Pang and Lee 2005)",
            where=downloads.SENTENCES_URL,
            content_hashes=("cd74f387077d803e4c18f517f085586241a5c744e482278955270d2af5b765bb",),
            rows=(10_662,),
            download=downloads.sentence_polarity,
        ),
        Source(
            name="sst_phrases",
            title="Phrases of the Stanford Sentiment Treebank (Socher et al. 2013), training and "
            "development parts",
            where=downloads.TREEBANK_URL,
            content_hashes=("9f653610d9a18bcf1f949efdc8adb8d1573e10835a04f3430c1c14631f106378",),
            # The archive is checked by its own hash. The whole treebank has 239,232 phrases.
            rows=range(150_000, 239_233),
            download=downloads.sst_phrases,
            read=trees.read_phrases,
        ),
    )
}


def content_hash(frame: pd.DataFrame) -> str:
    """Return the SHA-256 over id, label and text of each row, whatever the order of the rows."""
    digest = hashlib.sha256()
    labels = frame["label"] if "label" in frame else [""] * len(frame)
    for row in sorted(zip(frame["id"], labels, frame["text"], strict=True)):
        digest.update("\x1f".join(row).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()


def load_dataset(
    name: str,
    environ: Mapping[str, str] = os.environ,
    cache: Path | None = None,
    sources: Mapping[str, Source] = SOURCES,
) -> Dataset:
    """Return a checked data set, from the named folder, the cache, or its public source.

    Raises DatasetError, naming each place tried and how to get the file.
    """
    source = sources[name]
    cache = cache or downloads.cache_folder()
    places = [Path(environ[FOLDER_VARIABLE])] if environ.get(FOLDER_VARIABLE) else []
    for folder in (*places, cache):
        path = folder / source.file_name
        if path.exists():
            return check_content(source, read_file(source, path), path, cache)
    path = cache / source.file_name
    try:
        frame = source.download(cache)
    except UNREADABLE as error:
        tried = ", ".join(str(folder / source.file_name) for folder in (*places, cache))
        raise DatasetError(
            f"The data set {source.title} was not found at {tried}, and could not be downloaded from "
            f"{source.where} ({error}). Connect to the network and try again, or put "
            f"{source.file_name} into a folder and name that folder in {FOLDER_VARIABLE}."
        ) from error
    dataset = check_content(source, frame, path, cache)
    downloads.write_safely(path, frame)
    return dataset


def find_missing(
    names: Iterable[str], environ: Mapping[str, str] = os.environ, cache: Path | None = None
) -> list[str]:
    """Return which of these data sets would have to be downloaded, by file; the rest is at hand."""
    places = [Path(environ[FOLDER_VARIABLE])] if environ.get(FOLDER_VARIABLE) else []
    folders = (*places, cache or downloads.cache_folder())
    files = [SOURCES[name].file_name for name in names if name in SOURCES]
    return [name for name in files if not any((folder / name).exists() for folder in folders)]


def read_file(source: Source, path: Path) -> pd.DataFrame:
    """Return the content of a data file; raise DatasetError if it is damaged or not the expected file."""
    try:
        frame = source.read(path)
        frame[["id", "text"]]
    except (OSError, ValueError, KeyError) as error:
        raise DatasetError(
            f"{path} cannot be read as the data set {source.title} ({error}). Delete the file and "
            f"fetch it again from {source.where}."
        ) from error
    return frame


def check_content(source: Source, frame: pd.DataFrame, path: Path, cache: Path) -> Dataset:
    """Return the set in a fixed order; raise DatasetError if its content is not a known one."""
    digest = content_hash(frame)
    note = cache / f"{source.name}.sha256"
    if digest not in source.content_hashes:
        noted = note.read_text().strip() if note.exists() else None
        if digest != noted and (noted or len(frame) not in source.rows):
            raise DatasetError(
                f"{path} does not hold the data set {source.title}: its content has the SHA-256 "
                f"{digest[:12]}…, {len(frame):,} rows. Delete the file and fetch it again from "
                f"{source.where}."
            )
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(digest + "\n")
    frame = frame.sort_values(["id", "text"], kind="stable", ignore_index=True)
    return Dataset(source.name, source.title, frame, digest)
