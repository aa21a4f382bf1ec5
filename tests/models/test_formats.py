"""Models from files and folders that others made: each is opened, or refused in one sentence."""

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
import sklearn
from shelf import (
    SHELF,
    of_numbers,
    penguin_pipeline,
    penguins,
    save_joblib,
    save_mlflow,
    save_skops,
    text_pipeline,
)
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from models.formats.opened import Artefact, SourceError
from models.formats.reading import read_artefact
from models.formats.source import describe_source
from models.formats.trial import Trial


def inputs_of(estimator: Any) -> Any:
    """Return a few inputs that a model of the shelf takes."""
    if not hasattr(estimator, "feature_names_in_"):
        return ["a good film", "a dull film"]
    table = penguins().dropna().assign(year=2)
    return table[list(estimator.feature_names_in_)].head(6)


def refused(source: str, *, trust: bool = False) -> str:
    """Return the sentence with which a source is refused."""
    with pytest.raises(SourceError) as caught:
        read_artefact(describe_source(source), trust=trust)
    message = caught.value.message
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize("kind", SHELF)
def test_every_kind_of_the_shelf_comes_back_from_skops_with_its_predictions(
    kind: str, tmp_path: Path
) -> None:
    estimator = SHELF[kind]()
    path = save_skops(estimator, tmp_path / "model.skops")

    opened = read_artefact(describe_source(str(path)))

    inputs = inputs_of(estimator)
    assert opened.estimator.predict(inputs).tolist() == estimator.predict(inputs).tolist()
    assert opened.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert opened.size_bytes == path.stat().st_size


class Harmful:
    """Something that runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_a_type_off_the_list_is_refused_by_name(tmp_path: Path) -> None:
    pipeline = make_pipeline(FunctionTransformer(joblib.hash), LogisticRegression())
    path = save_skops(pipeline, tmp_path / "model.skops")

    assert "joblib.hashing.hash, which the app does not load" in refused(str(path))


def test_a_pickle_is_not_opened_without_trust(tmp_path: Path) -> None:
    path, touched = tmp_path / "model.pkl", tmp_path / "touched"
    path.write_bytes(pickle.dumps(Harmful(touched)))

    message = refused(str(path))

    assert not touched.exists()
    assert "is a Python pickle, and opening one runs whatever is in it; add --trust" in message


@pytest.mark.parametrize("name", ["model.joblib", "model.pkl", "model.pickle"])
def test_a_trusted_pickle_is_opened(tmp_path: Path, name: str) -> None:
    path = save_joblib(penguin_pipeline(), tmp_path / name)

    opened = read_artefact(describe_source(str(path)), trust=True)

    assert opened.estimator.classes_.tolist() == ["Adelie", "Chinstrap", "Gentoo"]


def test_a_compressed_joblib_file_is_opened(tmp_path: Path) -> None:
    joblib.dump(penguin_pipeline(), tmp_path / "model.joblib", compress=3)

    assert read_artefact(describe_source(str(tmp_path / "model.joblib")), trust=True).estimator


def test_a_pinned_pickle_needs_no_trust_and_a_changed_one_is_not_run(tmp_path: Path) -> None:
    path, touched = tmp_path / "model.joblib", tmp_path / "touched"
    save_joblib(text_pipeline(), path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    pinned = Artefact(path, "pickle", str(path), "model", sha256=digest)

    assert read_artefact(pinned).sha256 == digest
    path.write_bytes(pickle.dumps(Harmful(touched)))
    with pytest.raises(SourceError, match="is not the file that was pinned"):
        read_artefact(pinned)
    assert not touched.exists()


@pytest.mark.parametrize("save", [save_skops, save_joblib])
def test_a_model_of_another_scikit_learn_names_both_versions(
    save: Callable[[Any, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suffix = "skops" if save is save_skops else "joblib"
    estimator = of_numbers(LogisticRegression(max_iter=500))
    with monkeypatch.context() as patched:
        patched.setattr("sklearn.base.__version__", "1.5.2")
        path = save(estimator, tmp_path / f"old.{suffix}")

    message = refused(str(path), trust=True)

    assert f"made with scikit-learn 1.5.2, but {sklearn.__version__} is here" in message
    assert "`pip install scikit-learn==1.5.2`" in message


def test_a_lambda_that_cannot_be_found_again_is_refused(tmp_path: Path) -> None:
    source = b"c__main__\nclean\n."
    (tmp_path / "model.pkl").write_bytes(source)

    assert "script or notebook that made it" in refused(str(tmp_path / "model.pkl"), trust=True)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.pkl").write_bytes(b"cxgboost_of_mine.core\nBooster\n.")

    message = refused(str(tmp_path / "model.pkl"), trust=True)

    assert "needs the package 'xgboost_of_mine', which is not installed here" in message


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\x80\x04 broken", b"plain text", b"\x00" * 64]
)
@pytest.mark.parametrize("suffix", ["skops", "joblib"])
def test_a_damaged_file_is_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"model.{suffix}"
    path.write_bytes(content)

    assert "cannot be read as a model" in refused(str(path), trust=True)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nothing/here.skops", "There is no file or folder 'nothing/here.skops'"),
        ("\0", "There is no file or folder"),
        ("hf://only-a-user", "is no repository of the Hub"),
        ("hf://../../etc/passwd", "is no repository of the Hub"),
    ],
)
def test_what_is_no_source_is_told_what_is(source: str, said: str) -> None:
    assert said in refused(source)


def test_a_folder_without_mlmodel_and_an_unknown_suffix_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.h5").write_bytes(b"x")

    assert "has no file MLmodel" in refused(str(tmp_path))
    assert "model.h5 is of no kind that is taken" in refused(str(tmp_path / "model.h5"))


@pytest.mark.parametrize(
    ("mlflow", "written", "name"),
    [("2.9.2", "cloudpickle", "penguins"), ("3.18.0", "skops", "m-4f")],
)
def test_a_folder_of_mlflow_is_read_with_its_schema(
    tmp_path: Path, mlflow: str, written: str, name: str
) -> None:
    folder = save_mlflow(tmp_path / "m-4f" / "artifacts", mlflow=mlflow, written=written)

    artefact = describe_source(str(folder))
    opened = read_artefact(artefact, trust=written != "skops")

    assert artefact.name == name
    assert [(each.name, each.kind, each.is_required) for each in artefact.columns] == [
        ("island", "text", True),
        ("bill_length_mm", "number", True),
        ("bill_depth_mm", "number", False),
        ("body_mass_g", "integer", True),
        ("tagged", "flag", True),
    ]
    assert artefact.input_example is not None
    probabilities = opened.estimator.predict_proba(artefact.input_example)
    assert np.shape(probabilities) == (3, 3)


def test_a_run_of_mlflow_is_found_by_its_folder(tmp_path: Path) -> None:
    save_mlflow(tmp_path / "run" / "artifacts" / "model")

    assert describe_source(str(tmp_path / "run")).path.name == "model.skops"


def test_a_folder_of_mlflow_names_its_other_scikit_learn(tmp_path: Path) -> None:
    folder = save_mlflow(tmp_path / "old", version="1.2.2", written="skops")

    assert "was made with scikit-learn 1.2.2" in refused(str(folder))


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ("flavors: {keras: {data: data}}", "no scikit-learn model (its flavours: keras)"),
        ("flavors: [sklearn]", "no scikit-learn model (its flavours: none)"),
        ("flavors: {sklearn: {pickled_model: ../../secret.pkl}}", "outside of its folder"),
        ("- a list", "it holds no names with values"),
        ("{broken", "cannot be read"),
        ("!!python/object/apply:os.system ['true']", "cannot be read"),
    ],
)
def test_another_mlmodel_is_refused(tmp_path: Path, described: str, said: str) -> None:
    (tmp_path / "MLmodel").write_text(described)

    assert said in refused(str(tmp_path))


def test_a_first_reading_takes_a_good_file(tmp_path: Path) -> None:
    path = save_skops(penguin_pipeline(), tmp_path / "model.skops")

    Trial(describe_source(str(path))).finish()


def test_a_first_reading_hands_on_why_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    path.write_bytes(b"nothing")

    with pytest.raises(SourceError, match="cannot be read as a model"):
        Trial(describe_source(str(path))).finish()


class Ending:
    def __reduce__(self) -> tuple[Any, ...]:
        import os

        return os._exit, (3,)


class Endless:
    def __reduce__(self) -> tuple[Any, ...]:
        import time

        return time.sleep, (60,)


@pytest.mark.parametrize(
    ("harm", "said"), [(Ending(), "ended the process"), (Endless(), "was not read within 3 s")]
)
def test_a_first_reading_that_ends_or_hangs_harms_nothing(
    tmp_path: Path, harm: object, said: str
) -> None:
    path = tmp_path / "model.joblib"
    path.write_bytes(pickle.dumps(harm))

    with pytest.raises(SourceError, match=said):
        Trial(describe_source(str(path))).finish(3 if isinstance(harm, Endless) else 60)
