import re
from itertools import pairwise

import pytest

from demo.render.charts import BOX, Chart, ticks_from


def chart(**changes: object) -> Chart:
    fields: dict[str, object] = {
        "title": "Sure <b>and</b> right",
        "x_title": "sure",
        "y_title": "right",
        "points": [(0.5, 0.5), (1.0, 1.0)],
    }
    return Chart(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "ticks"),
    [
        (0, [0, 0.25, 0.5, 0.75, 1]),
        (0.25, [0.25, 0.5, 0.75, 1]),
        (0.5, [0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        (0.75, [0.75, 0.8, 0.85, 0.9, 0.95, 1]),
    ],
)
def test_ticks_are_round_and_end_at_one(low: float, ticks: list[float]) -> None:
    assert ticks_from(low) == ticks


def test_the_axes_start_at_their_lowest_share() -> None:
    assert chart(x_low=0.5, y_low=0.5).pixels((0.5, 0.5)) == (BOX.left, BOX.floor)
    assert chart(x_low=0.5, y_low=0.5).pixels((0.1, 1))[1] == BOX.top


def test_a_point_with_more_samples_has_a_larger_dot() -> None:
    radii = [float(r) for r in re.findall(r'r="([\d.]+)"', chart(sizes=[1, 100]).html())]

    assert radii[0] < radii[1]


def test_a_title_is_not_read_as_markup() -> None:
    assert "<b>" not in chart().html()


def test_a_point_says_what_it_is_and_stands_in_the_table() -> None:
    drawn = chart(sizes=[7, 1_203], x_word="sure", unit="reviews").html()

    assert 'tabindex="0" role="img" aria-label="50\N{NO-BREAK SPACE}% sure: 50' in drawn
    assert "(1,203 reviews)" in drawn
    assert "<td>50\N{NO-BREAK SPACE}%</td><td>50\N{NO-BREAK SPACE}%</td><td>7</td>" in drawn


def test_every_place_of_a_chart_points_at_its_nearest_point() -> None:
    spots = chart(points=[(1.0, 0.9), (0.0, 0.5), (0.5, 0.7)]).spots()

    assert [spot.text.split("%")[0].strip() for spot in spots] == ["0", "50", "100"]
    for first, second in pairwise(spots):
        assert first.left + first.width == pytest.approx(second.left)
        assert first.left <= first.x <= second.left
    assert spots[-1].left + spots[-1].width <= 100
