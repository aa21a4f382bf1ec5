"""From data to the three artefacts of a model: `python -m models.train <name>`."""

import hashlib
import importlib
import json
import sys
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import joblib
import numpy as np
import typer

from models.behaviour import run_checks
from models.card import write_card
from models.card_figures import METRIC_TITLES, metric_text
from models.datasets import Samples
from models.errors import UnknownModel, UserError
from models.evaluate import (
    cross_predict,
    learning_curve,
    learning_point,
    strongest_features,
    study,
    study_on,
)
from models.familiarity import training_profile
from models.registry import MODELS_FOLDER, current_versions, discover_specs
from models.spec import ModelSpec
from models.trust import choose_threshold

SEED = 0
COMPRESSION = ("zlib", 6)
# Models are trained side by side; each wants one core and up to 4 GB.
N_WORKERS = 2
# So many samples tell how often a feature occurs.
N_WEIGHED = 10_000


def tell(message: str) -> None:
    """Say how far the training has come."""
    typer.echo(message, err=True)


def pipeline_bytes(pipeline: Any) -> bytes:
    """Return the pipeline as joblib stores it."""
    buffer = BytesIO()
    joblib.dump(pipeline, buffer, compress=COMPRESSION)
    return buffer.getvalue()


def evaluate_on_test_file(pipeline: Any, samples: Samples, earlier_uses: int) -> dict[str, Any]:
    """Return the study of the test file, which says how often it was asked."""
    uses = earlier_uses + 1
    times = {1: "once", 2: "twice"}.get(uses, f"{uses} times")
    return {
        "method": (
            f"Measured on {samples.sources[0]['title']}: {len(samples.y):,} samples kept for this alone. "
            f"Models of this project were measured on them {times}."
        ),
        "data": list(samples.sources),
        "test_file_uses": uses,
    } | study_on(pipeline, samples)


def evaluate_by_folds(training: ModuleType, pipeline: Any, samples: Samples) -> dict[str, Any]:
    """Return the study of a cross-validation, for a model without a test file."""
    folds = training.folds(samples)
    held_out, rows = cross_predict(pipeline, samples, folds)
    repeats = len(held_out.y) // len(samples.y)
    return {
        "method": (
            f"Measured by stratified {len(folds) // repeats}-fold cross-validation, repeated {repeats} "
            f"times: each of the {len(samples.y)} samples was held out {repeats} times."
        ),
        "data": list(samples.sources),
    } | study(np.unique(samples.y), held_out, rows)


def study_held_out(name: str, training: ModuleType, samples: Samples) -> dict[str, Any]:
    """Return the study of the first fold by a pipeline fitted on the rest of the training data.

    What the app says of its own certainty comes from here: the test file stays for the last number.
    """
    train, test = training.folds(samples)[0]
    tell(f"{name}: fitting on {len(train):,} samples, {len(test):,} held out…")
    figures = study_on(training.fit(samples.take(train)), samples.take(test))
    tell(f"{name}: fitting on less, for the learning curve…")
    curve = learning_curve(training.fit, samples, (train, test))
    method = f"{len(test):,} samples of the training data, held out from {len(train):,} others."
    full = learning_point(len(train), figures)
    return {"method": method, "learning_curve": [*curve, full]} | figures


def evaluation_of(
    spec: ModelSpec,
    pipeline: Any,
    sha256: str,
    training: ModuleType,
    samples: Samples,
    earlier: dict[str, Any],
) -> dict[str, Any]:
    """Return everything that is measured of a fitted pipeline.

    A pipeline that came out the same keeps what it has: its test file is not asked again.
    """
    kept = ("evaluation", "held_out")
    if earlier.get("sha256") == sha256 and all(key in earlier for key in kept):
        return {key: earlier[key] for key in kept}
    if not hasattr(training, "test_samples"):
        figures = evaluate_by_folds(training, pipeline, samples)
        return {"evaluation": figures, "held_out": figures}
    held_out = study_held_out(spec.name, training, samples)
    uses = earlier.get("evaluation", {}).get("test_file_uses", 0)
    tell(f"{spec.name}: measuring on the test file…")
    return {
        "evaluation": evaluate_on_test_file(pipeline, training.test_samples(), uses),
        "held_out": held_out,
    }


def train(spec: ModelSpec, folder: Path) -> dict[str, Any]:
    """Fit the pipeline of `spec`, evaluate it, write its artefacts into `folder`.

    Returns the metadata; raises DatasetError if the data cannot be had.
    """
    training = importlib.import_module(f"models.{spec.name}.training")
    samples: Samples = training.training_samples()
    tell(f"{spec.name}: fitting on all {len(samples.y):,} samples…")
    start = time.perf_counter()
    pipeline = training.fit(samples)
    seconds = time.perf_counter() - start
    content = pipeline_bytes(pipeline)
    sha256 = hashlib.sha256(content).hexdigest()
    metadata: dict[str, Any] = {
        "name": spec.name,
        "title": spec.title,
        "sha256": sha256,
        "size_bytes": len(content),
        "versions": current_versions(),
        "classes": [str(label) for label in pipeline.classes_],
        "training_data": list(samples.sources),
        "date": datetime.now(UTC).date().isoformat(),
        "seed": SEED,
        "training_seconds": round(seconds, 1),
    }
    metadata |= evaluation_of(spec, pipeline, sha256, training, samples, earlier_metadata(folder))
    metadata["threshold"] = choose_threshold(metadata["held_out"]["coverage"], spec.sure_accuracy)
    metadata["profile"] = training_profile(samples, pipeline)
    if spec.takes_text:
        metadata["strongest_features"] = strongest_features(pipeline, samples.X[:N_WEIGHED])
        metadata["behaviour"] = run_checks(training.CHECKS, pipeline)
    if spec.map_axes:
        metadata["known_samples"] = {"X": samples.X.tolist(), "y": samples.y.tolist()}
    write_artefacts(spec, folder, content, metadata)
    return metadata


def earlier_metadata(folder: Path) -> dict[str, Any]:
    """Return the metadata of the model that stands in `folder`, or nothing."""
    path = folder / "metadata.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def write_artefacts(
    spec: ModelSpec, folder: Path, content: bytes, metadata: dict[str, Any]
) -> None:
    """Write pipeline, metadata and card."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pipeline.joblib").write_bytes(content)
    text = json.dumps(metadata, indent=1, ensure_ascii=False) + "\n"
    (folder / "metadata.json").write_text(text, "utf-8")
    (folder / "README.md").write_text(write_card(spec, metadata), "utf-8")


def main(
    names: Annotated[list[str], typer.Argument(help="The models to train, or `all`.")],
    folder: Annotated[
        Path, typer.Option(help="Where the models' folders are written.")
    ] = MODELS_FOLDER,
) -> None:
    """Train models on the public data and write pipeline.joblib, metadata.json and the model card."""
    specs = discover_specs()
    wanted = list(specs) if names == ["all"] else names
    try:
        for name in wanted:
            if name not in specs:
                raise UnknownModel(name, (*specs, "all"))
        workers = joblib.Parallel(
            n_jobs=min(N_WORKERS, len(wanted)), return_as="generator_unordered"
        )
        jobs = (joblib.delayed(train)(specs[name], folder / name) for name in wanted)
        for metadata in workers(jobs):
            typer.echo(f"{metadata['name']}: {summary(metadata)}")
    except UserError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)


def summary(metadata: dict[str, Any]) -> str:
    """Return what came out of a training, on one line."""
    metrics = ", ".join(
        f"{METRIC_TITLES[name].lower()} {metric_text(name, value)}"
        for name, value in metadata["evaluation"]["metrics"].items()
    )
    size = metadata["size_bytes"] / 1e6
    return f"fitted in {metadata['training_seconds']} s, {size:.1f} MB; {metrics}"


if __name__ == "__main__":
    typer.run(main)
