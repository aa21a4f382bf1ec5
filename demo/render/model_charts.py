"""The charts of a model's page: those of the test beside its headline, and what learning more brought."""

from demo.render.charts import Chart
from demo.render.model_words import (
    calibration_note,
    count_answers,
    coverage_note,
    learning_note,
    share_right,
    unit_of,
)
from models.metadata import Figures, Metadata
from models.spec import ModelSpec

# So many of the points of a curve can be pointed at with a thumb.
MOST_POINTS = 10
LOWEST = (0.75, 0.5, 0.25, 0.0)


def test_charts(spec: ModelSpec, metadata: Metadata) -> list[Chart]:
    """Return the charts of what the headline is about, for the curves that there are."""
    figures = metadata["evaluation"]
    makers = {"calibration": calibration_chart, "coverage": coverage_chart}
    return [make(spec, figures) for name, make in makers.items() if figures.get(name)]


def calibration_chart(spec: ModelSpec, figures: Figures) -> Chart:
    """Return how often the model was right against how sure it was."""
    bins = figures["calibration"]
    points = [(part["probability"], part["right"] / part["samples"]) for part in bins]
    return Chart(
        title="Can its percentages be believed?",
        note=f"{calibration_note(spec, figures)} On the dashed line, what it says is what happens.",
        x_title="how sure it says it is",
        y_title="right",
        x_word="sure",
        unit=unit_of(spec, figures),
        points=points,
        sizes=[part["samples"] for part in bins],
        x_low=0.5 if len(spec.classes) == 2 else 0.25,
        y_low=lowest_of([y for _, y in points], most=0.5 if len(spec.classes) == 2 else 0.25),
        diagonal=True,
    )


def coverage_chart(spec: ModelSpec, figures: Figures) -> Chart:
    """Return how the share of right answers rises as the least sure ones are left out."""
    curve = figures["coverage"]
    shown = curve[:: -(-len(curve) // MOST_POINTS)]
    points = [(point["coverage"], point["accuracy"]) for point in shown]
    n_answers = count_answers(figures)
    return Chart(
        title="What if only its surest answers are used?",
        note=coverage_note(spec, figures),
        x_title="surest answers that are used",
        y_title="right",
        x_word="used",
        unit=unit_of(spec, figures),
        points=points,
        sizes=[round(x * n_answers) for x, _ in points] if n_answers else (),
        y_low=lowest_of([y for _, y in points]),
    )


def learning_chart(spec: ModelSpec, metadata: Metadata) -> Chart | None:
    """Return how often the model was right after learning from less, None if that was not measured."""
    figures = metadata.get("held_out", {})
    curve = figures.get("learning_curve", [])
    if len(curve) < 2 or share_right(figures) is None:
        return None
    most = curve[-1]["samples"]
    points = [(point["samples"] / most, point["accuracy"]) for point in curve]
    return Chart(
        title="Would more data help?",
        note=learning_note(spec, figures),
        x_title="share of the data learned from",
        y_title="right",
        x_word="learned from",
        unit=spec.cases,
        points=points,
        sizes=[round(point["samples"]) for point in curve],
        y_low=lowest_of([y for _, y in points]),
    )


def lowest_of(values: list[float], most: float = 0.75) -> float:
    """Return where an axis starts that shows all values, at `most` at the highest."""
    return next(low for low in LOWEST if low <= min(most, *values))
