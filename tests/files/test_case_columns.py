import pandas as pd
import pytest
from mushrooms import SPEC as MUSHROOMS

from demo.files.columns import guess_columns
from demo.files.table import read_table
from demo.sessions.case_list import to_cases
from models.registry import discover_specs
from models.spec import ModelSpec

SPECS = discover_specs()
TWEETS, REVIEWS, IRIS = SPECS["tweets"], SPECS["reviews"], SPECS["iris"]
MEASURES = ("sepal_length", "sepal_width", "petal_length", "petal_width")
FLOWERS = ("5.1,3.5,1.4,0.2", "7.0,3.2,4.7,1.4", "6.3,3.3,6.0,2.5")
SPECIES = ("setosa", "versicolor", "virginica")


def table(*lines: str) -> pd.DataFrame:
    return read_table("\n".join(lines).encode(), "cases.csv")


def guess(spec: ModelSpec, *lines: str) -> dict[str, str | None]:
    return guess_columns(table(*lines), spec)


@pytest.mark.parametrize(
    "header",
    [
        "sepal_length,sepal_width,petal_length,petal_width",
        "Sepal length,Sepal width,Petal length,Petal width",
        "sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)",
        "SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm",
        "Sepal.Length,Sepal.Width,Petal.Length,Petal.Width",
        "sepal length in cm,sepal width in cm,petal length in cm,petal width in cm",
    ],
)
def test_measurements_are_found_by_name_in_any_order(header: str) -> None:
    names = header.split(",")
    columns = [names[3], "Species", *names[:3], "Id"]

    found = guess(IRIS, ",".join(columns), "0.2,setosa,5.1,3.5,1.4,1", "1.4,virginica,7,3,4,2")

    assert found == dict(zip(MEASURES, names, strict=True)) | {"label": "Species"}


def test_measurements_without_names_are_found_by_their_size() -> None:
    rows = [
        f"{place};{flower.replace(',', ';').replace('.', ',')};{name}"
        for place, (flower, name) in enumerate(zip(FLOWERS, SPECIES, strict=True), 100)
    ]

    found = guess(IRIS, "nr;a;b;c;d;e", *rows)

    assert found == dict(zip(MEASURES, "abcd", strict=True)) | {"label": "e"}


def test_the_classic_iris_file_without_a_header_is_understood() -> None:
    lines = [f"{flower},Iris-{name}" for flower, name in zip(FLOWERS, SPECIES, strict=True)]

    found = guess(IRIS, *lines)

    assert list(found.values()) == [f"Column {place}" for place in range(1, 6)]


def test_species_as_numbers_are_not_taken_for_a_measurement() -> None:
    rows = [f"{place},{flower}" for place, flower in enumerate(FLOWERS)]

    found = guess(IRIS, "k,a,b,c,d", *rows)

    assert found == dict(zip(MEASURES, "abcd", strict=True)) | {"label": "k"}


@pytest.mark.parametrize(
    ("header", "text", "label"),
    [
        ("id,text,label", "text", "label"),
        ("Review ID,Review,Sentiment", "Review", "Sentiment"),
        ("Review ID,Review Text,Sentiment", "Review Text", "Sentiment"),
        ("nr,Sentence,target", "Sentence", "target"),
        ("tweet,MESSAGE,y", "MESSAGE", "y"),  # what is called tweet holds numbers
        ("comment,what was said,airline_sentiment", "what was said", "airline_sentiment"),
    ],
)
def test_texts_and_labels_are_found(header: str, text: str, label: str) -> None:
    found = guess(TWEETS, header, "17,The train was late again.,neg", "18,All went well.,pos")

    assert found == {"text": text, "label": label}


def test_a_name_comes_before_the_length_of_the_texts() -> None:
    found = guess(
        TWEETS, "text,notes", "Fine.,a long note of somebody else", "Bad.,one more long note"
    )

    assert found == {"text": "text", "label": None}


def test_the_context_is_found_by_name_alone() -> None:
    lines = ("A fine film.,Jaws (1975)", "Dull from end to end.,Alien (1979)")

    assert guess(REVIEWS, "review,movie title", *lines)["movie"] == "movie title"
    assert guess(REVIEWS, "review,what", *lines)["movie"] is None


def test_a_label_column_that_holds_something_else_is_not_taken() -> None:
    lines = ("Fine.,price,1", "Bad.,service,0", "Nice.,price,1")

    assert guess(REVIEWS, "text,category,liked", *lines)["label"] == "liked"
    assert guess(REVIEWS, "text,category,stars", *lines[:1])["label"] is None


def test_a_column_called_label_is_taken_though_some_entries_are_none() -> None:
    lines = ("Fine.,positive", "Bad.,negative", "So so.,mixed")

    assert guess(REVIEWS, "text,label", *lines)["label"] == "label"


def test_all_of_a_long_file_is_looked_at() -> None:
    lines = [f"Text number {place}.,{place // 1_000}" for place in range(3_000)]

    assert guess(TWEETS, "text,k", *lines)["label"] == "k"


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.name)
def test_nothing_is_guessed_where_nothing_fits(spec: ModelSpec) -> None:
    found = guess(spec, "a,b", "1000000,", "2000000,", "3000000,")

    assert found == dict.fromkeys((*spec.field_names, "label"))


def test_a_category_is_found_by_its_name_or_by_its_entries() -> None:
    rows = ("4;foul;a;edible", "5;None;b;poisonous", "6;almond;c;edible")

    assert guess(MUSHROOMS, "cap;Odour;note;label", *rows)["odour"] == "Odour"
    assert guess(MUSHROOMS, "w;x;y;label", *rows) == {"odour": "x", "cap": "w", "label": "label"}
    assert guess(MUSHROOMS, "cap;note;label", "4;a;edible")["odour"] is None


def test_a_choice_in_a_file_may_stand_in_capitals_and_any_other_is_left_out() -> None:
    listed = to_cases(
        table("odour,cap", "FOUL,4", "pink,5", ",6"),
        MUSHROOMS,
        {"odour": "odour", "cap": "cap"},
    )

    assert [case.record for case in listed.cases] == [{"odour": "foul", "cap": 4.0}]
    assert [row.reason for row in listed.rejected] == [
        "Odour must be one of none, almond, foul, but 'pink' came.",
        "Odour is empty; choose one of: none, almond, foul.",
    ]
