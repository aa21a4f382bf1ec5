from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.address import Address
from demo.render.links import (
    LONGEST_QUERY,
    Link,
    group_by_subject,
    page_query,
    read_query,
    session_link,
    write_query,
)
from models.predict import validate_record
from models.registry import discover_specs
from models.spec import ModelSpec, Record, Value

SPECS = discover_specs()
IRIS, REVIEWS, TWEETS = SPECS["iris"], SPECS["reviews"], SPECS["tweets"]
FLOWER = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
LENGTHS = st.floats(min_value=0, max_value=30, exclude_min=True)
FLOWERS = st.fixed_dictionaries(dict.fromkeys(FLOWER, LENGTHS))
TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=300).map("A".__add__)
TITLES = st.text(st.characters(exclude_categories=["C"]), max_size=60)


def read(query: str) -> Link:
    return read_query(
        dict(parse_qsl(query, keep_blank_values=True)), SPECS.values(), [*SPECS, "broken"]
    )


def there_and_back(spec: ModelSpec, record: Record) -> Link:
    query = write_query(spec, record)
    assert query
    return read(query[1:])


@given(FLOWERS)
def test_a_link_gives_back_the_flower_it_was_made_from(flower: dict[str, Value]) -> None:
    assert there_and_back(IRIS, flower) == Link("iris", "iris", flower)


@given(TEXTS, TITLES.map(str.strip).filter(bool))
def test_a_link_gives_back_the_review_it_was_made_from(text: str, movie: str) -> None:
    record: dict[str, Value] = {"text": text, "movie": movie}

    assert there_and_back(REVIEWS, record) == Link("sentiment", "reviews", record)


@given(TEXTS)
def test_a_link_gives_back_the_tweet_it_was_made_from(text: str) -> None:
    assert there_and_back(TWEETS, {"text": text}) == Link("sentiment", "tweets", {"text": text})


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.name)
def test_a_link_gives_back_every_example(spec: ModelSpec) -> None:
    for example in spec.examples:
        link = there_and_back(spec, example.record)
        assert validate_record(spec, link.record) == validate_record(spec, example.record)
        assert link.notices == ()


def test_a_link_is_readable_for_people() -> None:
    assert write_query(IRIS, FLOWER) == (
        "?tab=iris&model=iris&sepal_length=5.1&sepal_width=3.5&petal_length=1.4&petal_width=0.2"
    )


def test_a_whole_number_has_no_decimals_in_a_link() -> None:
    assert str(write_query(IRIS, FLOWER | {"sepal_length": 5.0})).startswith(
        "?tab=iris&model=iris&sepal_length=5&"
    )


def test_an_empty_context_is_left_out() -> None:
    assert write_query(REVIEWS, {"text": "Fine.", "movie": ""}) == (
        "?tab=sentiment&model=reviews&text=Fine."
    )


def test_a_link_to_nothing_opens_the_tab_and_the_model() -> None:
    assert write_query(REVIEWS, {}) == "?tab=sentiment&model=reviews"


@given(st.text(st.characters(exclude_categories=()), min_size=1_000, max_size=20_000))
def test_a_link_is_never_longer_than_proxies_take(text: str) -> None:
    query = write_query(REVIEWS, {"text": text})

    assert query is None or len(query) <= LONGEST_QUERY


def test_a_text_that_makes_a_link_too_long_makes_none() -> None:
    assert write_query(REVIEWS, {"text": "x" * LONGEST_QUERY}) is None
    assert write_query(REVIEWS, {"text": "é" * 2_000}) is None


def test_no_query_opens_the_first_tab_without_a_notice() -> None:
    assert read("") == Link("sentiment", "tweets")


def test_the_models_tab_has_a_link() -> None:
    assert read("tab=models") == Link("models", "")


@pytest.mark.parametrize("name", ["", "iris", "broken"])
def test_each_model_has_a_page_with_a_link_even_if_it_is_unavailable(name: str) -> None:
    assert read(page_query(name)[1:]) == Link("models", name)


def test_a_link_to_the_page_of_no_model_opens_the_overview_with_a_notice() -> None:
    link = read("tab=models&model=plums")

    assert (link.tab, link.model) == ("models", "")
    (notice,) = link.notices
    assert "'plums'" in notice
    assert "iris" in notice


def test_what_is_left_out_of_a_link_keeps_its_default() -> None:
    assert read("tab=iris&petal_width=1.7") == Link("iris", "iris", {"petal_width": 1.7})


def test_parameters_of_others_are_ignored() -> None:
    assert read("__theme=dark&utm_source=mail&tab=iris") == Link("iris", "iris")


def test_an_unknown_tab_falls_back_to_the_first_with_a_notice() -> None:
    link = read("tab=plums&text=Fine.")

    assert (link.tab, link.model, link.record) == ("sentiment", "tweets", {"text": "Fine."})
    assert len(link.notices) == 1
    assert "'plums'" in link.notices[0]


@pytest.mark.parametrize("model", ["plums", "iris", ""])
def test_a_model_of_another_tab_falls_back_to_the_first_with_a_notice(model: str) -> None:
    link = read(f"tab=sentiment&model={model}")

    assert link.model == "tweets"
    assert len(link.notices) == 1
    assert f"'{model}'" in link.notices[0]


@pytest.mark.parametrize(
    "value", ["abc", "", "nan", "inf", "-1", "0", "31", "1e400", "5,1", "true"]
)
def test_a_bad_number_is_left_out_with_a_notice_and_the_others_stay(value: str) -> None:
    link = read(f"tab=iris&sepal_length={value}&petal_width=1.7")

    assert link.record == {"petal_width": 1.7}
    assert len(link.notices) == 1
    assert "Sepal length" in link.notices[0]


@pytest.mark.parametrize("text", ["", "%20", "%00", "x" * 5_001])
def test_a_bad_text_is_left_out_with_a_notice(text: str) -> None:
    link = read(f"tab=sentiment&model=tweets&text={text}")

    assert link.record == {}
    assert len(link.notices) == 1


@given(
    st.dictionaries(st.sampled_from(["tab", "model", "text", "movie", "petal_width"]), st.text())
)
def test_any_link_opens_a_page_that_exists(query: dict[str, str]) -> None:
    link = read_query(query, SPECS.values(), SPECS)

    if link.tab == "models":
        assert link.model in ("", *SPECS)
        assert link.record == {}
    else:
        spec = SPECS[link.model]
        assert spec in group_by_subject(SPECS.values())[link.tab]
        assert set(link.record) <= set(spec.field_names)


def test_models_of_one_subject_share_a_tab() -> None:
    groups = group_by_subject(SPECS.values())

    assert {tab: [spec.name for spec in specs] for tab, specs in groups.items()} == {
        "sentiment": ["tweets", "reviews"],
        "iris": ["iris"],
    }


@pytest.mark.parametrize("base", ["https://example.org/app", "https://example.org/app/"])
def test_a_link_to_a_session_carries_its_code_and_one_token(base: str) -> None:
    start = "https://example.org/app/?session=k7qm-3fhn-x2pd-9wts"

    assert session_link(base, "k7qm-3fhn-x2pd-9wts") == start
    assert session_link(base, "k7qm-3fhn-x2pd-9wts", reviewer="a_-") == f"{start}&as=a_-"
    assert session_link(base, "k7qm-3fhn-x2pd-9wts", facilitator="b") == f"{start}&facilitator=b"


@pytest.mark.parametrize(
    ("root_path", "public_url", "address"),
    [
        ("", "", "http://here:7860"),
        ("/demo", "", "http://here:7860/demo"),
        ("demo/", "", "http://here:7860/demo"),
        ("/", "", "http://here:7860"),
        ("https://example.org/demo/", "", "https://example.org/demo"),
        ("", "https://example.org/opinion", "https://example.org/opinion"),
        ("/demo", "https://example.org", "https://example.org"),
        ("https://inner.org/demo", "https://example.org", "https://example.org"),
    ],
)
def test_links_lead_to_where_people_reach_the_app(
    root_path: str, public_url: str, address: str
) -> None:
    assert Address(public_url, root_path).base("http://here:7860/") == address
