import hashlib
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from models.errors import ArtefactError, UnknownModel
from models.features import NumberFeature
from models.iris.model import SPEC as IRIS
from models.predict import predict_one
from models.registry import current_versions, discover_specs, load_catalogue, load_model
from models.spec import CardText, Example, ModelSpec

SPEC = ModelSpec(
    name="plums",
    title="Plums",
    subject="Plums",
    choice="Plums",
    summary="Whether a plum is ripe.",
    classes=("hard", "ripe"),
    features=(NumberFeature("size", "Size", "cm", 1, 5, step=0.1, typical=3, highest=10),),
    examples=(Example("Small", {"size": 1}),),
    card=CardText("purpose", "not for", "data", "limits", "mit"),
    main_metric="accuracy",
)


class Bomb:
    """An object that writes a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Path, str]]:
        return Path.write_text, (self.target, "boom")


def store(folder: Path, content: bytes | None = None, **changes: Any) -> Path:
    """Write sound artefacts of the plums model into `folder`, but for what is given."""
    if content is None:
        pipeline = LogisticRegression().fit([[1], [2], [4], [5]], ["hard", "hard", "ripe", "ripe"])
        joblib.dump(pipeline, folder / "pipeline.joblib")
        content = (folder / "pipeline.joblib").read_bytes()
    (folder / "pipeline.joblib").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    evaluation: dict[str, Any] = {"method": "", "data": [], "metrics": {"accuracy": 1.0}}
    metadata = {
        "sha256": sha256,
        "versions": current_versions(),
        "evaluation": evaluation,
    } | changes
    (folder / "metadata.json").write_text(json.dumps(metadata))
    (folder / "README.md").write_text("# Plums")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(ArtefactError) as caught:
        load_model(SPEC, folder)
    assert "plums" in caught.value.message
    assert "python -m models.train plums" in caught.value.message
    return caught.value.message


def test_a_sound_model_is_loaded_and_answers(tmp_path: Path) -> None:
    model = load_model(SPEC, store(tmp_path))

    assert predict_one(model, {"size": 5}).label == "ripe"
    assert model.card == "# Plums"
    assert model.version == model.metadata["sha256"][:12]


@pytest.mark.parametrize("name", ["metadata.json", "pipeline.joblib", "README.md"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (store(tmp_path) / name).unlink()

    assert name in refusal(tmp_path)


def test_a_folder_that_is_not_there_is_no_model(tmp_path: Path) -> None:
    refusal(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '"text"', '{"sha256": null}'], ids=repr
)
def test_metadata_that_describes_no_pipeline_is_refused(tmp_path: Path, text: str) -> None:
    (store(tmp_path) / "metadata.json").write_text(text)

    refusal(tmp_path)


@pytest.mark.parametrize("versions", [None, [], "1.9.1"])
def test_metadata_without_readable_versions_is_refused(tmp_path: Path, versions: object) -> None:
    refusal(store(tmp_path, versions=versions))


def test_metadata_without_figures_is_refused(tmp_path: Path) -> None:
    refusal(store(tmp_path, evaluation={}))


@pytest.mark.parametrize("name", ["metadata.json", "README.md"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, name: str) -> None:
    (store(tmp_path) / name).write_bytes(b"\xff\xfe\x00")

    refusal(tmp_path)


def test_a_changed_pipeline_is_refused_with_both_hashes(tmp_path: Path) -> None:
    path = store(tmp_path) / "pipeline.joblib"
    expected = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes() + b"\0")

    message = refusal(tmp_path)

    assert expected[:12] in message
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] in message


def test_the_bomb_of_these_tests_goes_off_when_unpickled(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Bomb(tmp_path / "boom")))

    assert (tmp_path / "boom").exists()


def test_a_pipeline_with_a_wrong_hash_is_not_unpickled(tmp_path: Path) -> None:
    store(tmp_path, pickle.dumps(Bomb(tmp_path / "boom")), sha256="0" * 64)

    refusal(tmp_path)

    assert not (tmp_path / "boom").exists()


@pytest.mark.parametrize("package", ["scikit-learn", "numpy", "nltk"])
def test_another_version_is_refused_before_anything_is_unpickled(
    tmp_path: Path, package: str
) -> None:
    versions = current_versions() | {package: "0.1"}
    store(tmp_path, pickle.dumps(Bomb(tmp_path / "boom")), versions=versions)

    message = refusal(tmp_path)

    assert f"{package} 0.1 (here {current_versions()[package]})" in message
    assert "pip install -r requirements.txt" in message
    assert not (tmp_path / "boom").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\x78\x9cgarbage",
        b"cno_such_module\nplum\n.",
        b"cmodels.registry\nplum\n.",
        pickle.dumps({}),
    ],
    ids=repr,
)
def test_content_that_is_no_pipeline_is_refused(tmp_path: Path, content: bytes) -> None:
    refusal(store(tmp_path, content))


def test_a_pipeline_of_other_code_is_refused_when_it_is_loaded(tmp_path: Path) -> None:
    pipeline = make_pipeline(LogisticRegression()).fit([[1], [5]], ["hard", "ripe"])
    del pipeline[-1].coef_
    joblib.dump(pipeline, tmp_path / "other")

    assert "coef_" in refusal(store(tmp_path, (tmp_path / "other").read_bytes()))


def test_other_classes_than_those_of_the_spec_are_refused(tmp_path: Path) -> None:
    pipeline = LogisticRegression().fit([[1], [5]], ["green", "ripe"])
    joblib.dump(pipeline, tmp_path / "other")

    message = refusal(store(tmp_path, (tmp_path / "other").read_bytes()))

    assert "green, ripe" in message
    assert "hard, ripe" in message


def test_a_catalogue_keeps_the_sound_models_and_says_why_others_are_not(tmp_path: Path) -> None:
    (tmp_path / "plums").mkdir()
    store(tmp_path / "plums")

    catalogue = load_catalogue({"iris": IRIS, "plums": SPEC}, tmp_path)

    assert list(catalogue.loaded) == ["plums"]
    assert catalogue["plums"].spec is SPEC
    assert "iris" in catalogue.unavailable["iris"].message
    with pytest.raises(ArtefactError) as caught:
        catalogue["iris"]
    assert caught.value is catalogue.unavailable["iris"]


def test_a_catalogue_does_not_know_other_names(tmp_path: Path) -> None:
    (tmp_path / "plums").mkdir()
    store(tmp_path / "plums")

    with pytest.raises(UnknownModel, match=r"'figs'.*plums"):
        load_catalogue({"plums": SPEC}, tmp_path)["figs"]


def test_no_sound_model_at_all_is_an_error_with_every_reason(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError) as caught:
        load_catalogue({"iris": IRIS, "plums": SPEC}, tmp_path)

    assert "The iris model" in caught.value.message
    assert "The plums model" in caught.value.message


def test_a_new_folder_with_a_spec_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    for name, order in (("apples", 20), ("pears", 10)):
        (tmp_path / "orchard" / name).mkdir(parents=True)
        (tmp_path / "orchard" / name / "model.py").write_text(
            "from dataclasses import replace\nfrom models.iris.model import SPEC as IRIS\n"
            f"SPEC = replace(IRIS, name={name!r}, order={order})\n"
        )
    (tmp_path / "orchard" / "drafts").mkdir()

    specs = discover_specs(tmp_path / "orchard", package="orchard")

    assert list(specs) == ["pears", "apples"]


def test_the_three_models_of_the_project_are_found_in_the_order_of_the_page() -> None:
    assert list(discover_specs()) == ["tweets", "reviews", "iris"]
