import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.render.drawing import BOX, Axis, Drawing
from models.features import NumberFeature
from models.registry import LoadedModel

FLOWER = {"sepal_length": 5.8, "sepal_width": 3.0, "petal_length": 4.3, "petal_width": 1.3}
VALUES = st.floats(min_value=-50, max_value=50)
SPANS = st.tuples(
    st.floats(min_value=0.001, max_value=10_000), st.floats(min_value=1.1, max_value=1_000)
)


def feature(low: float, high: float) -> NumberFeature:
    return NumberFeature("size", "Size", "cm", low, high, step=0.1, typical=low, highest=2 * high)


def here(html: str) -> tuple[float, float]:
    """Return where the drawing marks the record."""
    found = re.search(r'class="here" transform="translate\(([\d.]+) ([\d.]+)\)"', html)
    assert found
    return float(found[1]), float(found[2])


def positions(html: str, kind: int) -> list[tuple[float, float]]:
    """Return where the known samples of a class lie."""
    found = re.findall(rf'<g class="class-{kind}" transform="translate\(([\d.]+) ([\d.]+)\)"', html)
    return [(float(x), float(y)) for x, y in found]


@pytest.fixture(scope="module")
def drawing(iris: LoadedModel) -> Drawing:
    return Drawing(iris)


def test_every_known_flower_is_drawn_in_the_mark_of_its_species(drawing: Drawing) -> None:
    html = drawing.html(FLOWER)

    assert [len(positions(html, kind)) for kind in range(3)] == [50, 50, 50]


def test_a_known_flower_is_marked_where_it_is_drawn(drawing: Drawing, iris: LoadedModel) -> None:
    names = [item.name for item in iris.spec.features]
    known = iris.metadata["known_samples"]

    for index in (0, 60, 149):
        html = drawing.html(dict(zip(names, known["X"][index], strict=True)))
        kind = iris.spec.classes.index(known["y"][index])
        assert here(html) in positions(html, kind)


def test_a_longer_petal_moves_the_mark_to_the_right_and_a_wider_one_up(drawing: Drawing) -> None:
    x, y = here(drawing.html(FLOWER))

    assert here(drawing.html(FLOWER | {"petal_length": 5.0})) > (x, y)
    assert here(drawing.html(FLOWER | {"petal_width": 2.0}))[1] < y


def test_sepals_do_not_move_the_mark(drawing: Drawing) -> None:
    other = FLOWER | {"sepal_length": 7.0, "sepal_width": 2.0}

    assert here(drawing.html(other)) == here(drawing.html(FLOWER))


def test_sepals_move_the_regions_in_which_each_species_is_predicted(drawing: Drawing) -> None:
    one, other = (drawing.regions_svg(FLOWER | {"sepal_length": length}) for length in (5.0, 7.0))

    assert one != other
    assert {f'class="class-{kind}"' in one for kind in range(3)} == {True}


@given(petal_length=VALUES, petal_width=VALUES)
def test_every_flower_lies_within_the_drawing(
    drawing: Drawing, petal_length: float, petal_width: float
) -> None:
    flower = FLOWER | {"petal_length": petal_length, "petal_width": petal_width}

    x, y = here(drawing.html(flower))

    assert 0 < x < BOX.width
    assert 0 < y < BOX.height


def test_the_drawing_says_what_it_shows_to_those_who_cannot_see_it(drawing: Drawing) -> None:
    caption = "Where it lies among the 150 known ones: petal length against petal width. "
    caption += "The tint shows which would be predicted there, all else being equal."

    assert f'role="img" aria-label="{caption}"' in drawing.html(FLOWER)


def test_words_of_a_spec_are_not_read_as_markup(iris: LoadedModel) -> None:
    renamed = tuple(
        replace(item, title="<b>", unit="<i>") for item in iris.spec.measurements.values()
    )
    spec = replace(iris.spec, features=renamed)

    html = Drawing(replace(iris, spec=spec)).html(FLOWER)

    assert "<b>" not in html
    assert "<i>" not in html


def test_a_fourth_class_is_drawn_too(iris: LoadedModel) -> None:
    spec = replace(iris.spec, classes=(*iris.spec.classes, "pseudacorus"))
    known = iris.metadata["known_samples"]
    more: dict[str, list[Any]] = {
        "X": [*known["X"], [5.0, 3.0, 4.0, 1.0]],
        "y": [*known["y"], "pseudacorus"],
    }

    html = Drawing(replace(iris, spec=spec, metadata={"known_samples": more})).html(FLOWER)

    assert len(positions(html, 3)) == 1


@given(VALUES, VALUES)
def test_a_higher_value_never_lies_further_left(one: float, other: float) -> None:
    axis = Axis(feature(1.0, 6.9), 50, 400)
    low, high = sorted((one, other))

    assert 50 <= axis.pixel(low) <= axis.pixel(high) <= 400


@given(SPANS)
def test_any_axis_has_some_rising_ticks_within_its_ends(span: tuple[float, float]) -> None:
    low, factor = span
    axis = Axis(feature(low, low * factor), 50, 400)

    ticks = axis.ticks()

    assert 2 <= len(ticks) <= 12
    assert ticks == sorted(set(ticks))
    assert all(axis.low <= tick <= axis.high for tick in ticks)


def test_the_ticks_of_a_petal_are_whole_centimetres() -> None:
    assert Axis(feature(1.0, 6.9), 50, 400).ticks() == [1, 2, 3, 4, 5, 6, 7]
