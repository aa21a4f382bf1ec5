from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DatasetError
from models.training import downloads
from models.training.datasets import (
    FOLDER_VARIABLE,
    SOURCES,
    Dataset,
    Source,
    content_hash,
    find_missing,
    load_dataset,
)

ROWS = [("b", "Dull.", "negative"), ("a", "Lovely.", "positive"), ("c", "Fine.", "positive")]
FRAME = downloads.as_frame(ROWS)
OTHER = downloads.as_frame([("a", "Something else.", "positive")])
WHERE = "https://example.org/plums.zip"

Load = Callable[[Source], Dataset]


class Shop:
    """A source of data that counts its customers."""

    def __init__(self, *goods: pd.DataFrame | Exception) -> None:
        self.goods = list(goods)
        self.customers = 0

    def __call__(self, cache: Path) -> pd.DataFrame:
        self.customers += 1
        item = self.goods.pop(0)
        if isinstance(item, Exception):
            raise item
        return item


def plums(*goods: pd.DataFrame | Exception, known: bool = True) -> Source:
    hashes = (content_hash(FRAME),) if known else ()
    return Source("plums", "Plums of 2020", WHERE, hashes, (len(FRAME),), Shop(*goods))


@pytest.fixture
def named(tmp_path: Path) -> Path:
    return tmp_path / "named"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def load(named: Path, cache: Path) -> Load:
    environ = {"SECOND_OPINION_DATA": str(named)}
    return lambda source: load_dataset(source.name, environ, cache, {source.name: source})


def refusal(load: Load, source: Source) -> str:
    with pytest.raises(DatasetError) as caught:
        load(source)
    return caught.value.message


def customers(source: Source) -> int:
    assert isinstance(source.download, Shop)
    return source.download.customers


def store(frame: pd.DataFrame, folder: Path) -> None:
    downloads.write_safely(folder / "plums.parquet", frame)


def test_the_named_folder_comes_first(load: Load, named: Path, cache: Path) -> None:
    store(FRAME, named)
    store(OTHER, cache)
    source = plums()

    assert load(source).frame["text"].tolist() == ["Lovely.", "Dull.", "Fine."]
    assert customers(source) == 0


def test_the_cache_comes_next(load: Load, cache: Path) -> None:
    store(FRAME, cache)
    source = plums()

    assert len(load(source).frame) == 3
    assert customers(source) == 0


def test_without_a_named_folder_only_the_cache_is_tried(cache: Path) -> None:
    store(FRAME, cache)

    assert len(load_dataset("plums", {}, cache, {"plums": plums()}).frame) == 3


def test_what_was_downloaded_is_kept(load: Load, cache: Path) -> None:
    source = plums(FRAME)

    first, second = load(source), load(source)

    assert first.frame.equals(second.frame)
    assert customers(source) == 1
    assert [path.name for path in cache.iterdir()] == ["plums.parquet"]


def test_the_order_of_the_rows_does_not_depend_on_the_place(load: Load, named: Path) -> None:
    store(FRAME.iloc[::-1], named)

    dataset = load(plums())

    assert dataset.frame["id"].tolist() == ["a", "b", "c"]
    assert dataset.content_hash == content_hash(FRAME)


def test_a_file_with_other_content_is_refused(load: Load, named: Path) -> None:
    store(OTHER, named)

    message = refusal(load, plums(FRAME))

    assert str(named / "plums.parquet") in message
    assert content_hash(OTHER)[:12] in message
    assert WHERE in message


@pytest.mark.parametrize("content", [b"", b"no parquet"])
def test_a_damaged_file_is_refused_by_its_name(load: Load, named: Path, content: bytes) -> None:
    named.mkdir()
    (named / "plums.parquet").write_bytes(content)

    assert str(named / "plums.parquet") in refusal(load, plums(FRAME))


def test_a_file_with_other_columns_is_refused_by_its_name(load: Load, named: Path) -> None:
    store(FRAME.rename(columns={"text": "words"}), named)

    assert str(named / "plums.parquet") in refusal(load, plums(FRAME))


def test_a_download_with_other_content_is_refused_and_not_kept(load: Load, cache: Path) -> None:
    source = plums(OTHER, FRAME)

    refusal(load, source)

    assert not (cache / "plums.parquet").exists()
    assert len(load(source).frame) == 3


def test_content_that_nobody_recorded_is_taken_if_its_size_is_right(load: Load) -> None:
    assert len(load(plums(FRAME, known=False)).frame) == 3


def test_content_that_nobody_recorded_is_refused_if_its_size_is_wrong(load: Load) -> None:
    assert "1 rows" in refusal(load, plums(OTHER, known=False))


def test_content_that_was_taken_once_is_held_to(load: Load, cache: Path) -> None:
    load(plums(FRAME, known=False))
    store(FRAME.replace("Dull.", "Dreary."), cache)

    refusal(load, plums(known=False))


@pytest.mark.parametrize("error", [OSError("no route to host"), ValueError("a wrong hash")])
def test_without_data_one_error_names_each_place_and_what_to_do(
    load: Load, named: Path, cache: Path, error: Exception
) -> None:
    message = refusal(load, plums(error))

    assert str(named / "plums.parquet") in message
    assert str(cache / "plums.parquet") in message
    assert WHERE in message
    assert str(error) in message
    assert "SECOND_OPINION_DATA" in message
    assert len(message.splitlines()) == 1


def test_a_file_appears_under_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    class Watched(pd.DataFrame):
        def to_parquet(self, path: Path, **options: object) -> None:  # type: ignore[override]
            path.write_bytes(b"half")
            seen.append([item.name for item in tmp_path.iterdir()])
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        downloads.write_safely(tmp_path / "plums.parquet", Watched(FRAME))

    assert seen == [["plums.part"]]
    assert not (tmp_path / "plums.parquet").exists()


def test_samples_hold_texts_and_labels_and_where_they_came_from(load: Load) -> None:
    samples = load(plums(FRAME)).as_samples()

    assert samples.X.tolist() == ["Lovely.", "Dull.", "Fine."]
    assert samples.y.tolist() == ["positive", "negative", "positive"]
    assert samples.sources[0]["title"] == "Plums of 2020"
    assert samples.sources[0]["rows"] == 3


@given(st.permutations(ROWS))
def test_the_content_hash_does_not_depend_on_the_order(rows: list[tuple[str, str, str]]) -> None:
    assert content_hash(downloads.as_frame(rows)) == content_hash(FRAME)


@pytest.mark.parametrize("column", ["id", "text", "label"])
def test_the_content_hash_depends_on_every_column(column: str) -> None:
    changed = FRAME.assign(**{column: ["x", *FRAME[column][1:]]})

    assert content_hash(changed) != content_hash(FRAME)


def test_each_source_is_known_under_its_name_and_by_its_content() -> None:
    for name, source in SOURCES.items():
        assert source.name == name
        assert source.where.startswith("https://")
        assert all(len(known) == 64 for known in source.content_hashes)
        assert source.file_name == f"{name}.parquet"


def test_a_download_of_the_treebank_has_as_many_phrases_as_its_two_parts_can_have() -> None:
    rows = SOURCES["sst_phrases"].rows

    assert 180_000 in rows
    assert 8_544 not in rows  # the sentences of the training part alone
    assert 239_233 not in rows  # more than the whole treebank


def test_what_would_be_downloaded_is_known_before(tmp_path: Path) -> None:
    (tmp_path / "imdb_train.parquet").touch()
    environ = {FOLDER_VARIABLE: str(tmp_path)}
    names = ["imdb_train", "sentence_polarity_cut", "iris"]

    assert find_missing(names, environ, tmp_path / "cache") == ["sentence_polarity_cut.parquet"]
