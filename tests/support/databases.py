"""Databases for the tests: SQLite and PostgreSQL alike, a fresh one for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from running import Running, free_port, launching

from benchmarks.cluster import Cluster, NoPostgres, private_cluster
from demo.store.database import Database, open_database
from demo.store.sessions import Store, open_store

TEMPLATE = "with_tables"
# Nothing need outlive a power cut here, and hundreds of databases would be tidied up all the time.
FOR_TESTS = ("fsync=off", "autovacuum=off")
# For a test of one kind alone.
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server of our own."""
    try:
        with private_cluster(*FOR_TESTS) as cluster:
            yield cluster
    except NoPostgres as missing:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(f"{missing} REQUIRE_POSTGRES asks for the tests with PostgreSQL.")
        pytest.skip(f"{missing} The tests with PostgreSQL did not run.")


def new_name() -> str:
    """Return a name that no database has."""
    return f"test_{uuid4().hex}"


@pytest.fixture
def mortal_postgres(postgres: Cluster) -> Iterator[Cluster]:
    """The same server for a test that stops it: no other runs at the time, and the next finds it started."""
    yield postgres
    if not postgres.is_running():
        postgres.start()


@pytest.fixture(scope="session")
def postgres_server(
    tmp_path_factory: pytest.TempPathFactory, postgres: Cluster
) -> Iterator[Running]:
    """A served app whose database is one of PostgreSQL."""
    url = postgres.make_database(new_name())
    with launching(tmp_path_factory) as launch:
        yield launch(["-m", "demo", "serve"], SECOND_OPINION_DATABASE_URL=url)


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
    return cluster.make_database(new_name())


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The URL of a new database with all tables."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "reviews.db")
        return f"sqlite:///{tmp_path}/reviews.db"
    cluster: Cluster = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("postgres_template")
    return cluster.make_database(new_name(), template)


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
