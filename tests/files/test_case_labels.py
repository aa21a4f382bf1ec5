import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.files.columns import code_of, plain_name, read_labels
from models.registry import discover_specs
from models.spec import ModelSpec

SPECS = discover_specs()
TWEETS, REVIEWS, IRIS = SPECS["tweets"], SPECS["reviews"], SPECS["iris"]
NEG, NEU, POS = "negative", "neutral", "positive"


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.name)
def test_classes_are_read_however_they_are_written(spec: ModelSpec) -> None:
    for label in spec.classes:
        ways = [label, label.upper(), f" {label.title()} ", f"{spec.subject}-{label}"]
        assert read_labels(ways, spec) == dict.fromkeys(ways, label)


@pytest.mark.parametrize(
    ("spec", "values", "meaning"),
    [
        (REVIEWS, ("neg", "POS"), (NEG, POS)),
        (TWEETS, ("neg", "neu", "pos"), (NEG, NEU, POS)),
        (IRIS, ("Iris-setosa", "iris virginica"), ("setosa", "virginica")),
        (REVIEWS, ("0", "1"), (NEG, POS)),
        (REVIEWS, ("0.0", "1.0"), (NEG, POS)),
        (REVIEWS, ("1", "2"), (NEG, POS)),
        (REVIEWS, ("-1", "+1"), (NEG, POS)),
        (REVIEWS, ("0", "4"), (NEG, POS)),
        (TWEETS, ("0", "1", "2"), (NEG, NEU, POS)),
        (TWEETS, ("1", "2", "3"), (NEG, NEU, POS)),
        (TWEETS, ("-1", "0", "1"), (NEG, NEU, POS)),
        (TWEETS, ("0", "2", "4"), (NEG, NEU, POS)),
        (TWEETS, ("0", "4"), (NEG, POS)),
        (IRIS, ("0", "1", "2"), IRIS.classes),
        (IRIS, ("1", "2", "3"), IRIS.classes),
    ],
)
def test_common_ways_to_write_a_label(
    spec: ModelSpec, values: tuple[str, ...], meaning: tuple[str, ...]
) -> None:
    assert read_labels(values, spec) == dict(zip(values, meaning, strict=True))


@pytest.mark.parametrize(
    ("spec", "values"),
    [
        (TWEETS, ("0", "1")),  # negative and neutral, or neutral and positive
        (TWEETS, ("0", "2")),  # of 0, 1, 2 or of 0, 2, 4
        (TWEETS, ("1", "2")),
        (REVIEWS, ("1",)),
        (IRIS, ("-1", "0", "1")),
        (IRIS, ("0", "2", "4")),
        (REVIEWS, ("0", "1", "2")),
        (REVIEWS, ("neutral", "neu", "5 stars", "", " ", "-", "1.5", "٣")),
    ],
)
def test_what_may_mean_several_things_or_none_is_not_read(
    spec: ModelSpec, values: tuple[str, ...]
) -> None:
    assert read_labels(values, spec) == {}


def test_numbers_and_names_in_one_column_are_read_beside_what_cannot_be() -> None:
    assert read_labels(["0", "1", "pos", "unsure"], REVIEWS) == {"0": NEG, "1": POS, "pos": POS}


@given(st.sampled_from(list(SPECS.values())), st.lists(st.text(max_size=8)))
def test_any_values_stand_for_classes_or_for_nothing(spec: ModelSpec, values: list[str]) -> None:
    found = read_labels(values, spec)

    assert set(found) <= set(values)
    assert set(found.values()) <= set(spec.classes)


@pytest.mark.parametrize(
    "name", ["Sepal Length", "sepal_length", "SEPAL-LENGTH [cm]", "Sepal.Length (in cm)"]
)
def test_a_plain_name_leaves_out_what_people_write_in_different_ways(name: str) -> None:
    assert plain_name(name) == "sepallength"


@pytest.mark.parametrize("piece", ["(", "[", "([", "[(", "(a"])
def test_brackets_that_never_close_take_time_that_grows_with_their_number(piece: str) -> None:
    start = time.process_time()

    plain_name(piece * 500_000)

    assert time.process_time() - start < 2


def test_a_long_row_of_zeros_is_no_label_and_costs_nothing() -> None:
    start = time.process_time()

    assert read_labels(["0" * 100_000 + "x", "0" * 100_000], REVIEWS) == {}
    assert code_of("0" * 100_000 + "x") is None
    assert code_of("-" + "0" * 100_000 + "1") == "-1"

    assert time.process_time() - start < 0.2
