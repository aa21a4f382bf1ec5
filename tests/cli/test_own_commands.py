"""Models that are brought along on the command line: one answer, and a folder to keep them in."""

import json
from pathlib import Path

import pytest
from shelf import penguin_pipeline, penguins, save_joblib, save_skops
from typer.testing import CliRunner, Result

from demo.__main__ import app
from demo.cli.brought import read_brought
from models.errors import UserError

PENGUIN = ("Biscoe", "39.5", "17.2", "3575", "no")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    save_skops(penguin_pipeline(), folder / "penguins.skops")
    save_joblib(penguin_pipeline(), folder / "penguins.joblib")
    penguins().to_csv(folder / "penguins.csv", index=False)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_a_file_answers_with_its_reasons(folder: Path) -> None:
    examples = ("--examples", str(folder / "penguins.csv"), "--label", "species")
    source = str(folder / "penguins.skops")

    result = run("predict", source, *PENGUIN, "--json", "--explain", *examples)

    answer = json.loads(result.stdout)
    assert answer["label"] == "Adelie"
    assert answer["explanation"]["kind"] == "exact"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("predict", "{folder}/penguins.joblib", *PENGUIN), "add --trust"),
        (("predict", "{folder}/none.skops", *PENGUIN), "There is no file or folder"),
        (("predict", "penguin", *PENGUIN), "There is no model 'penguin'; choose one of: tweets"),
        (("predict", "{folder}/penguins.skops", "Biscoe"), "takes 5 value(s) (island, bill_length"),
        (("serve", "--examples", "{folder}/penguins.csv"), "belong to a --model each"),
        (("add", "{folder}/penguins.joblib"), "add --trust"),
        (("add", "{folder}/penguins.skops", "--name", "../up"), "is no name for a folder"),
        (("add", "{folder}/penguins.skops", "--name", "iris"), "is there already"),
    ],
)
def test_a_mistake_is_told_in_one_line(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*(each.format(folder=folder) for each in arguments))

    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_the_second_examples_belong_to_the_second_model() -> None:
    first, second = read_brought(["a", "b"], True, [Path("a.csv"), Path("b.csv")], ["y"])

    assert (first.source, first.examples, first.label, first.trust) == (
        "a",
        Path("a.csv"),
        "y",
        True,
    )
    assert (second.source, second.examples, second.label) == ("b", Path("b.csv"), "")
    with pytest.raises(UserError, match="but 1 came"):
        read_brought(["a"], False, [Path("a.csv"), Path("b.csv")], None)
