import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from demo.render.drawing import MOST_DRAWN, Axis, describe_regions, has_map, map_html
from models.errors import InvalidRecord
from models.features import NumberFeature
from models.predict import predict_one
from models.registry import LoadedModel

FLOWER = {"sepal_length": 5.8, "sepal_width": 3.0, "petal_length": 4.3, "petal_width": 1.3}
SPANS = st.tuples(
    st.floats(min_value=0.001, max_value=10_000), st.floats(min_value=1.1, max_value=1_000)
)


def feature(low: float, high: float, name: str = "size", unit: str = "cm") -> NumberFeature:
    return NumberFeature(
        name, name.title(), unit, low, high, step=0.1, typical=low, highest=2 * high
    )


def data_of(html: str) -> dict[str, Any]:
    """Return what a map hands over to the page."""
    found = re.search("data-map='([^']*)'", html)
    assert found
    return dict(json.loads(unescape(found[1])))


@pytest.fixture(scope="module")
def fruit(iris: LoadedModel) -> LoadedModel:
    """A model of two classes and two measurements in different units, none of them named as a flower's."""
    X = [[weight, width] for weight in (5.0, 60.0, 150.0, 300.0) for width in (10.0, 20.0, 40.0)]
    y = ["berry" if weight < 100 else "melon" for weight, _ in X]
    features = (feature(5, 300, "weight", "g"), feature(10, 40, "width", "mm"))
    spec = replace(
        iris.spec,
        name="fruit",
        classes=("berry", "melon"),
        features=features,
        map_axes=None,
        cases="fruits",
    )
    pipeline = LogisticRegression().fit(np.array(X), y)
    return LoadedModel(spec, pipeline, {"known_samples": {"X": X, "y": y}}, "")


def test_the_page_is_given_every_known_flower_with_its_species(iris: LoadedModel) -> None:
    data, known = data_of(map_html(iris)), iris.metadata["known_samples"]

    assert [axis["name"] for axis in data["axes"]] == list(iris.spec.feature_names)
    assert [sample[1:] for sample in data["samples"]] == known["X"]
    assert [data["classes"][sample[0]] for sample in data["samples"]] == known["y"]


def test_a_model_of_two_other_measurements_has_a_map(fruit: LoadedModel) -> None:
    html = map_html(fruit)

    assert data_of(html)["shown"] == ["weight", "width"]
    assert "Weight (g)" in html
    assert "The marks are 12 known fruits" in html
    assert html.count("<span><svg") == 2


def test_a_model_without_known_samples_or_a_second_measurement_has_no_map(
    iris: LoadedModel, fruit: LoadedModel
) -> None:
    one = replace(fruit.spec, features=fruit.spec.features[:1])

    assert has_map(iris)
    assert not has_map(replace(iris, metadata={}))
    assert not has_map(replace(fruit, spec=one))


def test_of_very_many_samples_some_are_drawn_and_the_map_says_so(fruit: LoadedModel) -> None:
    many: dict[str, list[Any]] = {"X": [[100.0, 20.0]] * 2_500, "y": ["berry"] * 2_500}

    html = map_html(replace(fruit, metadata={"known_samples": many}))

    assert len(data_of(html)["samples"]) == 834 < MOST_DRAWN
    assert "834 of 2,500 known fruits" in html


def test_words_of_a_spec_are_not_read_as_markup(iris: LoadedModel) -> None:
    renamed = tuple(
        replace(item, title="<b>'", unit="<i>") for item in iris.spec.measurements.values()
    )
    spec = replace(iris.spec, features=renamed)

    html = map_html(replace(iris, spec=spec))

    assert "<b>" not in html
    assert "<i>" not in html
    assert data_of(html)["axes"][0]["title"] == "<b>'"


def test_a_fourth_class_has_a_mark_of_its_own(iris: LoadedModel) -> None:
    spec = replace(iris.spec, classes=(*iris.spec.classes, "pseudacorus"))

    legend = re.findall(r'class="class-(\d)" d="([^"]+)"', map_html(replace(iris, spec=spec)))

    assert len(set(legend)) == 4
    assert len({shape for _, shape in legend}) == 4


@pytest.mark.parametrize(
    ("x", "y"), [("petal_length", "petal_width"), ("petal_width", "sepal_width")]
)
@pytest.mark.parametrize("sepal_length", [5.0, 7.5])
def test_each_cell_shows_what_is_predicted_in_its_middle(
    iris: LoadedModel, x: str, y: str, sepal_length: float
) -> None:
    record = FLOWER | {"sepal_length": sepal_length}
    found = describe_regions(iris, {"record": record, "x": x, "y": y})
    rows = [[kind for kind, count in row for _ in range(count)] for row in found["rows"]]

    for row, column in ((0, 0), (0, -1), (-1, 0), (-1, -1), (20, 30), (40, 60), (31, 48)):
        values = {
            side["feature"]: side["low"] + (at % n + 0.5) / n * (side["high"] - side["low"])
            for side, at, n in ((found["x"], column, len(rows[0])), (found["y"], row, len(rows)))
        }
        assert iris.spec.classes[rows[row][column]] == predict_one(iris, record | values).label


def test_sepals_move_the_regions_and_petals_do_not(iris: LoadedModel) -> None:
    rows = [
        describe_regions(iris, {"record": FLOWER | change})["rows"]
        for change in ({}, {"sepal_length": 7.0}, {"petal_length": 1.0, "petal_width": 2.0})
    ]

    assert rows[0] != rows[1]
    assert rows[0] == rows[2]


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ({"x": "plum"}, "x must be one of sepal_length, sepal_width, petal_length, petal_width"),
        ({"y": None}, "y must be one of"),
        ({"x": "petal_width"}, "x and y must be two measurements"),
    ],
)
def test_axes_that_are_not_two_measurements_are_refused(
    iris: LoadedModel, axes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidRecord, match=message):
        describe_regions(iris, {"record": FLOWER} | axes)


@given(SPANS)
def test_any_axis_has_some_rising_ticks_within_its_ends(span: tuple[float, float]) -> None:
    low, factor = span
    axis = Axis.of(feature(low, low * factor))

    assert 2 <= len(axis.ticks) <= 12
    assert axis.ticks == sorted(set(axis.ticks))
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)


def test_the_ticks_of_a_petal_are_whole_centimetres() -> None:
    assert Axis.of(feature(1.0, 6.9)).ticks == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("lowest", "low"), [(-40, -33.0), (-30, -30), (0, 0)])
def test_an_axis_begins_below_what_was_seen_as_far_as_its_feature_goes(
    lowest: float, low: float
) -> None:
    seen_from = max(-28.0, lowest)
    frost = NumberFeature(
        "frost", "Frost", "°C", seen_from, 22, 0.5, typical=3, highest=60, lowest=lowest
    )

    axis = Axis.of(frost)

    assert (axis.low, axis.lowest, axis.takes_lowest) == (low, lowest, False)
    assert axis.ticks[0] - axis.low < axis.ticks[1] - axis.ticks[0]
