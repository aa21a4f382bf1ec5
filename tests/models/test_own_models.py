"""Models that are brought along: their fields, their figures, and why they answer as they do."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from shelf import (
    of_numbers,
    penguin_pipeline,
    penguins,
    save_joblib,
    save_mlflow,
    save_skops,
    text_pipeline,
)
from sklearn.cluster import KMeans
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from models.explain.answers import predict_explained
from models.explain.explanation import ValueFlips, WordFlip
from models.formats.opened import Artefact, Opened, SourceError
from models.formats.reading import read_artefact
from models.own.adding import add_model
from models.own.catalogue import load_models
from models.own.description import Brought, read_description
from models.own.loading import OwnModel, bring, load_opened
from models.predict import predict_many, predict_one

ROW = {
    "island": "Biscoe",
    "bill_length_mm": 39.5,
    "bill_depth_mm": 17.2,
    "body_mass_g": 3575,
    "tagged": False,
}


def show(estimator: Any, **about: Any) -> OwnModel:
    """Return the model of an estimator as it is shown."""
    artefact = Artefact(Path(about.pop("file", "model.skops")), "skops", "here", "penguins")
    return load_opened(Brought("here", **about), Opened(estimator, artefact, "ab" * 32, 1_000), [])


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("examples") / "penguins.csv"
    penguins().to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def model(table: Path) -> OwnModel:
    return show(penguin_pipeline(), examples=table, label="species")


def test_each_column_becomes_a_field_of_its_kind(model: OwnModel) -> None:
    features: tuple[Any, ...] = model.spec.features
    island, length, depth, mass, tagged = features

    assert island.schema()["enum"] == ["Biscoe", "Dream", "Torgersen"]
    assert (length.title, length.unit, length.step) == ("Bill length", "mm", 0.1)
    assert length.schema()["type"] == "number"
    assert depth.schema()["type"] == ["number", "null"]
    assert mass.schema()["type"] == "integer"
    assert tagged.schema()["type"] == "boolean"
    cells = penguins()["bill_length_mm"]
    assert (length.low, length.high) == (cells.min(), cells.max())


def test_the_answers_are_those_of_the_pipeline(model: OwnModel) -> None:
    frame = penguins().drop(columns="species").head(4)
    records = [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]

    answers = predict_many(model, records)

    expected = penguin_pipeline().predict_proba(frame)
    found = [list(answer.probabilities.values()) for answer in answers]
    assert np.allclose(found, expected)
    alone = predict_one(model, records[1]).probabilities
    assert alone == pytest.approx(answers[1].probabilities)


def test_a_missing_value_is_taken_where_examples_lack_one_and_refused_elsewhere(
    model: OwnModel,
) -> None:
    assert predict_one(model, ROW | {"bill_depth_mm": None}).label == "Adelie"
    with pytest.raises(Exception, match="Bill length is empty; give a number"):
        predict_one(model, ROW | {"bill_length_mm": None})


def test_half_a_gram_is_refused_where_only_whole_ones_are_known(model: OwnModel) -> None:
    with pytest.raises(Exception, match=r"Body mass is 3500\.5, which is not possible"):
        predict_one(model, ROW | {"body_mass_g": 3500.5})


def test_figures_come_from_the_examples_and_say_so(model: OwnModel) -> None:
    figures = model.metadata["evaluation"]

    labels = penguins()["species"]
    right = penguin_pipeline().predict(penguins().drop(columns="species")) == labels
    assert figures["metrics"]["accuracy"] == pytest.approx(right.mean())
    assert figures["data"][0]["rows"] == len(labels)
    assert "whether it had been before, nobody can know" in model.card
    assert model.metadata["threshold"]["coverage"] > 0
    titles = {example.title.partition(", ")[2] for example in model.spec.examples}
    assert titles == {"Adelie", "Chinstrap", "Gentoo"}


def test_without_examples_the_parts_of_the_pipeline_say_what_is_usual() -> None:
    model = show(penguin_pipeline())
    length: Any = model.spec.features[1]

    scaler = penguin_pipeline()[0].named_transformers_["numbers"][1]
    assert length.low < scaler.mean_[0] < length.high
    assert length.typical == pytest.approx(scaler.mean_[0], abs=length.step)
    assert not length.notice(10_000)
    assert model.metadata["evaluation"]["metrics"] == {}


def test_a_linear_pipeline_is_explained_exactly_by_its_inputs(model: OwnModel) -> None:
    answer = predict_explained(model, ROW, with_flip=True)
    explanation, prediction = answer.explanation, answer.prediction

    assert explanation.kind == "exact"
    assert prediction.probabilities == pytest.approx(predict_one(model, ROW).probabilities)
    odds = (
        prediction.probabilities[explanation.toward] / prediction.probabilities[explanation.against]
    )
    assert explanation.margin == pytest.approx(np.log(odds))
    assert {item.feature for item in explanation.contributions} <= {
        "Island",
        "Bill length",
        "Bill depth",
        "Body mass",
        "Tagged",
    }
    assert isinstance(explanation.flip, ValueFlips)
    for name, change in explanation.flip.changes.items():
        if change:
            assert predict_one(model, ROW | {name: change.value}).label == change.label


@pytest.mark.parametrize(
    "classifier",
    [
        RandomForestClassifier(20, random_state=0),
        ExtraTreesClassifier(20, random_state=0),
        DecisionTreeClassifier(random_state=0),
        GradientBoostingClassifier(n_estimators=20, random_state=0),
    ],
)
def test_trees_are_explained_along_their_paths(classifier: Any, table: Path) -> None:
    model = show(penguin_pipeline(classifier), examples=table)
    answer = predict_explained(model, ROW)
    explanation = answer.explanation

    assert explanation.kind == "paths"
    assert answer.prediction.probabilities == pytest.approx(predict_one(model, ROW).probabilities)
    shares = answer.prediction.probabilities
    odds = max(shares[explanation.toward], 1e-3) / max(shares[explanation.against], 1e-3)
    assert explanation.margin == pytest.approx(np.log(odds), abs=1e-6)
    assert explanation.contributions[0].value > 0


def test_a_tree_of_one_question_counts_for_what_it_asks() -> None:
    inputs = pd.DataFrame({"asked": [0.0, 1.0] * 20, "ignored": np.arange(40.0) % 7})
    stump = DecisionTreeClassifier(max_depth=1).fit(inputs, ["no", "yes"] * 20)

    explanation = predict_explained(show(stump), {"asked": 1, "ignored": 3}).explanation

    assert [item.feature for item in explanation.contributions] == ["Asked"]
    assert explanation.intercept == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("classifier", [GaussianNB(), KNeighborsClassifier()])
def test_what_is_neither_is_explained_by_leaving_out(classifier: Any, table: Path) -> None:
    model = show(penguin_pipeline(classifier), examples=table, label="species")

    answer = predict_explained(model, ROW, with_flip=True)

    assert answer.explanation.kind == "occlusion"
    assert answer.prediction.probabilities == pytest.approx(predict_one(model, ROW).probabilities)


def test_a_pipeline_of_texts_marks_its_words() -> None:
    model = show(text_pipeline())

    answer = predict_explained(model, {"text": "A good, good film"}, with_flip=True)
    explanation = answer.explanation

    assert answer.prediction.label == "praise"
    assert explanation.kind == "exact"
    good = next(item for item in explanation.contributions if item.feature == "good")
    assert good.spans == ((2, 6), (8, 12))
    assert good.value > 0
    assert isinstance(explanation.flip, WordFlip | None)


def test_a_text_in_another_language_is_not_called_foreign() -> None:
    german = "Das ist ein sehr schöner Film und die Musik war auch nicht schlecht"

    assert not any("English" in notice for notice in notices_of(german))


def notices_of(text: str) -> tuple[str, ...]:
    return predict_explained(show(text_pipeline()), {"text": text}).notices


@pytest.mark.parametrize(
    ("estimator", "said"),
    [
        (of_numbers(LinearSVC()), "is a LinearSVC, which gives no probabilities"),
        (LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), "answers with a number"),
        (KMeans(2, n_init=1).fit([[0.0], [1.0]]), "which knows no classes"),
        (LogisticRegression(), "was not fitted"),
        (StandardScaler(), "gives no predictions"),
        ({"model": 1}, "holds a dict, which gives no predictions"),
        (
            DecisionTreeClassifier().fit([[0.0], [1.0]], [[0, 1], [1, 0]]),
            "answers several questions at once",
        ),
        (DecisionTreeClassifier().fit([[0.0], [1.0]], [1, 1]), "has 1 classes"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(estimator: Any, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        show(estimator)

    assert said in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "names",
    [
        ["bill length (mm)", "100 %", "🐧"],
        ["bill length", "bill_length", "Bill-Length"],
        ["class", "model", "label"],
        ["", " ", "\t"],
    ],
)
def test_names_that_programs_cannot_use_become_some_that_they_can(names: list[str]) -> None:
    inputs = pd.DataFrame(np.random.default_rng(0).random((30, 3)), columns=names)
    estimator = LogisticRegression().fit(inputs, np.arange(30) % 2)

    model = show(estimator)

    found = model.spec.feature_names
    assert len(set(found)) == 3
    assert all(name.isidentifier() for name in found)
    assert not set(found) & {"class", "model", "label"}
    assert len({feature.title for feature in model.spec.features}) == 3
    expected = estimator.predict_proba(inputs.head(1))[0]
    record = dict(zip(found, inputs.iloc[0].tolist(), strict=True))
    assert list(predict_one(model, record).probabilities.values()) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        ([0, 1], ("0", "1")),
        ([False, True], ("False", "True")),
        (["a" * 200, "b" * 200], ("a" * 200, "b" * 200)),
    ],
)
def test_classes_may_be_numbers_flags_and_long(
    labels: list[Any], classes: tuple[str, ...], tmp_path: Path
) -> None:
    inputs = pd.DataFrame({"x": np.arange(40.0)})
    y = np.array([labels[each >= 20] for each in range(40)])
    path = tmp_path / "examples.csv"
    inputs.assign(y=y).to_csv(path, index=False)

    model = show(LogisticRegression().fit(inputs, y), examples=path, label="y")

    assert model.spec.classes == classes
    assert predict_one(model, {"x": 39}).label == classes[1]
    assert model.metadata["evaluation"]["metrics"]["accuracy"] > 0.9


def without_names(n_columns: int) -> LogisticRegression:
    X = np.random.default_rng(0).random((40, n_columns))
    return LogisticRegression().fit(X, np.arange(40) % 2)


def test_columns_without_names_are_numbered() -> None:
    model = show(without_names(100))

    assert model.spec.feature_names[:2] == ("x1", "x2")
    answer = predict_explained(model, model.spec.examples[0].record, with_flip=True)
    assert answer.explanation.kind == "exact"


def test_a_thousand_columns_are_too_many_for_a_form() -> None:
    with pytest.raises(SourceError, match=r"takes 1,000 values; a form has room for 300"):
        show(without_names(1_000))


def test_a_function_of_numpy_is_taken_by_its_inputs() -> None:
    model = show(of_numbers(make_pipeline(FunctionTransformer(np.sqrt), LogisticRegression())))

    record = {"bill_length_mm": 40, "body_mass_g": 3500, "year": 2}
    assert predict_explained(model, record).explanation.kind == "exact"


def test_examples_without_a_column_or_its_label_are_refused(tmp_path: Path, table: Path) -> None:
    path = tmp_path / "few.csv"
    penguins()[["island", "species"]].to_csv(path, index=False)

    with pytest.raises(SourceError, match="The examples have no column bill_length_mm, bill_depth"):
        show(penguin_pipeline(), examples=path)
    with pytest.raises(SourceError, match="has no column 'kind'; --label takes one of: island"):
        show(penguin_pipeline(), examples=table, label="kind")
    with pytest.raises(SourceError, match="holds no class of the model"):
        show(penguin_pipeline(), examples=table, label="island")


def test_a_folder_of_mlflow_brings_its_kinds_and_an_example(tmp_path: Path) -> None:
    folder = save_mlflow(tmp_path / "run")

    model = bring(Brought(str(folder))).load([])

    kinds = [feature.schema()["type"] for feature in model.spec.features]
    assert kinds == ["string", "number", ["number", "null"], "integer", "boolean"]
    assert model.spec.examples[0].title == "Row 2"


def test_what_is_added_is_found_again_and_can_be_edited(tmp_path: Path, table: Path) -> None:
    source = save_joblib(penguin_pipeline(), tmp_path / "penguins.joblib")
    brought = Brought(str(source), trust=True, examples=table, label="species")

    model, folder = add_model(brought, "birds", "Birds", tmp_path / "models")
    source.unlink()

    assert sorted(path.name for path in folder.iterdir()) == [
        "model.yaml",
        "penguins.csv",
        "penguins.joblib",
    ]
    described = folder / "model.yaml"
    described.write_text(described.read_text().replace("title: Bill length", "title: Beak"))
    again = bring(read_description(folder)).load([])
    assert (again.spec.name, again.spec.title) == ("birds", "Birds")
    assert again.spec.features[1].title == "Beak"
    assert predict_one(again, ROW) == predict_one(model, ROW)
    assert again.metadata["evaluation"] == model.metadata["evaluation"]


def test_a_described_file_that_was_changed_is_set_aside(tmp_path: Path) -> None:
    source = save_joblib(penguin_pipeline(), tmp_path / "penguins.joblib")
    _, folder = add_model(Brought(str(source), trust=True), "", "", tmp_path / "models")
    save_joblib(penguin_pipeline(GaussianNB()), folder / "penguins.joblib")

    catalogue = load_models(folder=tmp_path / "models")

    assert "is not the file that was pinned" in catalogue.unavailable["penguins"].message
    assert "penguins" not in catalogue.specs


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("artefact: ../x.skops\nsha256: ab\n", "which is not in its folder"),
        ("artefact: x.skops\n", "lacks the artefact or its sha256"),
        ("artefact: x.skops\nsha256: ab\ntrusted: [os.system]\n", "which means nothing"),
        ("artefact: x.skops\nsha256: ab\nfeatures: [a]\n", "features must name columns"),
    ],
)
def test_a_description_that_says_what_it_may_not_is_refused(
    tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "model.yaml").write_text(content)

    with pytest.raises(SourceError) as caught:
        read_description(tmp_path)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"beak": {"title": "Beak"}}, "speaks of 'beak', which the model does not take"),
        ({"island": {"low": 1}}, "says 'low' is 1 of island, which cannot be"),
        ({"body_mass_g": {"low": "many"}}, "says 'low' is 'many' of body_mass_g"),
    ],
)
def test_what_a_description_cannot_change_is_refused(said: Any, answer: str) -> None:
    with pytest.raises(SourceError) as caught:
        show(penguin_pipeline(), features=said)
    assert answer in caught.value.message


def test_own_models_come_first_and_only_leaves_out_the_others(tmp_path: Path) -> None:
    path = save_skops(text_pipeline(), tmp_path / "iris.skops")

    both, alone = load_models([Brought(str(path))]), load_models([Brought(str(path))], only=True)

    assert list(both.specs) == ["iris_2", "tweets", "reviews", "iris"]
    assert list(alone.specs) == ["iris"]


def test_classes_can_be_named(table: Path) -> None:
    names = ("A", "C", "G")
    model = show(penguin_pipeline(), examples=table, label="species", classes=names)

    assert predict_one(model, ROW).label == "A"
    assert model.metadata["evaluation"]["metrics"]["accuracy"] > 0.9
    with pytest.raises(SourceError, match="names 2 classes, but the model has 3"):
        show(penguin_pipeline(), classes=("A", "C"))


def test_the_file_of_a_model_is_read_again_as_it_was(tmp_path: Path) -> None:
    path = save_skops(text_pipeline(), tmp_path / "words.skops")
    artefact = Brought(str(path)).describe()
    model = load_opened(Brought(str(path)), read_artefact(artefact), [])

    assert model.read_pipeline() == path.read_bytes()
    path.write_bytes(b"other")
    with pytest.raises(Exception, match="is not the file that was pinned"):
        model.read_pipeline()


def test_a_pickle_without_trust_is_not_even_tried(tmp_path: Path) -> None:
    path = save_joblib(text_pipeline(), tmp_path / "words.joblib")

    with pytest.raises(SourceError, match="add --trust"):
        bring(Brought(str(path)))
    assert replace(Brought(str(path)), trust=True).describe().format == "pickle"
