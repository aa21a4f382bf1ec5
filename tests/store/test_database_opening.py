"""Opening a database: where it is made, and what is refused in words that give nothing away."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from storing import add_code, codes_in

from benchmarks.cluster import PASSWORD, Cluster
from demo.sessions.errors import StoreUnavailable
from demo.store.database import Database, open_database
from demo.store.engines import default_url

CANNOT_BE_OPENED = "The database of the review sessions cannot be opened; check that it is there"
NOBODY = 65534


def refusal_of(url: str, journal_mode: str = "wal") -> str:
    with pytest.raises(StoreUnavailable) as caught:
        open_database(url, journal_mode)
    return caught.value.message


@contextmanager
def without_rights() -> Iterator[Path]:
    """Give a folder to one who is not root for a while: root may write everywhere."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        was_root = os.geteuid() == 0
        if was_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o700)
            if was_root:
                os.seteuid(0)


def test_the_folder_of_a_file_is_made(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path}/a b/c/reviews.db").close()

    assert (tmp_path / "a b" / "c" / "reviews.db").stat().st_size


def test_the_default_is_a_file_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, f"{tmp_path}/what? #1 100%")
    open_database(default_url()).close()

    (path,) = tmp_path.rglob("reviews.db")
    assert path.parent.name == "second-opinion"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anna:secret@host:54x2/name",
        "postgresql://anna:se:cret@host:secret/name",
        "not a url with secret",
        "",
    ],
)
def test_what_is_no_url_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_database(url)

    assert caught.value.message.startswith("SECOND_OPINION_DATABASE_URL cannot be read as a URL")
    assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///"])
def test_a_database_that_would_be_lost_is_refused(url: str) -> None:
    assert refusal_of(url) == (
        "SECOND_OPINION_DATABASE_URL names no file; write it like sqlite:////data/reviews.db."
    )


def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    message = refusal_of(f"sqlite:///{tmp_path}/file/folder/reviews.db")

    assert message == (
        "The folder of the database cannot be made (Not a directory); "
        "name another with SECOND_OPINION_DATABASE_URL."
    )
    assert str(tmp_path) in caplog.text


def test_a_folder_without_permission_is_refused() -> None:
    with without_rights() as folder:
        folder.chmod(0o500)
        made = refusal_of(f"sqlite:///{folder}/folder/reviews.db")
        opened = refusal_of(f"sqlite:///{folder}/reviews.db")

    assert made.startswith("The folder of the database cannot be made (Permission denied)")
    assert opened.startswith(CANNOT_BE_OPENED)


def test_a_file_that_may_only_be_read_is_told() -> None:
    with without_rights() as folder:
        path = folder / "reviews.db"
        database = open_database(f"sqlite:///{path}", "delete")
        database.run_unit(add_code)
        database.close()
        path.chmod(0o400)
        database = open_database(f"sqlite:///{path}", "delete")
        with pytest.raises(StoreUnavailable, match="may be read but not written"):
            database.run_unit(lambda connection: add_code(connection, "3333"))
        seen = database.read(codes_in)
        database.close()

    assert seen == ["2222"]


@pytest.mark.parametrize("content", [b"Dear diary" * 500, b"SQLite format 3\0" + b"\xff" * 9_000])
def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reviews.db"
    path.write_bytes(content)

    assert refusal_of(f"sqlite:///{path}").startswith("The database is damaged, or is none")
    assert path.read_bytes() == content


def test_a_file_that_is_damaged_later_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    database = open_database(f"sqlite:///{path}", "delete")
    database.run_unit(add_code)
    database.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    database = Database(f"sqlite:///{path}", "delete")
    with pytest.raises(StoreUnavailable, match="The database is damaged"):
        database.read(codes_in)
    database.close()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert refusal_of(f"sqlite:///{tmp_path}").startswith(CANNOT_BE_OPENED)


@pytest.mark.parametrize("query", ["?nonsense=1", "?timeout=never", "?mode=memory&uri=true"])
def test_a_file_takes_no_options(tmp_path: Path, query: str) -> None:
    assert refusal_of(f"sqlite:///{tmp_path}/reviews.db{query}") == (
        "SECOND_OPINION_DATABASE_URL has options; write it like sqlite:////data/reviews.db."
    )


@pytest.mark.parametrize(
    "change",
    [
        (quote(PASSWORD, safe=""), "x"),
        ("/postgres", "/nowhere"),
        ("facilitator:", "nobody:"),
        ("/postgres", "/postgres?nonsense=1"),
        ("/postgres", "/postgres?sslmode=require"),
    ],
)
def test_a_server_that_lets_nobody_in_is_told_to_the_log_alone(
    postgres: Cluster, change: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    url = postgres.url("postgres")
    assert change[0] in url
    message = refusal_of(url.replace(*change))

    assert message.startswith(CANNOT_BE_OPENED)
    assert str(postgres.port) not in message
    assert str(postgres.port) in caplog.text
    assert PASSWORD not in caplog.text + message
    assert quote(PASSWORD, safe="") not in caplog.text + message


def test_a_password_among_the_options_is_not_shown_either(
    unused_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    refusal_of(f"postgresql://anna@127.0.0.1:{unused_port}/reviews?password=secret")

    assert f"postgresql+psycopg://anna@127.0.0.1:{unused_port}/reviews cannot be" in caplog.text
    assert "secret" not in caplog.text


def test_a_server_that_says_nothing_is_given_up_within_five_seconds() -> None:
    start = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://anna:secret@127.0.0.1:{silent.getsockname()[1]}/reviews"

        assert refusal_of(url).startswith(CANNOT_BE_OPENED)
    assert time.monotonic() - start < 5
