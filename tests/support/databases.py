"""Databases for the tests: SQLite and PostgreSQL alike, a fresh one for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from running import free_port

from benchmarks.cluster import Cluster, NoPostgres, private_cluster
from demo.store.database import Database, open_database
from demo.store.sessions import Store, open_store

TEMPLATE = "with_tables"
# For a test of one kind alone.
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server of our own."""
    try:
        with private_cluster() as cluster:
            yield cluster
    except NoPostgres as missing:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(f"{missing} REQUIRE_POSTGRES asks for the tests with PostgreSQL.")
        pytest.skip(f"{missing} The tests with PostgreSQL did not run.")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, to be copied: that is faster than to make them."""
    path = tmp_path_factory.mktemp("template") / "reviews.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """The name of a database with all tables, to be copied."""
    open_database(postgres.make_database(TEMPLATE)).close()
    return TEMPLATE


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs on."""
    return str(request.param)


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The URL of a new database without tables."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/reviews.db"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.make_database(f"test_{uuid4().hex}")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The URL of a new database with all tables."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "reviews.db")
        return f"sqlite:///{tmp_path}/reviews.db"
    cluster: Cluster = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("postgres_template")
    return cluster.make_database(f"test_{uuid4().hex}", template)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A new database."""
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store in a new database."""
    store = open_store(database_url, "wal")
    yield store
    store.database.close()


@pytest.fixture
def unused_port() -> int:
    """A port on which no database is."""
    return free_port()
