import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.dummy import DummyClassifier

from models import train as training
from models.evaluation.recipe import TrainingRecipe
from models.iris.model import SPEC as IRIS
from models.registry import load_model
from models.samples import Samples
from models.training.card import write_card


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the iris model was trained."""
    folder = tmp_path_factory.mktemp("iris")
    training.train(IRIS, folder)
    return folder


def metadata_of(folder: Path) -> Any:
    return json.loads((folder / "metadata.json").read_text("utf-8"))


def samples_of(title: str, size: int) -> Samples:
    y = np.array(["a", "b"] * (size // 2), dtype=object)
    source: dict[str, str | int] = {"name": "made up", "title": title, "rows": size}
    kinds = np.full(size, "numbers", dtype=object)
    return Samples(np.arange(float(size)).reshape(-1, 1), y, (source,), np.arange(size), kinds)


TRAINING, TEST = samples_of("A training file", 80), samples_of("A test file", 4)


def always_a(_: Samples = TRAINING) -> DummyClassifier:
    return DummyClassifier(strategy="constant", constant="a").fit(TRAINING.X, TRAINING.y)


# Its model never learns.
WITH_TEST_FILE = TrainingRecipe(
    load=lambda: TRAINING,
    folds=lambda _: [(np.arange(20, 80), np.arange(20))],
    fit=always_a,
    load_test=lambda: TEST,
)


def evaluated(sha256: str, earlier: Any) -> Any:
    return training.evaluation_of(IRIS, always_a(), sha256, WITH_TEST_FILE, TRAINING, earlier)


def test_training_writes_a_model_that_can_be_loaded(folder: Path) -> None:
    model = load_model(IRIS, folder)

    assert tuple(model.pipeline.classes_) == IRIS.classes
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        "metadata.json",
        "pipeline.joblib",
    ]


def test_the_metadata_say_what_the_model_learnt_from(folder: Path) -> None:
    (data,) = metadata_of(folder)["training_data"]

    assert data["rows"] == 150
    assert len(data["content_sha256"]) == 64


def test_the_metadata_hold_the_known_flowers_for_the_drawing(folder: Path) -> None:
    known = metadata_of(folder)["known_samples"]

    assert np.array_equal(known["X"], load_iris().data)
    assert known["y"][0] == "setosa"
    assert known["y"][-1] == "virginica"


def test_the_card_is_made_from_the_metadata(folder: Path) -> None:
    assert (folder / "README.md").read_text("utf-8") == write_card(IRIS, metadata_of(folder))


def test_every_flower_was_held_out_ten_times_and_counts_once(folder: Path) -> None:
    figures = metadata_of(folder)["evaluation"]

    assert "held out 10 times and counts once" in figures["method"]
    assert np.sum(figures["confusion"]) == 150
    assert sum(part["samples"] for part in figures["calibration"]) == 150


def test_training_twice_gives_the_same_predictions_and_figures(
    folder: Path, tmp_path: Path
) -> None:
    training.train(IRIS, tmp_path)

    X = load_iris().data
    first, second = (load_model(IRIS, place).pipeline for place in (folder, tmp_path))
    assert np.array_equal(first.predict_proba(X), second.predict_proba(X))
    assert metadata_of(folder)["evaluation"] == metadata_of(tmp_path)["evaluation"]


def test_a_pipeline_that_came_out_the_same_keeps_its_figures() -> None:
    figures = {"evaluation": {"test_file_uses": 3, "metrics": {}}, "held_out": {}}

    assert evaluated("same", {"sha256": "same"} | figures) == figures


def test_the_first_look_at_a_test_file_is_counted() -> None:
    evaluation = evaluated("new", {})["evaluation"]

    assert evaluation["test_file_uses"] == 1
    assert evaluation["method"].startswith("Measured on A test file: 4 samples")
    assert evaluation["method"].endswith("once.")
    assert evaluation["metrics"]["accuracy"] == 0.5
    assert [source["title"] for source in evaluation["data"]] == ["A test file"]


def test_every_later_look_at_a_test_file_is_counted() -> None:
    evaluation = evaluated("new", {"sha256": "old", "evaluation": {"test_file_uses": 2}})

    assert evaluation["evaluation"]["test_file_uses"] == 3
    assert evaluation["evaluation"]["method"].endswith("3 times.")


def test_what_the_app_says_of_its_certainty_comes_from_the_training_data() -> None:
    held_out = evaluated("new", {})["held_out"]

    assert held_out["method"].startswith("20 samples of the training data")
    assert np.sum(held_out["confusion"]) == 20
    assert [point["samples"] for point in held_out["learning_curve"]] == [6, 18, 60]


def test_the_command_trains_into_a_folder_and_says_what_came_out(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "iris").mkdir()
    for path in folder.iterdir():
        (tmp_path / "iris" / path.name).write_bytes(path.read_bytes())

    training.main(["iris"], tmp_path)

    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("iris: fitted in ")
    assert "accuracy 9" in line
    assert metadata_of(tmp_path / "iris")["evaluation"] == metadata_of(folder)["evaluation"]


def test_an_unknown_model_cannot_be_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        training.main(["irsi"], tmp_path)

    assert caught.value.code == 2
    assert capsys.readouterr().err == (
        "There is no model 'irsi'; choose one of: tweets, reviews, iris, all.\n"
    )
    assert list(tmp_path.iterdir()) == []
