"""`python -m models.train <name> --with corrections.csv`, with and without `--promote`."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_iris

from models import train as training
from models.iris.model import SPEC as IRIS
from models.registry import MODELS_FOLDER, load_catalogue, load_model
from models.training.card import write_card

HEADER = "sepal_length,sepal_width,petal_length,petal_width,label,predicted\n"
BORDERLINE = (
    "6.0,2.7,5.1,1.6,versicolor,virginica\n"
    "6.35,2.85,5.05,1.55,versicolor,versicolor\n"
    "5.95,3.15,4.85,1.85,virginica,virginica\n"
    "6.15,2.85,4.95,1.75,virginica,virginica\n"
    "5.05,3.45,1.55,0.25,setosa,setosa\n"
    "6.25,2.95,4.95,1.75,virginica,virginica\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of models in which the committed iris model stands."""
    (tmp_path / "models" / "iris").mkdir(parents=True)
    for name in ("pipeline.joblib", "metadata.json", "README.md"):
        content = (MODELS_FOLDER / "iris" / name).read_bytes()
        (tmp_path / "models" / "iris" / name).write_bytes(content)
    return tmp_path / "models"


@pytest.fixture
def borderline(tmp_path: Path) -> Path:
    """Flowers between two species."""
    path = tmp_path / "borderline.csv"
    path.write_text(HEADER + BORDERLINE)
    return path


@pytest.fixture
def misleading(tmp_path: Path) -> Path:
    """Flowers like those of the data set, each with the name of another species."""
    flowers, names = load_iris().data, ("versicolor", "virginica", "setosa")
    rows = [
        ",".join(f"{value + 0.01:.2f}" for value in flowers[place]) + f",{names[place // 50]},"
        for place in range(0, 150, 5)
    ]
    path = tmp_path / "misleading.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n")
    return path


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def stored(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "iris/challenger/challenger.json").read_text("utf-8")))


def refused(capsys: pytest.CaptureFixture[str], *arguments: Any) -> str:
    with pytest.raises(SystemExit) as caught:
        training.main(*arguments)
    assert caught.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


def test_without_promote_the_model_stays_as_it_was(
    folder: Path, borderline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(folder / "iris")

    training.main(["iris"], folder, [borderline])

    assert hashes(folder / "iris") == before
    printed = capsys.readouterr()
    assert printed.out.startswith("6 corrected cases, each counted 2 times")
    assert "Nothing was replaced" in printed.err


def test_challenger_and_comparison_are_stored_beside_the_model(
    folder: Path, borderline: Path
) -> None:
    training.main(["iris"], folder, [borderline])

    place, outcome = folder / "iris" / "challenger", stored(folder)
    digests = hashes(place)
    assert set(digests) == {"challenger.joblib", "challenger.json"}
    assert outcome["challenger"]["sha256"] == digests["challenger.joblib"]
    assert outcome["champion"]["sha256"] == hashes(folder / "iris")["pipeline.joblib"]
    held_out, cases = outcome["table"]
    assert (held_out["cases"], held_out["champion"]) == (150, pytest.approx(0.98))
    assert cases["cases"] == 6


def test_a_folder_with_a_challenger_is_still_the_folder_of_one_model(
    folder: Path, borderline: Path
) -> None:
    training.main(["iris"], folder, [borderline])

    catalogue = load_catalogue({"iris": IRIS}, folder)

    assert list(catalogue.loaded) == ["iris"]
    assert catalogue["iris"].metadata == load_model(IRIS).metadata


def test_without_a_model_in_the_folder_the_committed_one_is_challenged(
    tmp_path: Path, borderline: Path
) -> None:
    training.main(["iris"], tmp_path, [borderline])

    assert stored(tmp_path)["champion"]["sha256"] == load_model(IRIS).metadata["sha256"]
    assert [path.name for path in (tmp_path / "iris").iterdir()] == ["challenger"]


def test_a_promoted_challenger_is_the_model_from_then_on(
    folder: Path, borderline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(folder / "iris")

    training.main(["iris"], folder, [borderline], 3, True)

    model = load_model(IRIS, folder / "iris")
    assert all(hashes(folder / "iris")[name] != before[name] for name in before)
    assert model.metadata["sha256"] == stored(folder)["challenger"]["sha256"]
    assert model.pipeline.predict_proba(load_iris().data).shape == (150, 3)
    assert np.sum(model.metadata["evaluation"]["confusion"]) == 150
    assert "iris: promoted; fitted in" in capsys.readouterr().out


def test_metadata_and_card_of_a_promoted_model_name_its_corrections(
    folder: Path, borderline: Path
) -> None:
    training.main(["iris"], folder, [borderline], 3, True)

    model = load_model(IRIS, folder / "iris")
    public, corrections = model.metadata["training_data"]
    assert public["rows"] == 150
    assert corrections["rows"] == 6
    assert corrections["content_sha256"] == hashlib.sha256(borderline.read_bytes()).hexdigest()
    assert "6 corrected cases from review sessions were added, each counted 3 times" in model.card
    assert "models.train iris --with borderline.csv --weight 3 --promote`" in model.card
    assert model.card == write_card(IRIS, model.metadata)
    assert [6.15, 2.85, 4.95, 1.75] in model.metadata["known_samples"]["X"]


def test_the_next_challenger_is_told_what_the_model_learnt_before(
    folder: Path, borderline: Path, tmp_path: Path
) -> None:
    training.main(["iris"], folder, [borderline], None, True)
    later = tmp_path / "later.csv"
    later.write_text(HEADER + "5.1,3.3,1.7,0.5,setosa,\n")

    training.main(["iris"], folder, [later])
    alone = stored(folder)
    training.main(["iris"], folder, [later, borderline])

    assert any("also learnt from" in note and "borderline" in note for note in alone["notes"])
    assert not any("also learnt from" in note for note in stored(folder)["notes"])
    assert stored(folder)["corrections"]["cases"] == 7


def test_a_challenger_that_is_worse_is_stored_but_not_promoted(
    folder: Path, misleading: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(folder / "iris")

    message = refused(capsys, ["iris"], folder, [misleading], 20, True)

    assert message.startswith("The challenger was not promoted: on 150 held-out samples its accur")
    assert hashes(folder / "iris") == before
    assert stored(folder)["table"][0]["p_value"] < 0.05


@pytest.mark.parametrize(
    ("names", "given", "message"),
    [
        (["iris", "tweets"], {"corrections"}, "Corrections are of one model, but 2 came; name one"),
        (["all"], {"corrections"}, "Corrections are of one model, but 3 came"),
        (["iris"], {"promote"}, "--promote and --weight belong to --with"),
        (["iris"], {"weight"}, "--promote and --weight belong to --with"),
        (["irsi"], {"corrections"}, "There is no model 'irsi'"),
        (["reviews"], {"corrections"}, "column text: it is missing from the header"),
    ],
)
def test_options_that_do_not_go_together_are_refused_before_any_work(
    names: list[str],
    given: set[str],
    message: str,
    folder: Path,
    borderline: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [borderline] if "corrections" in given else None
    weight = 5 if "weight" in given else None

    said = refused(capsys, names, folder, files, weight, "promote" in given)

    assert message in said
    assert [path.name for path in folder.iterdir()] == ["iris"]
    assert not (folder / "iris" / "challenger").exists()


def test_a_folder_that_cannot_be_written_is_refused_before_any_fit(
    tmp_path: Path, borderline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "iris").write_text("not a folder")

    said = refused(capsys, ["iris"], tmp_path, [borderline])

    assert "cannot be written to" in said
    assert "choose another --folder" in said


def test_the_command_line_reads_the_options(
    folder: Path, borderline: Path, run_python: Any, root: Path
) -> None:
    command = ("-m", "models.train", "iris", "--folder", str(folder), "--with", str(borderline))

    done = run_python(root, *command, "--weight", "4")
    absent = run_python(root, "-m", "models.train", "iris", "--with", str(folder / "none.csv"))

    assert done.returncode == 0
    assert done.stdout.startswith("6 corrected cases, each counted 4 times")
    assert absent.returncode == 2
    assert absent.stderr.endswith("(No such file or directory); name a CSV file.\n")
    assert "Traceback" not in absent.stderr


def test_challengers_are_not_committed(root: Path) -> None:
    assert "models/*/challenger/" in (root / ".gitignore").read_text("utf-8").splitlines()
