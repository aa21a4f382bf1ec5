"""Downloads from a server on this machine that serves tiny archives."""

import gc
import hashlib
import io
import tarfile
import threading
import warnings
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.errors import DatasetError
from models.training import downloads
from models.training.datasets import Source, load_dataset
from models.training.trees import read_phrases

LYING = b"half of it"


class Site:
    """What a local web server gives out, and what it was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.url = ""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            content = site.files.get(self.path)
            self.send_response(200 if content is not None else 404)
            body = content or b""
            self.send_header("Content-Length", str(len(body) + (1000 if body == LYING else 0)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        site.url = f"http://127.0.0.1:{server.server_port}/"
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def forget_connections() -> Iterator[None]:
    """Drop what pooch leaves open when a download breaks off."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def tar_of(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


IMDB = tar_of(
    {
        "aclImdb/README": "not a review",
        "aclImdb/train/pos/0_9.txt": "Très bon.",
        "aclImdb/train/neg/1_2.txt": "Dull.",
        "aclImdb/train/unsup/2_0.txt": "Nobody labelled this.",
        "aclImdb/train/labeledBow.feat": "0:1",
        "aclImdb/test/pos/0_7.txt": "Fine.",
    }
)
MD5 = "md5:" + hashlib.md5(IMDB).hexdigest()
SENTENCES = zip_of(
    {
        "sentence_polarity/rt-polarity.pos": "caf\xe9 life \nlovely\n".encode("latin-1"),
        "sentence_polarity/rt-polarity.neg": b"dull\n",
    }
)
TREES = zip_of(
    {
        "trees/train.txt": "(3 (2 Caf\u00e9) (4 (2 not) (1 bad)))\n(1 bad)\n".encode(),
        "trees/dev.txt": b"(0 (1 bad) (2 film))\n",
        "trees/test.txt": b"(4 (2 kept) (2 apart))\n",
    }
)
TREES_HASH = "sha256:" + hashlib.sha256(TREES).hexdigest()


def test_each_half_of_the_reviews_is_read_from_the_archive(site: Site, tmp_path: Path) -> None:
    site.files["/aclImdb.tar.gz"] = IMDB

    train = downloads.imdb(tmp_path, "train", url=site.url + "aclImdb.tar.gz", known_hash=MD5)
    test = downloads.imdb(tmp_path, "test", url=site.url + "aclImdb.tar.gz", known_hash=MD5)

    assert sorted(train.itertuples(index=False, name=None)) == [
        ("0_9", "Très bon.", "positive"),
        ("1_2", "Dull.", "negative"),
    ]
    assert test.to_dict("list") == {"id": ["0_7"], "text": ["Fine."], "label": ["positive"]}


def test_the_archive_is_fetched_once_for_both_halves(site: Site, tmp_path: Path) -> None:
    site.files["/aclImdb.tar.gz"] = IMDB

    for half in ("train", "test"):
        downloads.imdb(tmp_path, half, url=site.url + "aclImdb.tar.gz", known_hash=MD5)

    assert site.asked == ["/aclImdb.tar.gz"]


def test_an_archive_with_another_hash_is_refused_and_not_kept(site: Site, tmp_path: Path) -> None:
    site.files["/aclImdb.tar.gz"] = IMDB

    fetched = downloads.fetch_file(site.url + "aclImdb.tar.gz", tmp_path, "md5:" + "0" * 32)
    with pytest.raises(ValueError, match="hash"), fetched:
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_download_that_breaks_off_is_not_kept(site: Site, tmp_path: Path) -> None:
    site.files["/plums.txt"] = LYING

    with (
        pytest.raises(OSError, match="IncompleteRead"),
        downloads.fetch_file(site.url + "plums.txt", tmp_path),
    ):
        pass

    assert list(tmp_path.iterdir()) == []


def test_tweets_of_several_parts_are_joined(site: Site, tmp_path: Path) -> None:
    site.files |= {
        "/train_text.txt": "so happy \u2028 today \nmeh\n".encode(),
        "/train_labels.txt": b"2\n1\n",
        "/val_text.txt": b"awful\n",
        "/val_labels.txt": b"0\n",
    }

    frame = downloads.tweeteval(tmp_path, ("train", "val"), site.url)

    assert frame["id"].tolist() == ["train-0", "train-1", "val-0"]
    assert frame["text"].tolist() == ["so happy \u2028 today", "meh", "awful"]
    assert frame["label"].tolist() == ["positive", "neutral", "negative"]


def test_tweets_without_a_label_each_are_refused(site: Site, tmp_path: Path) -> None:
    site.files |= {"/test_text.txt": b"one\ntwo\n", "/test_labels.txt": b"0\n"}

    with pytest.raises(ValueError, match="shorter"):
        downloads.tweeteval(tmp_path, ("test",), site.url)


def test_sentences_are_read_from_the_archive(site: Site, tmp_path: Path) -> None:
    site.files["/sentences.zip"] = SENTENCES

    frame = downloads.sentence_polarity(tmp_path, site.url + "sentences.zip")

    assert frame["text"].tolist() == ["café life", "lovely", "dull"]
    assert frame["label"].tolist() == ["positive", "positive", "negative"]
    assert frame["id"].tolist() == ["pos-0", "pos-1", "neg-0"]


def test_phrases_are_read_from_the_trees_for_training_and_development(
    site: Site, tmp_path: Path
) -> None:
    site.files["/trees.zip"] = TREES

    frame = downloads.sst_phrases(tmp_path, site.url + "trees.zip", TREES_HASH)

    rows = frame[["id", "text", "label", "n_occurrences"]].itertuples(index=False, name=None)
    assert list(rows) == [
        ("sentence", "Café not bad", "3", 1),
        ("phrase", "Café", "2", 1),
        ("phrase", "not bad", "4", 1),
        ("phrase", "not", "2", 1),
        ("sentence", "bad", "1", 3),
        ("sentence", "bad film", "0", 1),
        ("phrase", "film", "2", 1),
    ]


def test_other_trees_than_those_that_were_published_are_refused(site: Site, tmp_path: Path) -> None:
    site.files["/trees.zip"] = TREES

    with pytest.raises(ValueError, match="hash"):
        downloads.sst_phrases(tmp_path, site.url + "trees.zip")

    assert list(tmp_path.iterdir()) == []


def test_phrases_are_downloaded_and_kept_as_any_other_set(site: Site, tmp_path: Path) -> None:
    site.files["/trees.zip"] = TREES
    url = site.url + "trees.zip"
    download = lambda cache: downloads.sst_phrases(cache, url, TREES_HASH)  # noqa: E731
    source = Source("trees", "Trees", url, (), (7,), download, read_phrases)

    fetched = load_dataset("trees", {}, tmp_path, {"trees": source})
    kept = load_dataset("trees", {}, tmp_path, {"trees": source})

    assert site.asked == ["/trees.zip"]
    assert kept.content_hash == fetched.content_hash
    assert kept.frame.equals(fetched.frame)


def sentences_from(site: Site) -> dict[str, Source]:
    url = site.url + "sentences.zip"
    download = lambda cache: downloads.sentence_polarity(cache, url)  # noqa: E731
    return {"sentences": Source("sentences", "Sentences", url, (), (3,), download)}


def test_a_set_is_downloaded_parsed_and_kept(site: Site, tmp_path: Path) -> None:
    site.files["/sentences.zip"] = SENTENCES

    dataset = load_dataset("sentences", {}, tmp_path, sentences_from(site))

    assert len(dataset.frame) == 3
    assert (tmp_path / "sentences.parquet").exists()


@pytest.mark.parametrize("content", [None, b"<html>Please log in</html>", LYING])
def test_a_page_in_place_of_the_archive_is_one_error_that_names_the_source(
    site: Site, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        site.files["/sentences.zip"] = content

    with pytest.raises(DatasetError) as caught:
        load_dataset("sentences", {}, tmp_path, sentences_from(site))

    assert site.url in caught.value.message


def test_a_page_in_place_of_the_archive_does_not_spoil_the_next_try(
    site: Site, tmp_path: Path
) -> None:
    site.files["/sentences.zip"] = b"<html>Please log in</html>"
    with pytest.raises(DatasetError):
        load_dataset("sentences", {}, tmp_path, sentences_from(site))

    site.files["/sentences.zip"] = SENTENCES

    assert len(load_dataset("sentences", {}, tmp_path, sentences_from(site)).frame) == 3


def test_offline_one_error_names_the_source(site: Site, tmp_path: Path) -> None:
    site.url = "http://127.0.0.1:1/"

    with pytest.raises(DatasetError) as caught:
        load_dataset("sentences", {}, tmp_path, sentences_from(site))

    assert "http://127.0.0.1:1/sentences.zip" in caught.value.message
