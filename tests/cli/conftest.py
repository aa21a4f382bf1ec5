"""Commands on review sessions, and the service on the database that they use."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from commanding import Refused, Run, refused_in, run_in

from demo.main import build_service
from demo.sessions.service import SessionService
from demo.settings import Settings
from models.registry import ModelCatalogue


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/reviews.db"


@pytest.fixture
def run(url: str) -> Run:
    return partial(run_in, url)


@pytest.fixture
def refused(url: str) -> Refused:
    return partial(refused_in, url)


@pytest.fixture
def service(catalogue: ModelCatalogue, url: str) -> Iterator[SessionService]:
    service = build_service(catalogue, Settings(database_url=url))
    yield service
    service.leave()
