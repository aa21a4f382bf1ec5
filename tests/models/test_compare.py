import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from models.compare import compare, main, print_table, run_candidate, search, take_random
from models.evaluation.recipe import Fold
from models.samples import Samples

ROOT = Path(__file__).parents[2]


def two_clouds(size: int = 30) -> Samples:
    """Points of one measurement; those of the second class lie higher, and some lie in between."""
    X = np.random.default_rng(0).normal(np.repeat([0.0, 2.0], size)).reshape(-1, 1)
    y = np.repeat(np.array(["low", "high"], object), size)
    kinds = np.tile(np.array(["morning", "evening"], object), size)
    return Samples(X, y, ({"name": "clouds"},), np.arange(2 * size), kinds)


def halves(samples: Samples) -> list[Fold]:
    even = np.arange(len(samples.y)) % 2 == 0
    return [
        (np.flatnonzero(even), np.flatnonzero(~even)),
        (np.flatnonzero(~even), np.flatnonzero(even)),
    ]


CANDIDATES = {
    "ours": make_pipeline(LogisticRegression()),
    "ours without a measurement": DummyClassifier(),
    "linear SVM": LinearSVC(),
    "majority guess": DummyClassifier(),
}


@pytest.fixture(scope="module")
def outcome() -> dict[str, Any]:
    samples = two_clouds()
    return compare(CANDIDATES, samples, halves(samples), "accuracy")


def row(outcome: dict[str, Any], name: str) -> dict[str, Any]:
    return next(row for row in outcome["table"] if row["name"] == name)


def test_every_candidate_has_a_row_with_all_figures(outcome: dict[str, Any]) -> None:
    assert [row["name"] for row in outcome["table"]] == list(CANDIDATES)
    ours = row(outcome, "ours")
    assert set(ours["metrics"]) >= {"accuracy", "macro_recall", "log_loss", "calibration_error"}
    assert ours["classes"]["low"].keys() == {"precision", "recall", "f1", "samples"}
    assert ours["interval"][0] < ours["metrics"]["accuracy"] < ours["interval"][1]
    assert ours["size_bytes"] > 200
    assert 0 < ours["latency_ms"] < 100


def test_the_accuracy_is_that_of_models_that_never_saw_the_sample(outcome: dict[str, Any]) -> None:
    samples = two_clouds()
    right = [
        LogisticRegression().fit(samples.X[train], samples.y[train]).predict(samples.X[test])
        == samples.y[test]
        for train, test in halves(samples)
    ]

    assert row(outcome, "ours")["metrics"]["accuracy"] == np.mean(np.concatenate(right))


def test_a_candidate_without_probabilities_has_none_of_their_figures(
    outcome: dict[str, Any],
) -> None:
    metrics = row(outcome, "linear SVM")["metrics"]

    assert metrics["log_loss"] is None
    assert metrics["calibration_error"] is None
    assert metrics["accuracy"] > 0.7


def test_the_runner_up_is_the_best_that_is_not_ours(outcome: dict[str, Any]) -> None:
    assert outcome["against_runner_up"]["name"] == "linear SVM"


def test_kinds_of_samples_are_told_apart(outcome: dict[str, Any]) -> None:
    parts = {part["name"]: part["samples"] for part in row(outcome, "ours")["slices"]}

    assert parts == {"morning": 30, "evening": 30}


def test_a_sample_that_is_held_out_twice_counts_once_for_mcnemar() -> None:
    samples = two_clouds()
    once = compare(CANDIDATES, samples, halves(samples), "accuracy")

    twice = compare(CANDIDATES, samples, halves(samples) * 2, "accuracy")

    assert twice["predictions"] == 120
    assert twice["samples_held_out"] == 60
    assert twice["against_runner_up"] == once["against_runner_up"]


class Served(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Serves something smaller than itself."""

    def fit(self, X: Any, y: Any) -> Self:
        self.classes_ = np.unique(y)
        self.ballast_ = np.random.default_rng(0).random(100_000)
        self.pipeline_ = LogisticRegression().fit(X, y)
        return self

    def predict(self, X: Any) -> Any:
        raise AssertionError("only what is served is asked")


def test_size_and_predictions_are_those_of_what_would_be_served() -> None:
    samples = two_clouds()

    outcome = run_candidate(Served(), samples, halves(samples)[:1])

    assert outcome.size_bytes < 10_000
    assert outcome.rows is not None
    assert outcome.rows.shape == (30, 2)


def test_a_search_tells_its_space_and_every_point_best_first() -> None:
    samples = two_clouds()
    grid = GridSearchCV(
        LogisticRegression(), {"C": [1e-6, 1.0]}, scoring="neg_log_loss", cv=halves(samples)
    )

    found = search("logistic regression", grid, samples)

    assert found["space"] == {"C": ["1e-06", "1.0"]}
    assert [point["parameters"]["C"] for point in found["results"]] == ["1.0", "1e-06"]
    assert found["results"][0]["score"] > found["results"][1]["score"]
    assert (found["tool"], found["folds"]) == ("GridSearchCV", 2)


def test_a_halving_search_puts_the_points_of_its_last_round_first() -> None:
    from sklearn.experimental import enable_halving_search_cv  # noqa: F401
    from sklearn.model_selection import HalvingGridSearchCV

    samples = two_clouds()
    grid = HalvingGridSearchCV(
        LogisticRegression(),
        {"C": [0.01, 0.1, 1.0]},
        scoring="accuracy",
        cv=halves(samples),
        min_resources=20,
        max_resources=60,
        random_state=0,
    )

    used = [point["samples"] for point in search("ours", grid, samples)["results"]]

    assert used == [60, 20, 20, 20]


def test_limiting_takes_the_same_part_of_the_samples_each_time() -> None:
    samples = two_clouds()

    part = take_random(samples, 10)

    assert part.groups.tolist() == take_random(samples, 10).groups.tolist()
    assert len(part.y) == 10
    assert part.y.tolist() == samples.y[part.groups].tolist()
    assert take_random(samples, None) is samples
    assert take_random(samples, 1000) is samples


def test_the_table_is_printed(outcome: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    print_table(outcome["table"])

    lines = capsys.readouterr().out.splitlines()
    accuracy = row(outcome, "ours")["metrics"]["accuracy"]
    assert any(line.startswith(" ours ") and f"{accuracy:.4f}" in line for line in lines)


def test_an_unknown_model_is_refused_with_the_names_there_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as end:
        main("tulips", None, tmp_path)

    assert end.value.code == 2
    assert "tulips" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["tweets", "reviews", "iris"])
def test_the_stored_comparison_shows_ours_ahead_of_every_baseline(name: str) -> None:
    stored = json.loads((ROOT / "models" / name / "comparison.json").read_text("utf-8"))

    values = {row["name"]: row["metrics"][stored["metric"]] for row in stored["table"]}
    others = [value for row, value in values.items() if not row.startswith("ours")]

    assert len(others) >= 6
    assert values["ours"] > max(others)
    assert stored["searches"]
    assert stored["method"]


def test_the_application_does_not_import_what_is_for_comparing() -> None:
    code = "import demo.server, sys; print([m for m in sys.modules if m.endswith(('compare', 'candidates', 'baselines'))])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)

    assert done.stdout.strip() == b"[]"
