import json
from pathlib import Path

import pytest
from explaining import explain_one
from mushrooms import SPEC as MUSHROOMS
from mushrooms import train_mushrooms
from typer.testing import CliRunner, Result

from demo.__main__ import app, read_values
from demo.cli.models import print_explanation
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

SETOSA = ("5.1", "3.5", "1.4", "0.2")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def refused(*arguments: str) -> str:
    """Run the command line; return its one line on stderr."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_a_flower_gets_a_table() -> None:
    lines = [line.split() for line in run("predict", "iris", *SETOSA).stdout.splitlines()]

    assert lines[0] == ["setosa"]
    assert lines[1] == ["Class", "Probability"]
    assert [line[0] for line in lines[2:]] == ["setosa", "versicolor", "virginica"]
    assert lines[2][-1].endswith("%")


def test_a_review_gets_json_as_the_predict_function_answers(reviews: LoadedModel) -> None:
    answer = json.loads(run("predict", "reviews", "Not bad at all", "--json").stdout)

    prediction = predict_one(reviews, {"text": "Not bad at all"})
    assert answer["label"] == prediction.label
    assert answer["probabilities"] == pytest.approx(prediction.probabilities)
    assert answer["notices"] == []


def test_the_option_for_json_may_stand_first() -> None:
    assert json.loads(run("predict", "--json", "tweets", "so happy 😍").stdout)["label"]


def test_an_unusual_flower_gets_an_answer_and_a_notice() -> None:
    result = run("predict", "iris", "5.1", "3.5", "12", "0.2")

    assert result.exit_code == 0
    assert "Petal length 12 cm is outside" in " ".join(result.stdout.split())


def test_a_text_with_square_brackets_is_a_text() -> None:
    assert run("predict", "reviews", "[red]great[/nonsense]").exit_code == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("reviews", " "), "Text is empty"),
        (("reviews", "x" * 20_001), "at most 20,000"),
        (("reviews", "a\x00b"), "U+0000"),
        (("reviews", "\udcff"), "U+DCFF"),
        (("reviews", "two", "texts"), "put a text in quotes"),
        (("iris", "5.1", "3.5", "1.4"), "4 value"),
        (("iris", "5.1", "3.5", "1.4", "wide"), "'wide'"),
        (("iris", "5.1", "3.5", "1.4", "nan"), "Petal width"),
        (("iris", "5.1", "3.5", "1.4", "-inf"), "Petal width"),
        (("iris", "5.1", "3.5", "-1.4", "0.2"), "Petal length"),
        (("iris", "0", "3.5", "1.4", "0.2"), "Sepal length"),
        (("iris", "5.1", "31", "1.4", "0.2"), "Sepal width"),
        (("iris", "", "3.5", "1.4", "0.2"), "Sepal length"),
        (("plums", "x"), "tweets, reviews, iris"),
        (("../iris", "x"), "There is no file or folder '../iris'"),
        (("", "x"), "tweets, reviews, iris"),
    ],
    ids=lambda part: part[:20] if isinstance(part, str) else "-".join(part)[:30],
)
def test_bad_input_is_one_line_and_exit_code_2(values: tuple[str, ...], words: str) -> None:
    assert words in refused("predict", *values)


def test_an_option_that_does_not_exist_is_refused() -> None:
    assert run("models", "--jsno").exit_code == 2


def test_models_lists_each_model_with_its_figure_and_version(catalogue: ModelCatalogue) -> None:
    lines = run("models").stdout

    for name in catalogue.specs:
        assert name in lines
        assert catalogue[name].version in lines
    assert "accuracy" in lines


def test_models_prints_json(catalogue: ModelCatalogue) -> None:
    rows = json.loads(run("models", "--json").stdout)

    assert [row["name"] for row in rows] == list(catalogue.specs)
    for row in rows:
        assert row["version"] == catalogue[row["name"]].version
        assert row["metrics"] == catalogue[row["name"]].metadata["evaluation"]["metrics"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ((), ("serve", "predict", "models")),
        (("serve",), ("--host", "--port", "--share", "7860", "127.0.0.1")),
        (("predict",), ("--json", 'predict reviews "Not bad at all"', "predict iris 5.1 3.5")),
        (("models",), ("--json",)),
    ],
    ids=lambda part: " ".join(part) or "all",
)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_says_what_can_be_done(
    command: tuple[str, ...], words: tuple[str, ...], option: str
) -> None:
    text = " ".join(run(*command, option).stdout.replace("│", " ").split())

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("port", ["0", "65536", "many"])
def test_serve_takes_a_port_that_exists(port: str) -> None:
    result = run("serve", "--port", port)

    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_a_category_and_a_number_are_read_from_words() -> None:
    assert read_values(MUSHROOMS, ["Foul", "4.5"]) == {"odour": "foul", "cap": 4.5}


def test_the_explanation_of_a_category_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = train_mushrooms(tmp_path)

    print_explanation(explain_one(model, read_values(MUSHROOMS, ["foul", "4"])))

    printed = capsys.readouterr().out
    assert "Odour" in printed
    assert "odour none instead: edible." in printed
