"""The iris model: its spec and its pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.features import NumberFeature
from models.spec import CardText, Example, ModelSpec

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

# No part of any iris flower comes near this; beyond it somebody mistook the unit.
LONGEST_CM = 30.0


def length(name: str, title: str, *, low: float, high: float, typical: float) -> NumberFeature:
    """Return a feature in centimetres, measured to the millimetre."""
    return NumberFeature(
        name, title, "cm", low=low, high=high, step=0.1, typical=typical, highest=LONGEST_CM
    )


def flower(title: str, *centimetres: float) -> Example:
    """Return an example from the four measurements in the order of the features."""
    names = (feature.name for feature in FEATURES)
    return Example(title, dict(zip(names, centimetres, strict=True)))


FEATURES = (
    length("sepal_length", "Sepal length", low=4.3, high=7.9, typical=5.8),
    length("sepal_width", "Sepal width", low=2.0, high=4.4, typical=3.0),
    length("petal_length", "Petal length", low=1.0, high=6.9, typical=4.3),
    length("petal_width", "Petal width", low=0.1, high=2.5, typical=1.3),
)

SPEC = ModelSpec(
    name="iris",
    title="Iris species",
    subject="Iris",
    choice="Iris",
    summary="Which of three iris species a flower is, from four measurements.",
    classes=("setosa", "versicolor", "virginica"),
    features=FEATURES,
    examples=(
        flower("Typical setosa", 5.0, 3.4, 1.5, 0.2),
        flower("Typical versicolor", 5.9, 2.8, 4.3, 1.3),
        flower("Typical virginica", 6.6, 3.0, 5.6, 2.0),
    ),
    main_metric="accuracy",
    map_axes=("petal_length", "petal_width"),
    order=20,
    sure_accuracy=0.99,
    cases="flowers",
    card=CardText(
        purpose=(
            "Showing how a small, well-understood model decides: four measurements of a flower go in, "
            "a probability for each of three species comes out."
        ),
        not_for=(
            "Identifying plants in the field. It knows three species and will name one of them for any "
            "flower, of any kind; two of the three overlap."
        ),
        data=(
            "The 150 flowers that Edgar Anderson measured on the Gaspé Peninsula, published by "
            "R. A. Fisher in 1936, as they come with scikit-learn: 50 of each species."
        ),
        limits=(
            "Fifty flowers a species, from one place and time. Versicolor and virginica overlap, and "
            "there the probabilities deserve more attention than the label."
        ),
        licence="bsd-3-clause",
    ),
)


def build_pipeline() -> Pipeline:
    """Return the unfitted pipeline: linear discriminant analysis (Fisher 1936)."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.pipeline import make_pipeline

    return make_pipeline(LinearDiscriminantAnalysis())
