"""What explaining an answer costs, beside the bare prediction."""

from benchmarks import cores
from benchmarks.prediction import RECORDS, against_bare
from benchmarks.table import Row, at_most, at_most_times
from models.explain.answers import predict_explained
from models.explain.nearest import regions
from models.registry import discover_specs, load_catalogue

LIMIT = 1.2
FLIP_LIMIT_MS = 30
REGIONS_LIMIT_MS = 50


def measure() -> list[Row]:
    """Return rows for explained predictions, for the smallest flip, and for the regions of a drawing."""
    catalogue = load_catalogue(discover_specs())
    tweets, reviews, iris = (catalogue[name] for name in ("tweets", "reviews", "iris"))
    with cores.pinned(cores.MEASURED):
        explained = [
            against_bare(
                f"explained, {model.spec.name}",
                model,
                RECORDS[model.spec.name],
                lambda model=model: predict_explained(model, RECORDS[model.spec.name]),  # type: ignore[misc]
            )
            for model in (tweets, reviews)
        ]
        flip = against_bare(
            "explained with its smallest flip, reviews",
            reviews,
            RECORDS["reviews"],
            lambda: predict_explained(reviews, RECORDS["reviews"], with_flip=True),
        )
        grid = against_bare(
            "regions of the drawing, iris",
            iris,
            RECORDS["iris"],
            lambda: regions(iris, RECORDS["iris"], *(iris.spec.map_axes or ("", ""))),
        )
    return [
        *(at_most_times(pair, LIMIT) for pair in explained),
        at_most(flip, FLIP_LIMIT_MS),
        at_most(grid, REGIONS_LIMIT_MS),
    ]
