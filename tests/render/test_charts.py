import re

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
