"""The card and the pipeline of a model, to be downloaded."""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.registry import MODELS_FOLDER, ModelCatalogue, load_catalogue
from models.spec import ModelSpec

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Asking = Callable[..., AbstractContextManager["TestClient"]]


def test_the_card_is_the_one_that_came_with_the_model(
    client: "TestClient", catalogue: ModelCatalogue
) -> None:
    response = client.get("/api/models/reviews/card")

    assert response.text == catalogue["reviews"].card
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="reviews.md"'


def test_the_pipeline_is_the_file_whose_sha256_the_page_shows(
    client: "TestClient", catalogue: ModelCatalogue
) -> None:
    model = catalogue["iris"]
    response = client.get("/api/models/iris/pipeline")

    assert hashlib.sha256(response.content).hexdigest() == model.metadata["sha256"]
    assert response.headers["content-type"] == "application/octet-stream"
    name = f'filename="iris-{model.version}.joblib"'
    assert response.headers["content-disposition"] == f"attachment; {name}"


def test_a_pipeline_that_was_changed_since_the_start_is_not_given_out(
    asking: Asking, specs: dict[str, ModelSpec], tmp_path: Path
) -> None:
    shutil.copytree(MODELS_FOLDER / "iris", tmp_path / "iris")
    catalogue = load_catalogue({"iris": specs["iris"]}, tmp_path)
    with asking(catalogue) as client:
        (tmp_path / "iris" / "pipeline.joblib").write_bytes(b"another")
        changed = client.get("/api/models/iris/pipeline")
        (tmp_path / "iris" / "pipeline.joblib").unlink()
        gone = client.get("/api/models/iris/pipeline")

    for response in (changed, gone):
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "model_unavailable"


@pytest.mark.parametrize("file", ["card", "pipeline"])
def test_an_unknown_or_unavailable_model_has_no_files(
    asking: Asking, specs: dict[str, ModelSpec], tmp_path: Path, file: str
) -> None:
    shutil.copytree(MODELS_FOLDER / "iris", tmp_path / "iris")
    catalogue = load_catalogue({name: specs[name] for name in ("iris", "reviews")}, tmp_path)
    with asking(catalogue) as client:
        assert client.get(f"/api/models/reviews/{file}").status_code == 503
        assert client.get(f"/api/models/plums/{file}").status_code == 404
