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
import typer

from models.card import METRIC_TITLES, metric_text, write_card
from models.datasets import Samples
from models.errors import UnknownModel, UserError
from models.evaluate import cross_validate, evaluate_on
from models.registry import MODELS_FOLDER, current_versions, discover_specs
from models.spec import ModelSpec

SEED = 0
N_SPLITS, N_REPEATS = 10, 10
COMPRESSION = ("zlib", 6)


def pipeline_bytes(pipeline: Any) -> bytes:
    """Return the pipeline as joblib stores it."""
    buffer = BytesIO()
    joblib.dump(pipeline, buffer, compress=COMPRESSION)
    return buffer.getvalue()


def evaluate_on_test_file(pipeline: Any, samples: Samples, earlier_uses: int) -> dict[str, Any]:
    """Return the figures on the test file, which says how often it was asked."""
    uses = earlier_uses + 1
    times = "once" if uses == 1 else f"{uses} times"
    return {
        "method": (
            f"Measured on {samples.sources[0]['title']}: {len(samples.y):,} samples kept for this alone. "
            f"Models of this project were measured on them {times}."
        ),
        "data": list(samples.sources),
        "test_file_uses": uses,
    } | evaluate_on(pipeline, samples)


def evaluate_by_folds(pipeline: Any, samples: Samples) -> dict[str, Any]:
    """Return the figures of a repeated cross-validation, for a model without a test file."""
    return {
        "method": (
            f"Measured by stratified {N_SPLITS}-fold cross-validation, repeated {N_REPEATS} times: each of "
            f"the {len(samples.y)} samples was held out {N_REPEATS} times."
        ),
        "data": list(samples.sources),
    } | cross_validate(pipeline, samples, n_splits=N_SPLITS, n_repeats=N_REPEATS, random_state=SEED)


def evaluation_of(
    pipeline: Any, sha256: str, training: ModuleType, samples: Samples, earlier: dict[str, Any]
) -> dict[str, Any]:
    """Return the figures of a fitted pipeline.

    A pipeline that came out the same keeps the figures it has: its test file is not asked again.
    """
    if earlier.get("sha256") == sha256:
        return dict(earlier["evaluation"])
    if not hasattr(training, "test_samples"):
        return evaluate_by_folds(pipeline, samples)
    uses = earlier.get("evaluation", {}).get("test_file_uses", 0)
    return evaluate_on_test_file(pipeline, training.test_samples(), uses)


def train(spec: ModelSpec, folder: Path) -> dict[str, Any]:
    """Fit the pipeline of `spec`, evaluate it, write its artefacts into `folder`.

    Returns the metadata; raises DatasetError if the data cannot be had.
    """
    training = importlib.import_module(f"models.{spec.name}.training")
    samples: Samples = training.training_samples()
    start = time.perf_counter()
    pipeline = importlib.import_module(f"models.{spec.name}.model").build_pipeline()
    pipeline.fit(samples.X, samples.y)
    seconds = time.perf_counter() - start
    content = pipeline_bytes(pipeline)
    sha256 = hashlib.sha256(content).hexdigest()
    metadata = {
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
        "evaluation": evaluation_of(pipeline, sha256, training, samples, earlier_metadata(folder)),
    }
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
    text = json.dumps(metadata, indent=2, ensure_ascii=False) + "\n"
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
    try:
        for name in specs if names == ["all"] else names:
            if name not in specs:
                raise UnknownModel(name, (*specs, "all"))
            typer.echo(f"{name}: fetching the data and fitting…", err=True)
            metadata = train(specs[name], folder / name)
            typer.echo(f"{name}: {summary(metadata)}")
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
