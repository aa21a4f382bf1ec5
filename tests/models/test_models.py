"""The committed artefacts: each is what its spec and its metadata say, and right where it is plain."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue, discover_specs

LARGEST = 10_000_000
FLOORS = {
    "tweets": ("macro_recall", 0.60, "semeval_test2017"),
    "reviews": ("accuracy", 0.90, "imdb_test"),
    "iris": ("accuracy", 0.96, "iris"),
}
SAMPLES = {"tweets": 12_284, "reviews": 25_000, "iris": 150}

each_model = pytest.mark.parametrize("name", discover_specs())


@pytest.fixture
def folder(root: Path, name: str) -> Path:
    return root / "models" / name


@pytest.fixture
def metadata(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "metadata.json").read_text("utf-8")))


@each_model
def test_every_model_is_sound(catalogue: ModelCatalogue, name: str) -> None:
    assert name in catalogue.loaded, catalogue.unavailable[name].message


@each_model
def test_a_pipeline_fits_into_a_space(folder: Path) -> None:
    assert (folder / "pipeline.joblib").stat().st_size <= LARGEST


@each_model
def test_the_metadata_describe_the_pipeline(folder: Path, metadata: dict[str, Any]) -> None:
    content = (folder / "pipeline.joblib").read_bytes()

    assert metadata["sha256"] == hashlib.sha256(content).hexdigest()
    assert metadata["size_bytes"] == len(content)


@each_model
def test_the_metadata_say_how_the_model_was_made(name: str, metadata: dict[str, Any]) -> None:
    assert metadata["name"] == name
    assert set(metadata["versions"]) == {"python", "scikit-learn", "numpy", "nltk"}
    assert isinstance(metadata["seed"], int)
    assert metadata["training_seconds"] >= 0
    assert all(len(source["content_sha256"]) == 64 for source in metadata["training_data"])
    assert all(source["rows"] >= 150 for source in metadata["training_data"])


@each_model
def test_the_figures_reach_what_was_asked(name: str, metadata: dict[str, Any]) -> None:
    metric, least, data = FLOORS[name]

    assert metadata["evaluation"]["metrics"][metric] >= least
    assert [source["name"] for source in metadata["evaluation"]["data"]] == [data]


@each_model
def test_the_figures_cover_every_sample_and_agree(name: str, metadata: dict[str, Any]) -> None:
    evaluation = metadata["evaluation"]
    confusion = evaluation["confusion"]
    right = sum(row[place] for place, row in enumerate(confusion))

    assert list(evaluation["classes"]) == metadata["classes"]
    assert sum(map(sum, confusion)) == SAMPLES[name]
    assert right / SAMPLES[name] == pytest.approx(evaluation["metrics"]["accuracy"])


@pytest.mark.parametrize("name", ["tweets", "reviews"])
def test_no_model_was_measured_on_what_it_was_trained_on(metadata: dict[str, Any]) -> None:
    trained = {source["content_sha256"] for source in metadata["training_data"]}
    measured = {source["content_sha256"] for source in metadata["evaluation"]["data"]}

    assert not trained & measured


@each_model
def test_the_pipeline_answers_with_the_classes_of_its_spec(
    catalogue: ModelCatalogue, name: str
) -> None:
    model = catalogue[name]

    assert tuple(map(str, model.pipeline.classes_)) == model.spec.classes
    for example in model.spec.examples:
        assert predict_one(model, example.record).label in model.spec.classes


@pytest.mark.parametrize("species", ["setosa", "versicolor", "virginica"])
def test_a_typical_flower_is_named(iris: LoadedModel, species: str) -> None:
    flower = next(item for item in iris.spec.examples if item.title == f"Typical {species}")

    assert predict_one(iris, flower.record).label == species


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("reviews", "A wonderful film, superbly acted. I loved every minute of it.", "positive"),
        ("reviews", "Dull, badly written and a complete waste of time.", "negative"),
        ("tweets", "I love this so much, thank you!", "positive"),
        ("tweets", "Worst airline ever, I hate it", "negative"),
        ("tweets", "The library opens at nine on Saturday", "neutral"),
    ],
)
def test_a_plain_text_is_read_rightly(
    catalogue: ModelCatalogue, name: str, text: str, label: str
) -> None:
    assert predict_one(catalogue[name], {"text": text}).label == label


def test_the_film_a_review_is_about_changes_nothing(reviews: LoadedModel) -> None:
    text = "Not bad at all. I did not expect to enjoy it this much."

    answers = [
        predict_one(reviews, {"text": text, "movie": movie}).probabilities
        for movie in ("", "Titanic (1997)", "The worst film ever")
    ]

    assert answers[0] == answers[1] == answers[2]
