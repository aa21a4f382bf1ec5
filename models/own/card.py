"""The card of a model that was brought along: what is known of it, and what nobody said."""

from models.metadata import Metadata
from models.spec import ModelSpec
from models.training import card_figures


def write_card(spec: ModelSpec, metadata: Metadata, about: str) -> str:
    """Return the card as Markdown."""
    versions = ", ".join(f"{name} {number}" for name, number in metadata["versions"].items())
    return f"""# {spec.title}

{spec.summary}

## What it is for

{spec.card.purpose}

## What it is not for

{spec.card.not_for}

## Data

{spec.card.data}

## Limits

{spec.card.limits}

## Figures

{write_figures(metadata)}

## Where it comes from

{about} Its file has {metadata["size_bytes"]:,} bytes and the SHA-256 `{metadata["sha256"]}`; it was opened with
{versions}.
"""


def write_figures(metadata: Metadata) -> str:
    """Return what was measured, or that nothing was."""
    figures = metadata["evaluation"]
    if not figures["metrics"]:
        return (
            "Nobody has measured it here: give examples with true labels (`--examples`, `--label`)."
        )
    parts = (
        figures["method"],
        card_figures.overall(figures),
        card_figures.by_class(figures),
        card_figures.confusion(figures),
        card_figures.calibration(figures),
        card_figures.threshold(metadata["threshold"]),
    )
    return "\n\n".join(parts)
