import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from small_model import (
    SLANG_CASES,
    SMALL,
    THINGS,
    corrections_of,
    fit,
    public_samples,
    standing,
)

from models.metadata import Metadata
from models.registry import LoadedModel
from models.training.challenger import Answers, Trial, challenge
from models.training.promotion import (
    ChallengerWorse,
    check_not_worse,
    compare_answers,
    compare_trial,
    print_comparison,
)


def answers(y: str, champion: str, challenger: str, groups: list[int] | None = None) -> Answers:
    """Return answers written as one letter a sample."""
    samples = replace(
        public_samples().take(np.arange(len(y))),
        y=np.array(list(y), object),
        groups=np.array(groups or range(len(y))),
    )
    first, second = (np.array(list(letters), object) for letters in (champion, challenger))
    return Answers(samples, first, second, np.arange(len(y)))


@pytest.fixture(scope="module")
def committed() -> LoadedModel:
    return standing(fit(public_samples()))


@pytest.fixture(scope="module")
def trial(committed: LoadedModel) -> Trial:
    return challenge(committed, SMALL, SLANG_CASES, 4)


def always(label: str) -> LoadedModel:
    pipeline = DummyClassifier(strategy="constant", constant=label)
    return standing(pipeline.fit(["x", "y"], ["negative", "positive"]))


def notes_of(trial: Trial) -> str:
    return "\n".join(compare_trial(trial)["notes"])


def test_a_row_counts_what_the_challenger_gains_and_loses() -> None:
    row = compare_answers(answers("aaaabb", "aaabba", "abbabb"), "accuracy", "made up")

    assert (row["champion"], row["challenger"]) == pytest.approx((4 / 6, 4 / 6))
    assert row["difference"] == 0
    assert (row["better"], row["worse"], row["p_value"]) == (2, 2, 1.0)
    assert row["interval"][0] < 0 < row["interval"][1]
    assert row["cases"] == 6


def test_the_metric_of_the_row_is_the_model_s_own() -> None:
    row = compare_answers(answers("aaab", "aaaa", "bbbb"), "macro_recall", "made up")

    assert (row["champion"], row["challenger"]) == (0.5, 0.5)
    assert (row["better"], row["worse"]) == (1, 3)


def test_a_sample_that_was_asked_ten_times_is_one_witness_for_the_test() -> None:
    once = answers("aaaa", "abbb", "aaaa")
    places = np.tile(np.arange(4), 10)
    often = Answers(
        once.samples.take(places), once.champion[places], once.challenger[places], once.once
    )

    single, repeated = (compare_answers(each, "accuracy", "x") for each in (once, often))

    assert single == repeated


def test_the_comparison_can_be_stored_and_holds_nothing_that_people_wrote(trial: Trial) -> None:
    stored = json.dumps(compare_trial(trial))

    assert "banger" not in stored
    assert json.loads(stored)["champion"]["sha256"] == "ab" * 32
    assert json.loads(stored)["corrections"]["weight"] == 4


def test_both_data_have_a_row(trial: Trial) -> None:
    held_out, cases = compare_trial(trial)["table"]

    assert (held_out["data"], held_out["cases"]) == ("held out", 8)
    assert (cases["data"], cases["cases"]) == ("corrected cases", 30)
    assert cases["challenger"] > cases["champion"]
    assert cases["difference"] == pytest.approx(cases["challenger"] - cases["champion"])


def test_cases_on_which_the_pipeline_was_always_wrong_have_no_test() -> None:
    trial = challenge(always("negative"), SMALL, SLANG_CASES, 1)

    row = compare_trial(trial)["table"][1]

    assert row["champion"] == 0
    assert row["challenger"] > 0.5
    assert row["p_value"] is None
    assert "right on none of the corrected cases" in notes_of(trial)


def test_cases_on_which_the_pipeline_was_right_are_counted(committed: LoadedModel) -> None:
    cases = corrections_of([f"the {word}" for word in (*THINGS, "good", "bad")], ["positive"] * 7)

    trial = challenge(committed, SMALL, cases, 1)

    right = int((trial.committed == "positive").sum())
    assert 0 < right < 7
    assert f"right on {right} of the 7 corrected cases" in notes_of(trial)


def test_with_few_cases_the_comparison_says_what_cannot_be_told(
    committed: LoadedModel, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = challenge(committed, SMALL, corrections_of(["a gem"], ["positive"]), 1)

    outcome = compare_trial(trial)
    row = outcome["table"][1]
    assert row["challenger"] is None
    assert row["p_value"] is None
    assert "too few to leave some out" in notes_of(trial)
    assert outcome["corrections"]["answered_after_learning"]["challenger"] == 1
    print_comparison(outcome)
    assert "–" in capsys.readouterr().out


def test_cases_that_were_judged_on_another_version_are_counted(committed: LoadedModel) -> None:
    cases = corrections_of(
        ["a good film", "a bad film", "so fine"],
        ["positive", "positive", "positive"],
        predicted=["negative", "negative", ""],
    )

    notes = notes_of(challenge(committed, SMALL, cases, 1))

    assert "To 1 of the corrected cases the committed pipeline now answers otherwise" in notes


def test_samples_that_gave_way_to_corrections_are_counted(committed: LoadedModel) -> None:
    cases = corrections_of(["a GOOD film", "a gem"], ["negative", "positive"])

    notes = notes_of(challenge(committed, SMALL, cases, 1))

    assert "1 samples of the training data have the input of a corrected case." in notes


def test_earlier_corrections_that_are_not_given_again_are_named(committed: LoadedModel) -> None:
    source: dict[str, Any] = {"name": "corrections", "title": "Corrected cases (march.csv)"}
    data: Metadata = {"training_data": [source | {"content_sha256": "cd" * 32}]}
    before = replace(committed, metadata=committed.metadata | data)

    notes = notes_of(challenge(before, SMALL, SLANG_CASES, 1))

    assert "also learnt from: Corrected cases (march.csv)" in notes


def outcome_of(champion: str, challenger: str) -> dict[str, Any]:
    y = "ab" * (len(champion) // 2)
    return {"table": [compare_answers(answers(y, champion, challenger), "accuracy", "held out")]}


def test_a_challenger_that_is_worse_beyond_chance_is_refused_in_one_sentence() -> None:
    with pytest.raises(ChallengerWorse) as caught:
        check_not_worse(outcome_of("ab" * 10, "ab" * 5 + "ba" * 5))

    message = caught.value.message
    assert "on 20 held-out samples its accuracy is 50.0 % against 100.0 %" in message
    assert "(McNemar's p = 0.002, 10 answers lost, 0 gained)" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("champion", "challenger"),
    [("ab" * 10, "ab" * 10), ("ab" * 5 + "ba" * 5, "ab" * 10), ("ab" * 10, "ab" * 9 + "aa")],
)
def test_a_challenger_that_chance_explains_or_that_is_better_is_not_refused(
    champion: str, challenger: str
) -> None:
    check_not_worse(outcome_of(champion, challenger))


def test_the_table_shows_both_rows_and_every_note(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = compare_trial(trial)

    print_comparison(outcome)

    shown = capsys.readouterr().out
    assert shown.startswith("30 corrected cases, each counted 4 times")
    assert " held out " in shown
    row = outcome["table"][1]
    assert f"{100 * row['challenger']:.1f} %" in shown
    assert all(note[:60] in shown for note in outcome["notes"])
