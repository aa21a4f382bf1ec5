import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InvalidRecord
from models.features import ContextField, NumberFeature, TextFeature
from models.predict import validate_record
from models.registry import discover_specs
from models.spec import ModelSpec
from models.training.card_figures import METRIC_TITLES

TEXT = TextFeature("text", "Text", max_length=20)
LENGTH = NumberFeature(
    "length", "Length", "cm", low=1.0, high=6.9, step=0.1, typical=4.3, highest=30.0
)
COLD = NumberFeature(
    "cold",
    "Temperature",
    "°C",
    low=-20.0,
    high=35.0,
    step=0.5,
    typical=0.0,
    highest=60.0,
    lowest=-90.0,
    takes_lowest=True,
)
MOVIE = ContextField("movie", "Movie", max_length=10)
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)

each_spec = pytest.mark.parametrize("spec", discover_specs().values(), ids=lambda spec: spec.name)


def refusal(field: TextFeature | NumberFeature | ContextField, value: object) -> InvalidRecord:
    with pytest.raises(InvalidRecord) as caught:
        field.parse(value)
    assert caught.value.field == field.name
    return caught.value


def outcome(
    field: TextFeature | NumberFeature, value: object
) -> str | float | InvalidRecord | None:
    """Return what a field makes of a value, be it an error."""
    try:
        return field.parse(value)
    except InvalidRecord as error:
        return error


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0", "\u200b", "\u2028\ufeff"])
def test_a_blank_text_is_refused(blank: str) -> None:
    assert "empty" in refusal(TEXT, blank).message


@pytest.mark.parametrize("text", [".", "\U0001fae8", "ไทย", "❤️"])
def test_a_text_of_one_mark_is_not_blank(text: str) -> None:
    assert TEXT.parse(text) == text


def test_a_text_of_the_longest_length_is_taken() -> None:
    assert TEXT.parse("x" * 20) == "x" * 20


def test_a_text_one_longer_is_refused_with_both_lengths() -> None:
    message = refusal(TEXT, "x" * 21).message

    assert "21" in message
    assert "20" in message


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x1B, 0x7F, 0x85, 0x9F])
def test_a_control_character_is_refused_by_its_number(code: int) -> None:
    assert f"U+{code:04X} at position 3" in refusal(TEXT, f"ab{chr(code)}c").message


@pytest.mark.parametrize("code", [0xD800, 0xDCFF, 0xDFFF])
def test_half_a_character_is_refused(code: int) -> None:
    message = refusal(TEXT, f"{chr(code)}x").message

    assert f"U+{code:04X}" in message
    assert "position 1" in message


def test_line_breaks_and_tabs_are_text() -> None:
    assert TEXT.parse("a\r\n\tb") == "a\r\n\tb"


@pytest.mark.parametrize("value", [None, True, 5, 1.5, ["x"], {"a": "b"}, b"x"])
def test_what_is_no_text_is_refused(value: object) -> None:
    assert "string" in refusal(TEXT, value).message


@given(PRINTABLE)
def test_a_printable_text_comes_back_unchanged(text: str) -> None:
    assert TEXT.parse(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_is_taken_unchanged_or_refused_with_a_message_that_can_be_sent(
    text: str,
) -> None:
    parsed = outcome(TEXT, text)

    if isinstance(parsed, InvalidRecord):
        assert parsed.message.encode()
        assert parsed.field == "text"
    else:
        assert parsed == text
        assert 0 < len(text) <= 20
        assert text.encode()


@given(st.floats(min_value=0, max_value=30, exclude_min=True))
def test_a_possible_number_comes_back_unchanged(value: float) -> None:
    assert LENGTH.parse(value) == value


def test_a_whole_number_becomes_a_float() -> None:
    assert isinstance(LENGTH.parse(5), float)


@pytest.mark.parametrize(
    "value",
    [0, -0.0, -1, 30.0001, math.nan, math.inf, -math.inf, 10**400, -(10**400)],
    ids=lambda value: f"{str(value)[:8]}",
)
def test_an_impossible_number_is_refused(value: float) -> None:
    assert "above 0 and up to 30 cm" in refusal(LENGTH, value).message


@pytest.mark.parametrize("value", [None, True, False, "5.1", [5.1], {}])
def test_what_is_no_number_is_refused(value: object) -> None:
    assert "above 0 and up to 30 cm" in refusal(LENGTH, value).message


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()))
def test_every_value_is_a_possible_number_or_refused(value: object) -> None:
    parsed = outcome(LENGTH, value)

    if isinstance(parsed, InvalidRecord):
        assert parsed.field == "length"
    else:
        assert isinstance(parsed, float)
        assert 0 < parsed <= 30


@pytest.mark.parametrize("value", [-90, -0.5, 0, 60])
def test_a_number_may_be_zero_or_negative_where_its_feature_says_so(value: float) -> None:
    assert COLD.parse(value) == value


@pytest.mark.parametrize("value", [-90.1, 60.1, math.nan, None])
def test_a_number_beyond_limits_of_its_feature_is_refused_with_these(value: object) -> None:
    assert "a number from -90 to 60 °C" in refusal(COLD, value).message


def test_the_schema_and_the_tries_of_a_number_keep_to_its_own_limits() -> None:
    schema = COLD.schema()

    assert (schema["minimum"], schema["maximum"]) == (-90, 60)
    assert "exclusiveMinimum" not in schema
    assert min(COLD.alternatives()) == -25.5
    assert LENGTH.alternatives()[0] > 0


@pytest.mark.parametrize(
    ("field", "span"),
    [
        (LENGTH, (0.1, 7.8)),
        (COLD, (-28.0, 43.0)),
        (replace(COLD, lowest=-22.0, highest=36.0), (-22.0, 36.0)),
        (replace(LENGTH, lowest=0.5), (0.6, 7.8)),
    ],
)
def test_a_slider_goes_a_little_beyond_what_was_seen_within_the_limits(
    field: NumberFeature, span: tuple[float, float]
) -> None:
    assert field.span(0.15) == span


@pytest.mark.parametrize("value", [1.0, 4.3, 6.9])
def test_a_seen_number_needs_no_notice(value: float) -> None:
    assert LENGTH.notice(value) is None


@pytest.mark.parametrize("value", [0.9, 7.0, 30.0])
def test_a_number_outside_what_was_seen_gets_a_notice(value: float) -> None:
    assert f"Length {value:g} cm is outside the 1 to 6.9 cm" in str(LENGTH.notice(value))


def test_the_schema_of_a_number_has_the_bounds_of_its_parser() -> None:
    schema = LENGTH.schema()

    assert LENGTH.parse(schema["maximum"]) == 30
    refusal(LENGTH, math.nextafter(30, 31))
    refusal(LENGTH, schema["exclusiveMinimum"])


def test_a_context_is_trimmed() -> None:
    assert MOVIE.parse("  Alien ") == "Alien"


def test_a_context_may_be_left_out() -> None:
    assert MOVIE.parse(None) == ""


@pytest.mark.parametrize("value", ["x" * 11, "a\x00b", "\ud800", 7, True, ["Alien"]])
def test_a_context_that_is_no_short_text_is_refused(value: object) -> None:
    refusal(MOVIE, value)


@each_spec
def test_each_example_is_a_valid_record(spec: ModelSpec) -> None:
    for example in spec.examples:
        parsed = validate_record(spec, example.record)
        assert {name: parsed[name] for name in example.record} == dict(example.record)


@each_spec
def test_no_field_takes_a_name_that_links_and_endpoints_need(spec: ModelSpec) -> None:
    assert not {"tab", "model"} & set(spec.field_names)
    assert all(name.isidentifier() for name in spec.field_names)


@each_spec
def test_a_spec_names_a_known_figure_and_its_own_features(spec: ModelSpec) -> None:
    assert spec.main_metric in METRIC_TITLES
    assert set(spec.map_axes or ()) <= {feature.name for feature in spec.features}


@each_spec
def test_classes_and_examples_are_named_once(spec: ModelSpec) -> None:
    titles = [example.title for example in spec.examples]

    assert len(set(spec.classes)) == len(spec.classes) > 1
    assert len(set(titles)) == len(titles) > 0


@each_spec
def test_a_measurement_starts_and_was_seen_within_what_is_possible(spec: ModelSpec) -> None:
    for feature in spec.measurements.values():
        assert feature.low <= feature.typical <= feature.high
        assert all(map(feature.is_possible, (feature.low, feature.high)))
