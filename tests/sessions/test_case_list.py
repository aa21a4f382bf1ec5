import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.sessions.case_choice import choose
from demo.sessions.case_list import (
    CaseList,
    CaseListError,
    ListedCase,
    Rejected,
    guess_columns,
    known_cases,
    read_table,
    to_cases,
)
from models.predict import validate_record
from models.registry import LoadedModel, discover_specs
from models.spec import ModelSpec

SPECS = discover_specs()
TWEETS, REVIEWS, IRIS = SPECS["tweets"], SPECS["reviews"], SPECS["iris"]
MEASURES = ("sepal_length", "sepal_width", "petal_length", "petal_width")
LENGTHS = st.floats(0, 30, exclude_min=True)
FLOWERS = st.lists(
    st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS, st.none() | st.sampled_from(IRIS.classes)),
    min_size=1,
    unique_by=lambda flower: flower[:4],
)
WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=30).map("A".__add__)


def cases_of(
    spec: ModelSpec, content: str, columns: Mapping[str, str | None] | None = None
) -> CaseList:
    table = read_table(content.encode(), "cases.csv")
    return to_cases(table, spec, guess_columns(table, spec) if columns is None else columns)


def written(*rows: tuple[Any, ...]) -> str:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=";").writerows(rows)
    return sheet.getvalue()


@given(FLOWERS, st.booleans())
def test_flowers_that_were_written_are_the_cases_that_are_read(
    flowers: list[tuple[Any, ...]], comma: bool
) -> None:
    point = "," if comma else "."
    rows = [
        (*(repr(value).replace(".", point) for value in flower[:4]), flower[4] or "")
        for flower in flowers
    ]
    columns = dict(zip((*MEASURES, "label"), (*MEASURES, "species"), strict=True))

    found = cases_of(IRIS, written((*MEASURES, "species"), *rows), columns)

    assert found.rejected == []
    assert [(tuple(case.record.values()), case.true_label) for case in found.cases] == [
        (flower[:4], flower[4]) for flower in flowers
    ]


@given(st.lists(st.tuples(WORDS, WORDS.map(str.strip)), min_size=1, unique=True))
def test_reviews_that_were_written_are_the_cases_that_are_read(
    reviews: list[tuple[str, str]],
) -> None:
    columns = {"text": "text", "movie": "movie", "label": None}

    found = cases_of(REVIEWS, written(("text", "movie"), *reviews), columns)

    assert found.rejected == []
    assert [case.record for case in found.cases] == [
        validate_record(REVIEWS, {"text": text, "movie": movie}) for text, movie in reviews
    ]


def test_rows_that_make_no_case_are_kept_with_line_and_reason() -> None:
    content = "text,label\nFine.,pos\n ,neg\nBad.,awful\nFine.,neg\n" + "a" * 5_001 + ",\nNew.,\n"

    found = cases_of(TWEETS, content)

    assert found == CaseList(
        [ListedCase({"text": "Fine."}, "positive", 2), ListedCase({"text": "New."}, None, 7)],
        [
            Rejected(3, "Text is empty; write something to analyse."),
            Rejected(
                4,
                "The true label 'awful' is none of negative, neutral, positive; correct it or leave it "
                "out.",
            ),
            Rejected(5, "It is the same as line 2."),
            Rejected(6, "Text has 5,001 characters; at most 5,000 are allowed. Shorten it."),
        ],
    )


def test_bad_measurements_are_rejected_in_words() -> None:
    rows = ("5.1,3.5,1.4,0.2", ",3.5,1.4,0.2", "5.1,x,1.4,0.2", "5.1,3.5,-1,0.2", "nan,3,1,1")

    found = cases_of(IRIS, "\n".join((",".join(MEASURES), *rows, "inf,3,1,1")))

    assert [case.line for case in found.cases] == [2]
    assert [rejected.line for rejected in found.rejected] == [3, 4, 5, 6, 7]
    assert found.rejected[0].reason.startswith("Sepal length is empty; give a number above 0")
    assert "but 'x' came" in found.rejected[1].reason
    assert "Petal length is -1.0, which is not possible" in found.rejected[2].reason


def test_the_same_text_about_another_film_is_another_case() -> None:
    content = "text,movie\nFine.,Jaws\nFine.,Alien\nFine.,Jaws\n"

    found = cases_of(REVIEWS, content)

    assert [case.record["movie"] for case in found.cases] == ["Jaws", "Alien"]
    assert found.rejected == [Rejected(4, "It is the same as line 2.")]


def test_without_a_column_for_it_nothing_has_a_true_label_or_a_context() -> None:
    found = cases_of(REVIEWS, "text,movie,label\nFine.,Jaws,pos\n", {"text": "text"})

    beside = {"movie": "Jaws", "label": "pos"}
    assert found.cases == [ListedCase({"text": "Fine.", "movie": ""}, None, 2, beside)]


def test_columns_of_another_model_are_not_read() -> None:
    columns = {"text": "text", "petal_width": "gone", "movie": None}

    assert len(cases_of(TWEETS, "text\nFine.\n", columns).cases) == 1


@pytest.mark.parametrize(
    ("columns", "field", "message"),
    [
        ({}, "text", "Text has no column; choose one of: 'a', 'b', 'c'."),
        ({"text": "x"}, "text", "The file has no column 'x'; choose one of: 'a', 'b', 'c'."),
        (
            {"text": "a", "movie": "b", "label": "a"},
            "label",
            "True label and text cannot both come from the column 'a'; choose another for one of them.",
        ),
    ],
)
def test_a_choice_of_columns_that_cannot_be_is_refused(
    columns: Mapping[str, str | None], field: str, message: str
) -> None:
    with pytest.raises(CaseListError) as caught:
        cases_of(REVIEWS, "a,b,c\nFine.,Jaws,pos\n", columns)

    assert (caught.value.message, caught.value.field) == (message, field)


def test_the_flowers_of_the_iris_model_are_cases(iris: LoadedModel) -> None:
    found = known_cases(iris)

    # Two of the 150 flowers have the same measurements.
    assert found.rejected == [Rejected(143, "It is the same as line 102.")]
    assert len(found.cases) == 149
    assert found.cases[0] == ListedCase(
        dict(zip(MEASURES, (5.1, 3.5, 1.4, 0.2), strict=True)), "setosa", 1
    )
    assert {case.true_label for case in found.cases} == set(IRIS.classes)


def test_a_model_without_samples_says_where_cases_come_from(
    reviews: LoadedModel, iris: LoadedModel
) -> None:
    metadata = iris.metadata.copy()
    del metadata["known_samples"]

    for model in (reviews, replace(iris, metadata=metadata)):
        with pytest.raises(CaseListError, match="take the cases from a CSV or Excel file"):
            known_cases(model)


CASES = [ListedCase({"text": f"Text {place}."}, None, place) for place in range(6)]
# Margins of 0.8, 0.05, 0.4, 0, 0.1 and 0.2 between the two likeliest classes.
PROBABILITIES = [
    (0.9, 0.1, 0.0),
    (0.30, 0.35, 0.35 - 0.05),
    (0.6, 0.2, 0.2),
    (0.5, 0.5, 0.0),
    (0.2, 0.35, 0.45),
    (0.5, 0.2, 0.3),
]


def test_the_most_unsure_are_those_with_the_two_likeliest_classes_closest_together() -> None:
    assert choose(CASES, PROBABILITIES, "unsure", 1) == [3]
    assert choose(CASES, PROBABILITIES, "unsure", 3) == [1, 3, 4]


def test_all_are_all_whatever_the_size() -> None:
    assert choose(CASES, PROBABILITIES, "all", None) == list(range(6))
    assert choose(CASES, PROBABILITIES, "all", 2) == list(range(6))
    assert choose([], np.empty((0, 3)), "all", None) == []


@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))),
    st.sampled_from(["unsure", "random", "mix"]),
    st.integers(0, 5),
)
def test_a_choice_has_its_size_and_is_the_same_every_time(
    sizes: tuple[int, int], how: str, random_state: int
) -> None:
    n_cases, size = sizes
    rows = np.random.default_rng(1).dirichlet((1, 1, 1), n_cases)
    cases = CASES[:1] * n_cases

    chosen = choose(cases, rows, how, size, random_state)

    assert chosen == choose(cases, rows, how, size, random_state)
    assert chosen == sorted(set(chosen))
    assert len(chosen) == size
    assert set(chosen) <= set(range(n_cases))
    n_unsure = {"unsure": size, "mix": (size + 1) // 2, "random": 0}[how]
    assert set(choose(cases, rows, "unsure", n_unsure) if n_unsure else []) <= set(chosen)


def test_what_is_random_depends_on_the_random_state_and_may_be_any_case() -> None:
    drawn = [set(choose(CASES, PROBABILITIES, "random", 2, state)) for state in range(40)]
    mixed = [set(choose(CASES, PROBABILITIES, "mix", 2, state)) for state in range(40)]

    assert set.union(*drawn) == set.union(*mixed) == set(range(6))
    assert all(3 in places for places in mixed)


@pytest.mark.parametrize("size", [0, -1, 7, None, True, 2.5, "3"])
def test_a_bad_size_is_refused(size: Any) -> None:
    with pytest.raises(CaseListError, match=r"to choose is .+; give a whole number from 1 to 6\."):
        choose(CASES, PROBABILITIES, "random", size)


def test_nothing_can_be_chosen_from_an_empty_list() -> None:
    with pytest.raises(CaseListError, match="give a list that holds cases"):
        choose([], np.empty((0, 3)), "unsure", 1)


def test_an_unknown_way_to_choose_is_refused() -> None:
    with pytest.raises(CaseListError, match="take one of: all, unsure, random, mix"):
        choose(CASES, PROBABILITIES, "best", 3)
