"""What a board says of a challenger: only what its comparison shows."""

from pathlib import Path
from typing import Any

import pytest

from demo.challenger import Training
from demo.render.challenger import elapsed_words, result_sentence, training_html

HELD_OUT = {
    "metric": "accuracy",
    "cases": 150,
    "champion": 0.98,
    "challenger": 0.963,
    "interval": [-0.05, 0.01],
    "better": 2,
    "worse": 4,
    "p_value": 0.69,
}
CASES = {
    "metric": "accuracy",
    "cases": 6,
    "champion": 1 / 3,
    "challenger": 0.5,
    "better": 2,
    "worse": 1,
}


def outcome(held_out: dict[str, Any] | None = None, **cases: Any) -> dict[str, Any]:
    about = {"answered_after_learning": {"champion": 2, "challenger": 6}}
    table = [HELD_OUT | (held_out or {}), CASES | cases]
    return {"table": table, "corrections": about, "notes": ["A <b>note</b>."]}


@pytest.mark.parametrize(
    ("held_out", "said"),
    [
        ({}, "by no more than chance explains"),
        ({"interval": [-0.05, -0.01], "p_value": 0.001}, "is worse than the model in use"),
        ({"interval": [0.01, 0.03], "p_value": 0.001, "better": 9}, "is better than the model"),
        ({"interval": [0.01, 0.03], "p_value": 0.2}, "by no more than chance"),
    ],
)
def test_a_challenger_is_called_better_or_worse_only_beyond_chance(
    held_out: dict[str, Any], said: str
) -> None:
    assert said in result_sentence(outcome(held_out))


def test_cases_that_it_has_learnt_are_not_called_a_success() -> None:
    parted = result_sentence(outcome())
    learnt = result_sentence(outcome(challenger=None, better=None, worse=None))

    assert (
        "answers 3 as most reviewers do without having learnt them, the model in use 2." in parted
    )
    assert "answers 6 as most reviewers do, but it has learnt them; they are too few" in learnt


def test_the_result_says_where_the_files_are_and_how_it_is_promoted() -> None:
    training = Training("iris", "done", 65, "", Path("/data/abcd"), outcome())
    html = training_html(training)

    assert "/data/abcd/corrections.csv --promote" in html
    assert "98\N{NO-BREAK SPACE}%" in html
    assert "A &lt;b&gt;note" in html
    assert "Trained in 1 minute 5 seconds" in html
    assert elapsed_words(1) == "1 second"
