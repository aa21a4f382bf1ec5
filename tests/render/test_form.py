import pytest

from demo.render.form import steps_html, summary_html
from demo.sessions.model import Plan


def test_a_step_is_told_from_those_before_and_after_it() -> None:
    page = steps_html(2)

    assert page.count('class="done"') == page.count('class="next"') == 1
    assert page.count('aria-current="step"') == 1
    assert "Step 2 of 3" in page


@pytest.mark.parametrize(
    ("asked", "n_cases", "said"),
    [
        ({"blind": True}, 12, "12 tweets, blind, each judged by everyone."),
        (
            {"verdicts_per_case": 1},
            1,
            "1 case, with the answer in view, each judged by 1 reviewer.",
        ),
        (
            {"blind": True},
            0,
            "Tweets of the reviewers&#39; own, blind, each judged by whoever tries it.",
        ),
    ],
)
def test_the_summary_says_what_will_happen(
    asked: dict[str, object], n_cases: int, said: str
) -> None:
    assert said in summary_html(Plan("A title", "tweets", **asked), n_cases, "tweets")  # type: ignore[arg-type]


def test_the_summary_speaks_of_the_order_and_the_open_floor_only_where_they_matter() -> None:
    listed = Plan("A title", "tweets", order="shuffled", open_floor=False)
    both = Plan("A title", "tweets", anonymous=True)

    assert "in another order" in summary_html(listed, 3, "tweets")
    assert "of their own" not in summary_html(listed, 3, "tweets")
    assert "They may also try tweets of their own" in summary_html(both, 3, "tweets")
    assert "leave their name out" in summary_html(both, 3, "tweets")
    assert "order" not in summary_html(both, 0, "tweets")
