"""The model card in the Hub's format, written from a spec and its metadata."""

from collections.abc import Sequence
from typing import Any

from huggingface_hub import EvalResult, ModelCard, ModelCardData

from models.spec import ModelSpec

METRIC_TITLES = {
    "accuracy": "Accuracy",
    "macro_recall": "Recall, averaged over the classes",
    "macro_f1": "F1, averaged over the classes",
    "log_loss": "Log-loss",
    "calibration_error": "Expected calibration error, 15 bins",
}
HUB_METRIC_TYPES = {"macro_recall": "recall", "macro_f1": "f1"}
LOSSES = ("log_loss",)


def percent(value: float) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{100 * value:.1f} %"


def metric_text(name: str, value: float) -> str:
    """Return a metric as people read it: shares in percent, losses as they are."""
    return f"{value:.3f}" if name in LOSSES else percent(value)


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table; the first column holds words, the others numbers."""
    lines = [header, ("---", *["---:"] * (len(header) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def card_data(spec: ModelSpec, metadata: dict[str, Any]) -> ModelCardData:
    """Return the card's front matter, with the metrics as the Hub's `model-index`."""
    evaluation = metadata["evaluation"]
    task = "text-classification" if spec.takes_text else "tabular-classification"
    results = [
        EvalResult(
            task_type=task,
            dataset_type=evaluation["data"][0]["name"],
            dataset_name=evaluation["data"][0]["title"],
            metric_type=HUB_METRIC_TYPES.get(name, name),
            metric_name=METRIC_TITLES[name],
            metric_value=round(value, 4),
        )
        for name, value in evaluation["metrics"].items()
    ]
    return ModelCardData(
        language="en" if spec.takes_text else None,
        license=spec.card.licence,
        library_name="sklearn",
        pipeline_tag=task,
        tags=["sklearn", "second-opinion"],
        model_name=f"second-opinion-{spec.name}",
        eval_results=results,
    )


def figures(evaluation: dict[str, Any]) -> str:
    """Return the section with the figures: overall, for each class, and what was taken for what."""
    overall = [
        (METRIC_TITLES[name], metric_text(name, value))
        for name, value in evaluation["metrics"].items()
    ]
    by_class = [
        (
            label,
            percent(row["precision"]),
            percent(row["recall"]),
            percent(row["f1"]),
            f"{row['samples']:,}",
        )
        for label, row in evaluation["classes"].items()
    ]
    labels = tuple(evaluation["classes"])
    confusion = [
        (f"truly {label}", *(f"{count:,}" for count in counts))
        for label, counts in zip(labels, evaluation["confusion"], strict=True)
    ]
    return "\n\n".join(
        (
            table(("Measure", "Value"), overall),
            table(("Class", "Precision", "Recall", "F1", "Samples"), by_class),
            table(("", *(f"answered {label}" for label in labels)), confusion),
        )
    )


def write_card(spec: ModelSpec, metadata: dict[str, Any]) -> str:
    """Return the whole model card as Markdown with YAML front matter."""
    evaluation = metadata["evaluation"]
    versions = ", ".join(f"{name} {number}" for name, number in metadata["versions"].items())
    data = "\n".join(
        f"- {source['title']}: {source['rows']:,} rows, content SHA-256 `{source['content_sha256'][:12]}…`"
        for source in metadata["training_data"]
    )
    body = f"""# {spec.title}

{spec.summary} One of: {", ".join(spec.classes)}.

## What it is for

{spec.card.purpose}

## What it is not for

{spec.card.not_for}

## Data

{spec.card.data}

{data}

## Limits

{spec.card.limits}

## Figures

{evaluation["method"]}

{figures(evaluation)}

## How it was made

Trained on {metadata["date"]} in {metadata["training_seconds"]:.0f} s with seed {metadata["seed"]}; {versions}.
`pipeline.joblib` has {metadata["size_bytes"]:,} bytes and the SHA-256 `{metadata["sha256"]}`.

To train it again: `python -m models.train {spec.name}`.
"""
    return str(ModelCard(f"---\n{card_data(spec, metadata).to_yaml()}\n---\n\n{body}"))
