"""The model card in the Hub's format, written from a spec and its metadata."""

from shlex import quote

from huggingface_hub import EvalResult, ModelCard, ModelCardData

from models.metadata import Metadata
from models.spec import ModelSpec
from models.training import card_figures
from models.training.card_figures import METRIC_TITLES

HUB_METRIC_TYPES = {"macro_recall": "recall", "macro_f1": "f1"}

ABOUT_CHECKS = (
    "Sentences of our own, in the manner of CheckList (Ribeiro et al. 2020). The last column is how often "
    "the services of Microsoft, Google and Amazon and BERT failed on the paper's own sentences of the "
    "same kind: other sentences than these."
)


def write_front_matter(spec: ModelSpec, metadata: Metadata) -> ModelCardData:
    """Return the card's front matter, with the metrics as the Hub's `model-index`."""
    evaluation = metadata["evaluation"]
    task = "text-classification" if spec.text_name else "tabular-classification"
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
        language="en" if spec.text_name else None,
        license=spec.card.licence,
        library_name="sklearn",
        pipeline_tag=task,
        tags=["sklearn", "second-opinion"],
        model_name=f"second-opinion-{spec.name}",
        eval_results=results,
    )


def write_front_page(spec: ModelSpec, metadata: Metadata) -> str:
    """Return the sections on purpose, data and limits."""
    data = "\n".join(
        f"- {source['title']}: {source['rows']:,} rows, "
        f"content SHA-256 `{source['content_sha256'][:12]}…`"
        for source in metadata["training_data"]
    )
    return f"""# {spec.title}

{spec.summary} One of: {", ".join(spec.classes)}.

## What it is for

{spec.card.purpose}

## What it is not for

{spec.card.not_for}

## Data

{spec.card.data}

{data}
{write_corrections(metadata)}
## Limits

{spec.card.limits}
"""


def write_corrections(metadata: Metadata) -> str:
    """Return a paragraph about the corrected cases among the data, if there are any."""
    if "corrections" not in metadata:
        return ""
    about = metadata["corrections"]
    return f"""
{about["cases"]} corrected cases from review sessions were added, each counted {about["weight"]} times; samples with
the same input gave way to them.
"""


def write_figures(metadata: Metadata) -> str:
    """Return every figure, section by section."""
    evaluation, held_out = metadata["evaluation"], metadata["held_out"]
    sections = {
        "Figures": [
            evaluation["method"],
            card_figures.overall(evaluation),
            card_figures.by_class(evaluation),
            card_figures.confusion(evaluation),
        ],
        "Where it fails": [
            "\n".join(f"- {sentence}." for sentence in card_figures.failings(metadata))
            or "No check and no part of the data stands out."
        ],
        "How sure, how right": [
            held_out["method"],
            card_figures.calibration(held_out),
            card_figures.coverage(held_out),
            card_figures.threshold(metadata["threshold"]),
        ],
    }
    if evaluation["slices"]:
        sections["Parts of the data"] = [card_figures.slices(evaluation)]
    if "learning_curve" in held_out:
        sections["What more data brought"] = [card_figures.learning_curve(held_out)]
    if "behaviour" in metadata:
        sections["Behavioural checks"] = [
            ABOUT_CHECKS,
            card_figures.behaviour(metadata["behaviour"]),
            *card_figures.about_groups(metadata["behaviour"]),
        ]
    if "strongest_features" in metadata:
        sections["Strongest features"] = [card_figures.strongest(metadata["strongest_features"])]
    return "\n\n".join("\n\n".join((f"## {title}", *parts)) for title, parts in sections.items())


def write_options(metadata: Metadata) -> str:
    """Return the options of the command that trains the model again."""
    if "corrections" not in metadata:
        return ""
    about = metadata["corrections"]
    files = "".join(f" --with {quote(str(source['file']))}" for source in about["files"])
    return f"{files} --weight {about['weight']} --promote"


def write_card(spec: ModelSpec, metadata: Metadata) -> str:
    """Return the whole model card as Markdown with YAML front matter."""
    versions = ", ".join(f"{name} {number}" for name, number in metadata["versions"].items())
    made = f"""## How it was made

Trained on {metadata["date"]} in {metadata["training_seconds"]:.0f} s with seed {metadata["seed"]}; {versions}.
`pipeline.joblib` has {metadata["size_bytes"]:,} bytes and the SHA-256 `{metadata["sha256"]}`.

To train it again: `python -m models.train {spec.name}{write_options(metadata)}`.
"""
    text = "\n".join((write_front_page(spec, metadata), write_figures(metadata), "", made))
    return str(ModelCard(f"---\n{write_front_matter(spec, metadata).to_yaml()}\n---\n\n{text}"))
