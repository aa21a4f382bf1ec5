from dataclasses import replace
from typing import Any, cast

import pytest
from huggingface_hub import ModelCard

from models.iris.model import SPEC as IRIS
from models.metadata import Metadata
from models.registry import LoadedModel, ModelCatalogue, discover_specs
from models.training.card import write_card
from models.training.card_figures import METRIC_TITLES, metric_text


def front_matter(card: str) -> Any:
    return ModelCard(card).data


each_model = pytest.mark.parametrize("name", discover_specs())
OVERRIDES: dict[str, Any] = {
    "sha256": "ab" * 32,
    "size_bytes": 1_234_567,
    "versions": {"python": "3.11.7", "scikit-learn": "1.9.1"},
    "training_data": [{"title": "Flowers", "rows": 15_000, "content_sha256": "cd" * 32}],
    "date": "2026-01-31",
    "seed": 7,
    "training_seconds": 12.6,
}
FIGURES: dict[str, Any] = {
    "method": "Measured on other flowers.",
    "data": [{"name": "flowers", "title": 'Flowers: "wild" ones'}],
    "metrics": {"accuracy": 0.91234, "macro_recall": 0.9, "log_loss": 0.25},
    "classes": {
        "setosa": {"precision": 1.0, "recall": 0.5, "f1": 0.667, "samples": 1_500},
        "versicolor": {"precision": 0.5, "recall": 1.0, "f1": 0.667, "samples": 20},
    },
    "confusion": [[750, 750], [0, 20]],
}


@pytest.fixture(scope="module")
def metadata(iris: LoadedModel) -> Metadata:
    """The metadata of the iris model with figures that are easy to find in the card."""
    evaluation: Any = {**iris.metadata["evaluation"], **FIGURES}
    return cast("Metadata", {**iris.metadata, **OVERRIDES, "evaluation": evaluation})


def test_the_front_matter_is_what_the_hub_reads(metadata: Metadata) -> None:
    data = front_matter(write_card(IRIS, metadata))

    assert data.library_name == "sklearn"
    assert data.pipeline_tag == "tabular-classification"
    assert data.license == "bsd-3-clause"
    assert data.model_name == "second-opinion-iris"


def test_the_model_index_holds_each_figure_with_its_data(metadata: Metadata) -> None:
    results = front_matter(write_card(IRIS, metadata)).eval_results

    assert results
    assert {result.metric_type: result.metric_value for result in results} == {
        "accuracy": 0.9123,
        "recall": 0.9,
        "log_loss": 0.25,
    }
    assert {result.dataset_name for result in results} == {'Flowers: "wild" ones'}


@pytest.mark.parametrize(
    "line",
    [
        "| Accuracy | 91.2 % |",
        "| Log-loss | 0.250 |",
        "| setosa | 100.0 % | 50.0 % | 66.7 % | 1,500 |",
        "| truly setosa | 750 | 750 |",
        "- Flowers: 15,000 rows, content SHA-256 `cdcdcdcdcdcd…`",
        "Trained on 2026-01-31 in 13 s with seed 7; python 3.11.7, scikit-learn 1.9.1.",
        f"`pipeline.joblib` has 1,234,567 bytes and the SHA-256 `{'ab' * 32}`.",
        "To train it again: `python -m models.train iris`.",
        IRIS.card.not_for,
        IRIS.card.limits,
    ],
)
def test_the_card_says(metadata: Metadata, line: str) -> None:
    assert line in write_card(IRIS, metadata).splitlines()


def test_a_card_without_corrections_says_nothing_of_them(metadata: Metadata) -> None:
    assert "corrected" not in write_card(IRIS, metadata)


def test_a_card_says_what_was_corrected_and_how_to_train_it_again(metadata: Metadata) -> None:
    about = {"cases": 12, "weight": 10, "files": [{"file": "march.csv"}, {"file": "in may.csv"}]}

    card = write_card(IRIS, metadata | {"corrections": about})

    assert "12 corrected cases from review sessions were added, each counted 10 times" in card
    assert "models.train iris --with march.csv --with 'in may.csv' --weight 10 --promote`" in card


def test_words_that_yaml_reads_otherwise_survive_in_the_front_matter(
    metadata: Metadata,
) -> None:
    spec = replace(IRIS, name="no")

    assert front_matter(write_card(spec, metadata)).model_name == "second-opinion-no"


def test_a_share_is_in_percent_and_a_loss_is_not() -> None:
    assert metric_text("accuracy", 0.9) == "90.0 %"
    assert metric_text("log_loss", 0.9) == "0.900"


@each_model
def test_each_committed_card_is_the_one_its_metadata_makes(
    catalogue: ModelCatalogue, name: str
) -> None:
    model = catalogue[name]

    assert model.card == write_card(model.spec, model.metadata)


@each_model
def test_each_committed_card_lists_every_figure_of_its_metadata(
    catalogue: ModelCatalogue, name: str
) -> None:
    metrics = catalogue[name].metadata["evaluation"]["metrics"]
    results = front_matter(catalogue[name].card).eval_results

    assert results
    assert {result.metric_name: result.metric_value for result in results} == {
        METRIC_TITLES[metric]: round(value, 4) for metric, value in metrics.items()
    }


def test_the_card_tells_how_often_a_check_fails_beside_the_paper_and_what_groups_change(
    metadata: Metadata,
) -> None:
    published = {"microsoft": 18.8, "google": 54.2, "amazon": 29.4, "bert": 13.2}
    negated = {"name": "Negated", "cases": 400, "passed": 392, "failures": ["x"]}
    groups = [
        {"name": f"Another {name} changes nothing", "cases": 200, "passed": 199, "failures": ["y"]}
        for name in ("nationality", "orientation")
    ]

    card = write_card(
        IRIS, {**metadata, "behaviour": [negated | {"published": published}, *groups]}
    )

    assert "| Negated | 8 of 400 (2.0 %) | 18.8 / 54.2 / 29.4 / 13.2 |" in card
    assert "| Another nationality changes nothing | 1 of 200 (0.5 %) |  |" in card
    assert "changed the answer in 2 of 400 cases (0.5 %)" in card
    without = write_card(IRIS, {**metadata, "behaviour": [negated]})
    assert "Words for groups of people" not in without
