"""A promoted model that has a test file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from small_model import SMALL, corrections_of, public_samples, samples_of

from models import train as training
from models.evaluation.checks.sentiment import checks_for
from models.metadata import Metadata
from models.registry import LoadedModel, load_model
from models.reviews.model import SPEC as REVIEWS
from models.reviews.model import build_pipeline
from models.samples import Samples
from models.training.challenger import challenge
from models.training.promotion import describe_corrections


def test_a_promoted_text_model_is_measured_once_more_on_a_test_file_without_corrected_cases(
    tmp_path: Path,
) -> None:
    texts = [f"{text} number {number}" for text in public_samples().X for number in range(5)]
    y = [label for label in public_samples().y for _ in range(5)]
    test_file = samples_of(
        ["A GOOD  film number 1", "a dull ending"], ["positive", "negative"], "t"
    )

    def fit(samples: Samples) -> Any:
        pipeline = build_pipeline(min_df=1).fit(list(samples.X), samples.y)
        return pipeline["sentiment"].pipeline_

    recipe = replace(
        SMALL,
        fit=fit,
        checks=checks_for(("film",), (), (("The film 😍", "positive"),)),
        load=lambda: samples_of(texts, y, "public"),
        folds=lambda _: [(np.arange(50, 200), np.arange(50))],
        load_test=lambda: test_file,
    )
    earlier: Metadata = {"sha256": "ab" * 32, "evaluation": {"test_file_uses": 2}}
    standing = LoadedModel(REVIEWS, fit(samples_of(texts, y, "public")), earlier, "")
    slang = [f"a banger {number}" for number in range(6)]
    cases = corrections_of(["a good film number 1", *slang], ["positive"] * 7)

    trial = challenge(standing, recipe, cases, 2)
    more = {"corrections": describe_corrections(trial)}
    metadata = training.publish(REVIEWS, tmp_path, trial.fitted, earlier, **more)

    evaluation = metadata["evaluation"]
    assert evaluation["test_file_uses"] == 3
    assert "1 samples kept for this alone. 1 more are corrected cases" in evaluation["method"]
    assert np.sum(evaluation["confusion"]) == 1
    assert np.sum(metadata["held_out"]["confusion"]) == 50
    model = load_model(REVIEWS, tmp_path)
    assert model.pipeline.predict_proba(["banger"])[0][1] > 0.5
