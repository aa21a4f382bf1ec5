"""From data to the three artefacts of a model: `python -m models.train <name>`.

With `--with corrections.csv` a challenger is trained beside the model that stands, and compared with it.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, cast

import joblib
import numpy as np
import typer

from models.errors import UnknownModel, UserError
from models.evaluation.behaviour import run_checks
from models.evaluation.metrics import (
    evaluate_by_folds,
    evaluate_on_test_file,
    strongest_features,
    study_held_out,
)
from models.evaluation.progress import tell
from models.evaluation.recipe import TrainingRecipe, load_recipe
from models.explain.familiarity import training_profile
from models.explain.subject import typical_words
from models.explain.trust import choose_threshold
from models.metadata import Metadata
from models.registry import MODELS_FOLDER, current_versions, discover_specs
from models.samples import Samples
from models.spec import ModelSpec
from models.training.artefacts import as_json, make_folder, write_files
from models.training.card import write_card
from models.training.card_figures import METRIC_TITLES, metric_text
from models.training.challenger import Fitted, challenge, fit_whole, load_standing
from models.training.corrections import read_corrections
from models.training.promotion import (
    check_not_worse,
    compare_trial,
    describe_corrections,
    print_comparison,
)

SEED = 0
COMPRESSION = ("zlib", 6)
# Models are trained side by side; each wants one core and up to 4 GB.
N_WORKERS = 2
# So many samples tell how often a feature occurs.
N_WEIGHED = 10_000


def pipeline_bytes(pipeline: Any) -> bytes:
    """Return the pipeline as joblib stores it."""
    buffer = BytesIO()
    joblib.dump(pipeline, buffer, compress=COMPRESSION)
    return buffer.getvalue()


def evaluation_of(
    spec: ModelSpec,
    pipeline: Any,
    sha256: str,
    recipe: TrainingRecipe,
    samples: Samples,
    earlier: Metadata,
) -> Metadata:
    """Return everything that is measured of a fitted pipeline.

    An unchanged pipeline keeps its figures of the test file, which is not used again.
    """
    if not recipe.load_test:
        figures = evaluate_by_folds(recipe, samples)
        return {"evaluation": figures, "held_out": figures}
    if earlier.get("sha256") == sha256 and "evaluation" in earlier and "held_out" in earlier:
        return {"evaluation": earlier["evaluation"], "held_out": earlier["held_out"]}
    held_out = study_held_out(spec.name, recipe, samples)
    uses = earlier.get("evaluation", {}).get("test_file_uses", 0)
    tell(f"{spec.name}: measuring on the test file…")
    return {
        "evaluation": evaluate_on_test_file(pipeline, recipe.load_test(), uses),
        "held_out": held_out,
    }


def train(spec: ModelSpec, folder: Path) -> Metadata:
    """Fit the pipeline of `spec`, evaluate it, write its artefacts into `folder`.

    Returns the metadata; raises DatasetError if the data cannot be had.
    """
    recipe = load_recipe(spec.name)
    samples = recipe.load()
    tell(f"{spec.name}: fitting on all {len(samples.y):,} samples…")
    fitted = Fitted(recipe, samples, samples, *fit_whole(recipe.fit, samples))
    return publish(spec, folder, fitted, earlier_metadata(folder))


def publish(
    spec: ModelSpec, folder: Path, fitted: Fitted, earlier: Metadata, **more: Any
) -> Metadata:
    """Evaluate a fitted pipeline and write its artefacts; return the metadata, `more` among them.

    `earlier` are the metadata of the pipeline that it replaces.
    """
    pipeline, recipe, learnt = fitted.pipeline, fitted.recipe, fitted.learnt
    content = pipeline_bytes(pipeline)
    sha256 = hashlib.sha256(content).hexdigest()
    metadata: Metadata = {
        "name": spec.name,
        "title": spec.title,
        "sha256": sha256,
        "size_bytes": len(content),
        "versions": current_versions(),
        "classes": [str(label) for label in pipeline.classes_],
        "training_data": list(learnt.sources),
        "date": datetime.now(UTC).date().isoformat(),
        "seed": SEED,
        "training_seconds": round(fitted.seconds, 1),
    }
    metadata |= cast("Metadata", more)
    metadata |= evaluation_of(spec, pipeline, sha256, recipe, fitted.samples, earlier)
    metadata["threshold"] = choose_threshold(metadata["held_out"]["coverage"], spec.sure_accuracy)
    metadata["profile"] = training_profile(learnt, pipeline)
    if recipe.load_others:
        kinds = [learnt.X[learnt.kinds == kind] for kind in np.unique(learnt.kinds)]
        metadata["profile"]["typical_words"] = typical_words(kinds, recipe.load_others())
    if spec.text_name:
        metadata["strongest_features"] = strongest_features(pipeline, learnt.X[:N_WEIGHED])
        metadata["behaviour"] = run_checks(recipe.checks, pipeline)
    if spec.map_axes:
        metadata["known_samples"] = {"X": learnt.X.tolist(), "y": learnt.y.tolist()}
    write_artefacts(spec, folder, content, metadata)
    return metadata


def train_challenger(
    spec: ModelSpec, folder: Path, files: Sequence[Path], weight: int | None, promote: bool
) -> None:
    """Train a challenger that learns from corrections, and print its comparison with the current model.

    Challenger and comparison go into `folder`/<name>/challenger; nothing else is written unless
    `promote` is given and the challenger is no worse.
    """
    corrections, target = read_corrections(files, spec), folder / spec.name / "challenger"
    make_folder(target)
    trial = challenge(load_standing(spec, folder), load_recipe(spec.name), corrections, weight)
    content = pipeline_bytes(trial.fitted.pipeline)
    outcome = compare_trial(trial)
    outcome["challenger"] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
        "training_seconds": round(trial.fitted.seconds, 1),
    }
    print_comparison(outcome)
    write_files(target, {"challenger.joblib": content, "challenger.json": as_json(outcome)})
    tell(f"Stored in {target}")
    if not promote:
        tell("Nothing was replaced; --promote would put the challenger in the champion's place.")
        return
    check_not_worse(outcome)
    more = {"corrections": describe_corrections(trial), "challenge": outcome}
    metadata = publish(spec, folder / spec.name, trial.fitted, trial.standing.metadata, **more)
    typer.echo(f"{spec.name}: promoted; {summary(metadata)}")


def earlier_metadata(folder: Path) -> Metadata:
    path = folder / "metadata.json"
    return cast("Metadata", json.loads(path.read_text("utf-8")) if path.exists() else {})


def write_artefacts(spec: ModelSpec, folder: Path, content: bytes, metadata: Metadata) -> None:
    """Write pipeline, metadata and card."""
    card = write_card(spec, metadata).encode()
    files = {"pipeline.joblib": content, "metadata.json": as_json(metadata), "README.md": card}
    write_files(folder, files)


def main(
    names: Annotated[list[str], typer.Argument(help="The models to train, or `all`.")],
    folder: Annotated[
        Path, typer.Option(help="Where the models' folders are written.")
    ] = MODELS_FOLDER,
    corrections: Annotated[
        list[Path] | None,
        typer.Option("--with", help="A CSV file of corrected cases: train a challenger with them."),
    ] = None,
    weight: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="How often a corrected case counts among the samples."),
    ] = None,
    promote: Annotated[
        bool, typer.Option("--promote", help="Replace the model, unless the challenger is worse.")
    ] = False,
) -> None:
    """Train models on the public data and write pipeline.joblib, metadata.json and the model card."""
    specs = discover_specs()
    wanted = list(specs) if names == ["all"] else names
    try:
        for name in wanted:
            if name not in specs:
                raise UnknownModel(name, (*specs, "all"))
        if corrections:
            check_one(wanted)
            train_challenger(specs[wanted[0]], folder, corrections, weight, promote)
            return
        if promote or weight:
            raise UserError("--promote and --weight belong to --with, which names corrections.")
        workers = joblib.Parallel(
            n_jobs=min(N_WORKERS, len(wanted)), return_as="generator_unordered"
        )
        jobs = (joblib.delayed(train)(specs[name], folder / name) for name in wanted)
        for metadata in workers(jobs):
            typer.echo(f"{metadata['name']}: {summary(metadata)}")
    except UserError as error:
        typer.echo(error.message, err=True)
        sys.exit(2)


def check_one(names: Sequence[str]) -> None:
    """Raise UserError unless there is one model to give the corrections to."""
    if len(names) != 1:
        raise UserError(
            f"Corrections are of one model, but {len(names)} came; name one with --with."
        )


def summary(metadata: Metadata) -> str:
    """Return size, duration and metrics of a training, on one line."""
    metrics = ", ".join(
        f"{METRIC_TITLES[name].lower()} {metric_text(name, value)}"
        for name, value in metadata["evaluation"]["metrics"].items()
    )
    size = metadata["size_bytes"] / 1e6
    return f"fitted in {metadata['training_seconds']} s, {size:.1f} MB; {metrics}"


if __name__ == "__main__":
    typer.run(main)
