from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.dummy import DummyClassifier
from small_model import corrections_of, samples_of

from models.evaluation.recipe import TrainingRecipe
from models.samples import Samples
from models.training.corrected_recipe import (
    LARGEST_SHARE,
    N_LARGE,
    WEIGHT,
    add_corrections,
    choose_weight,
    join_corrections,
    leave_out,
    split_cases,
)

PUBLIC = samples_of(["good", "bad", "So  SO", "fine", "so so"], ["+", "-", "+", "+", "-"], "public")
CASES = corrections_of(["so so", "it slaps"], ["-", "+"])


def learner() -> tuple[TrainingRecipe, list[Samples]]:
    """Return a recipe whose fits are kept in a list."""
    seen = []

    def fit(samples: Samples) -> DummyClassifier:
        seen.append(samples)
        return DummyClassifier().fit(samples.X, samples.y)

    return TrainingRecipe(lambda: PUBLIC, lambda _: [], fit), seen


def test_a_correction_takes_the_place_of_what_had_its_input() -> None:
    learnt = join_corrections(PUBLIC, CASES, 3)

    assert learnt.X.tolist() == ["good", "bad", "fine", *["so so", "it slaps"] * 3]
    assert learnt.y.tolist() == ["+", "-", "+", *["-", "+"] * 3]
    assert [source["name"] for source in learnt.sources] == ["public", "corrections"]
    assert learnt.kinds.tolist() == ["public"] * 3 + ["corrections"] * 6


@given(
    st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12),
    st.lists(st.sampled_from("abcxyz"), min_size=1, max_size=5, unique=True),
    st.integers(1, 4),
)
def test_nothing_else_is_lost_or_added(public: list[str], cases: list[str], weight: int) -> None:
    learnt = join_corrections(
        samples_of(public, ["-"] * len(public), "public"),
        corrections_of(cases, ["+"] * len(cases)),
        weight,
    )

    kept = [text for text in public if text not in cases]
    assert learnt.X.tolist() == kept + cases * weight
    assert learnt.y.tolist() == ["-"] * len(kept) + ["+"] * len(cases) * weight


def test_inputs_are_left_out_whatever_their_capitals() -> None:
    assert leave_out(PUBLIC, CASES.samples.groups).X.tolist() == ["good", "bad", "fine"]


def test_a_fit_on_everything_learns_every_correction() -> None:
    training, seen = learner()

    add_corrections(training, PUBLIC, CASES, 2).fit(PUBLIC)

    assert seen[0].X.tolist() == ["good", "bad", "fine", *["so so", "it slaps"] * 2]


@pytest.mark.parametrize("held_out", [[2], [4], [2, 4], [0, 4]])
def test_a_correction_of_what_is_held_out_is_not_learnt(held_out: list[int]) -> None:
    training, seen = learner()
    part = PUBLIC.take(np.setdiff1d(np.arange(5), held_out))

    add_corrections(training, PUBLIC, CASES, 1).fit(part)

    assert "it slaps" in seen[0].X
    corrected = seen[0].kinds == "corrections"
    assert "so so" not in seen[0].X[corrected]


def test_what_the_corrected_training_does_not_change_is_the_training_s_own() -> None:
    training, _ = learner()

    corrected = add_corrections(training, PUBLIC, CASES, 1)

    assert corrected.fit is not training.fit
    assert replace(corrected, fit=training.fit) == training
    assert corrected.load_test is None


def test_a_corrected_case_in_the_test_file_is_left_out_of_it() -> None:
    training, _ = learner()
    test_file = samples_of(["So so", "never seen"], ["+", "-"], "test file")
    with_test_file = replace(training, load_test=lambda: test_file)

    corrected = add_corrections(with_test_file, PUBLIC, CASES, 1)

    assert corrected.load_test
    assert corrected.load_test().X.tolist() == ["never seen"]


@given(st.integers(1, 100_000), st.integers(1, 5_000))
def test_the_usual_weight_keeps_corrections_a_small_part(n_samples: int, n_cases: int) -> None:
    weight = choose_weight(n_samples, n_cases)

    assert 1 <= weight <= WEIGHT
    assert weight == 1 or weight * n_cases <= LARGEST_SHARE * n_samples
    assert weight == WEIGHT or (weight + 1) * n_cases > LARGEST_SHARE * n_samples


@given(st.lists(st.sampled_from("abcdefghijklmn"), min_size=1, max_size=30), st.booleans())
def test_every_case_is_asked_once_and_nothing_like_it_is_learnt(
    texts: list[str], large: bool
) -> None:
    cases = corrections_of(texts, ["+"] * len(texts))

    splits = split_cases(cases, N_LARGE if large else 100)

    groups = cases.samples.groups
    if len(set(texts)) < 5:
        assert splits == []
    else:
        asked = np.concatenate([asked for _, asked in splits])
        assert sorted(asked) == list(range(len(texts)))
        assert len(splits) == (3 if large else min(10, len(set(texts))))
        for learnt, held_out in splits:
            assert not set(groups[learnt]) & set(groups[held_out])
            assert len(learnt) + len(held_out) == len(texts)
