import csv
import io
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.csv_sheet import InvalidSheet
from models.field import CONTROL, is_blank
from models.iris.model import SPEC as IRIS
from models.reviews.model import SPEC as REVIEWS
from models.spec import ModelSpec
from models.training.corrections import Corrections, input_keys, read_corrections
from models.tweets.model import SPEC as TWEETS

FLOWERS = "sepal_length,sepal_width,petal_length,petal_width,label\n6.0,2.7,5.1,1.6,virginica\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.csv"


def read(path: Path, content: str | bytes, spec: ModelSpec = REVIEWS) -> Corrections:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_corrections([path], spec)


def refused(path: Path, content: str | bytes, spec: ModelSpec = REVIEWS) -> str:
    with pytest.raises(InvalidSheet) as caught:
        read(path, content, spec)
    return caught.value.message


def test_a_file_holds_inputs_labels_and_what_was_said_of_them(path: Path) -> None:
    cases = read(
        path,
        "predicted,text,label,reviewers,session\n"
        'positive,"Great, they said.",negative,3,k7\n'
        "negative,It slaps.,positive,2,k7\n",
    )

    assert cases.samples.X.tolist() == ["Great, they said.", "It slaps."]
    assert cases.samples.y.tolist() == ["negative", "positive"]
    assert cases.predicted.tolist() == ["positive", "negative"]
    assert cases.reviewers.tolist() == [3, 2]
    assert cases.n_sessions == 1


def test_what_is_not_needed_may_be_missing(path: Path) -> None:
    cases = read(path, "text,label,reviewers,predicted\nIt slaps.,positive,,\nMid.,negative,2.0,\n")

    assert cases.predicted.tolist() == ["", ""]
    assert cases.reviewers.tolist() == [0, 2]
    assert cases.n_sessions == 0


def test_the_numbers_of_a_flower_become_a_row_in_the_order_of_the_spec(path: Path) -> None:
    swapped = "label,petal_width,petal_length,sepal_width,sepal_length\nvirginica,1.6,5.1,2.7,6\n"

    cases = read(path, swapped, IRIS)

    assert np.array_equal(cases.samples.X, [[6.0, 2.7, 5.1, 1.6]])


def test_each_model_takes_corrections_with_its_own_classes(path: Path) -> None:
    assert read(path, "text,label\nShop opens at 9,neutral\n", TWEETS).samples.y[0] == "neutral"
    assert read(path, FLOWERS, IRIS).samples.y[0] == "virginica"


@pytest.mark.parametrize(
    "content",
    [
        "text,label,,\nIt slaps.,positive,,\n",
        " Text ,LABEL\nIt slaps., positive \n",
        "remark,text,label,case\nfunny,It slaps.,positive,17\n",
    ],
)
def test_the_columns_that_are_needed_may_stand_among_others(path: Path, content: str) -> None:
    cases = read(path, content)

    assert cases.samples.X.tolist() == ["It slaps."]
    assert cases.samples.y.tolist() == ["positive"]


def test_a_number_may_have_a_decimal_comma(path: Path) -> None:
    content = FLOWERS.replace(",", ";").replace(".", ",")

    assert np.array_equal(read(path, content, IRIS).samples.X, [[6.0, 2.7, 5.1, 1.6]])


def test_a_case_that_is_there_twice_counts_once(path: Path) -> None:
    cases = read(path, "text,label\nIt slaps.,positive\nMid.,negative\nIt slaps.,positive\n")

    assert cases.samples.X.tolist() == ["It slaps.", "Mid."]


def test_texts_that_differ_in_capitals_and_spaces_are_as_good_as_one(path: Path) -> None:
    cases = read(path, "text,label\nIt slaps.,positive\nIT  SLAPS. ,positive\nIt slap.,positive\n")

    first, second, third = cases.samples.groups
    assert first == second != third


def test_several_files_are_one_list_and_each_is_named(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "`<b>` of May.csv"
    path.write_text("text,label,session\nIt slaps.,positive,a\nMid.,negative,a\n")
    other.write_text("text,label,session\nMid.,negative,b\n")

    cases = read_corrections([path, other], REVIEWS)

    assert len(cases) == 2
    assert cases.n_sessions == 1
    assert [source["rows"] for source in cases.samples.sources] == [2, 1]
    titles = [source["title"] for source in cases.samples.sources]
    assert titles == [
        "Corrected cases of review sessions (corrections.csv)",
        "Corrected cases of review sessions (__b__ of May.csv)",
    ]


def test_what_is_said_of_a_file_holds_nothing_that_people_wrote(path: Path) -> None:
    cases = read(path, "text,label,session\nJane Doe ate that role.,positive,secret-code\n")

    said = repr(cases.samples.sources)
    assert "Jane" not in said
    assert "secret-code" not in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,label\nGood.,great\n", "line 2, column label: 'great' came, but it must be one of"),
        ("text,label\nGood.,\n", "line 2, column label: '' came, but it must be one of negative, "),
        ("text,label\nGood.,Positive\n", "one of negative, positive."),
        ("text,label\n ,positive\n", "line 2, column text: Text is empty; write something"),
        ("text,label\na\x07b,positive\n", "holds the control character U+0007 at position 2"),
        (f"text,label\n{'a' * 20_001},positive\n", "at most 20,000 are allowed"),
        (f"text,label\n{'a' * 200_000},positive\n", "line 2 cannot be read as CSV"),
        ("text,label,predicted\nGood.,positive,ok\n", "column predicted: 'ok' came"),
        ("text,label,reviewers\nGood.,positive,two\n", "column reviewers: 'two' came, but it must"),
        ("text,label,reviewers\nGood.,positive,0\n", "a whole number from 1 on"),
        ("text,label,reviewers\nGood.,positive,-1\n", "a whole number from 1 on"),
        ("text,label,reviewers\nGood.,positive,1.5\n", "a whole number from 1 on"),
        ("text,label,reviewers\nGood.,positive,²\n", "a whole number from 1 on"),
        ("text,label\nGood, really,positive\n", "line 2 has 3 entries, but the header names 2"),
        ("text,label\nGood.\n", "line 2 has 1 entries, but the header names 2 columns"),
        ('text,label\n"Good.,positive\n', "line 2 cannot be read as CSV (unexpected end of data)"),
        ('text,label\n"So" good,positive\n', "line 2 cannot be read as CSV"),
        ("text,lable\nGood.,positive\n", "line 1, column label: it is missing from the header; "),
        ("lable\nGood.\n", "'lable' came, and corrections of reviews need text, label."),
        ("text,label,Text\nGood.,positive,a\n", "column text: it stands there 2 times; leave one."),
        ("text,label\n", "holds no corrected case; write one on each line below the header."),
        ("text,label", "holds no corrected case"),
        (",,\n,,\n", "line 1, column text: it is missing from the header; nothing came"),
        ("", "is empty; write a header and a line below it."),
        (" \n\t\n", "is empty; write a header and a line below it."),
        ("\ufeff", "missing from the header; nothing came"),
        (b"text,label\nna\xefve,positive\n", "line 2: the byte 0xEF is not UTF-8; save the file"),
        ("text,label\nGood.,positive\n".encode("utf-16"), "line 1: the byte 0xFF is not UTF-8"),
        (b"PK\x03\x04\xa1\xb2", "is not UTF-8"),
        (
            "text,label\nGood.,positive\nMid.,negative\nGood.,negative\n",
            "line 4, column label: negative came, but corrections.csv, line 2 says positive of the "
            "same input; leave one of the two.",
        ),
    ],
)
def test_a_file_that_cannot_be_learnt_from_is_refused_in_one_sentence(
    path: Path, content: str | bytes, message: str
) -> None:
    said = refused(path, content)

    assert message in said
    assert "corrections.csv" in said
    assert "\n" not in said
    assert len(said) < 400


@pytest.mark.parametrize(
    ("measured", "message"),
    [
        ("31,2.7,5.1,1.6", "column sepal_length: Sepal length is 31.0, which is not possible"),
        (
            "6,2.7,,1.6",
            "column petal_length: Petal length is empty; give a number above 0 and up to 30",
        ),
        ("6,2.7,5.1,nan", "column petal_width: Petal width is nan"),
        ("6,2.7,5.1,-1", "column petal_width: Petal width is -1.0"),
        ("6,two,5.1,1", "column sepal_width: Sepal width must be a number above 0 and up to 30 cm"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(path: Path, measured: str, message: str) -> None:
    content = f"{FLOWERS}{measured},virginica\n"

    assert f"corrections.csv, line 3, {message}" in refused(path, content, IRIS)


def test_labels_that_differ_between_files_are_refused_with_both_places(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "may.csv"
    path.write_text("text,label\nIt slaps.,positive\n")
    other.write_text("text,label\nMid.,negative\nIt slaps.,negative\n")

    with pytest.raises(InvalidSheet, match=r"^may.csv, line 3.+corrections.csv, line 2 says"):
        read_corrections([path, other], REVIEWS)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: not is_blank(text) and not CONTROL.search(text)
)
rows = st.lists(
    st.tuples(texts, st.sampled_from(REVIEWS.classes)), min_size=1, unique_by=lambda row: row[0]
)


@given(
    rows,
    st.sampled_from(",;\t"),
    st.booleans(),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    written: list[tuple[str, str]],
    delimiter: str,
    marked: bool,
    quoting: Literal[0, 1],
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, quoting=quoting).writerows(
        [("text", "label"), *written]
    )
    encoding = "utf-8-sig" if marked else "utf-8"

    cases = read(tmp_path_factory.getbasetemp() / "written.csv", buffer.getvalue().encode(encoding))

    assert list(zip(cases.samples.X, cases.samples.y, strict=True)) == written


@given(st.lists(st.tuples(st.floats(0.1, 30), st.floats(0.1, 30)), min_size=2, max_size=2))
def test_inputs_of_numbers_have_one_key_only_if_they_are_equal(
    flowers: list[tuple[float, float]],
) -> None:
    first, second = input_keys(np.array(flowers))

    assert (first == second) == (flowers[0] == flowers[1])
