"""What a model's page says is what its metadata hold, and what the model does today."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from markupsafe import Markup
from mushrooms import train_mushrooms

from demo.render import model_words
from demo.render.failures import find_failures
from demo.render.model_card import card_html
from demo.render.model_charts import test_charts as make_charts
from demo.render.model_page import overview_html, page_html
from demo.render.words import percent_text
from models.errors import ArtefactError
from models.predict import predict_one
from models.registry import LoadedModel, ModelCatalogue

NAMES = ("tweets", "reviews", "iris")


def text_of(html: str) -> str:
    """Return what a page shows, without what charts and folded parts hold."""
    seen = re.sub(r"<(svg|details)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", seen)))


def alone(model: LoadedModel, **metadata: Any) -> ModelCatalogue:
    """Return a catalogue of one model with other metadata."""
    changed = replace(model, metadata=metadata)  # type: ignore[arg-type]
    return ModelCatalogue({model.spec.name: model.spec}, {model.spec.name: changed}, {})


def test_the_overview_leads_to_each_model_with_its_figure_in_words(
    catalogue: ModelCatalogue,
) -> None:
    html = overview_html(catalogue)

    for name in NAMES:
        assert f'<a data-go href="?tab=models&amp;model={name}">' in html
    assert "Right on 92 of 100 reviews that it had never seen, from 25,000 kept" in html
    assert "Right on 66 of 100 tweets that it had never seen, from 12,284 kept" in html
    assert "Right on 98 of 100 flowers that it had not learned from: each of the 150" in html


@pytest.mark.parametrize("name", NAMES)
def test_the_charts_end_where_the_headline_stands(catalogue: ModelCatalogue, name: str) -> None:
    model = catalogue[name]
    figures = model.metadata["evaluation"]

    _, coverage = make_charts(model.spec, model.metadata)
    x, y = coverage.points[0]
    assert x == 1
    assert f"Right on {round(100 * y)} of 100" in model_words.headline(model.spec, figures)
    assert sum(make_charts(model.spec, model.metadata)[0].sizes) == coverage.sizes[0]


def test_another_measurement_is_named_with_its_figure_and_why_it_differs(
    catalogue: ModelCatalogue,
) -> None:
    seen = text_of(page_html(catalogue, "reviews"))

    assert "tried on 6,982 reviews set aside from the training data" in seen
    assert "right on 89 of 100 there, and the finished model on 92 of 100" in seen
    assert "(From the second measurement, below.)" in seen
    assert "second measurement" not in text_of(page_html(catalogue, "iris")).lower()


def test_the_first_view_has_no_jargon(catalogue: ModelCatalogue) -> None:
    for name in NAMES:
        seen = text_of(page_html(catalogue, name))
        for word in ("SHA-256 ", "F1", "Recall", "log", catalogue[name].metadata["sha256"]):
            assert word not in seen.replace("SHA-256 is what", "").replace("and SHA-256”", "")


def test_being_sure_is_told_with_what_is_left_to_people(reviews: LoadedModel) -> None:
    sentence = model_words.sureness(reviews.spec, reviews.metadata)

    assert "sure on 75 of 100 reviews; of 100 such answers 96 are right" in sentence
    # 88.51 of 100 are right, and 95.62 % of the surer 75: leaves 16.8 of the other 25.
    assert "Of 100 others 70 are right" in sentence


@pytest.mark.parametrize("name", NAMES)
def test_a_failure_opens_what_it_names_and_gets_the_answer_that_it_tells(
    catalogue: ModelCatalogue, name: str
) -> None:
    model = catalogue[name]
    failures = [failure for group in find_failures(model) for failure in group.failures]

    assert len(failures) >= 3
    for failure in failures:
        assert failure.query
        asked = {key: values[0] for key, values in parse_qs(failure.query[1:]).items()}
        assert (asked.pop("tab"), asked.pop("model")) == (
            model.spec.subject.lower(),
            name,
        )
        record = {field: (model.spec.measurements and float(v)) or v for field, v in asked.items()}
        answer = predict_one(model, record)
        assert failure.said == f"{answer.label}, {percent_text(max(answer.probabilities.values()))}"


@pytest.mark.parametrize("name", ["tweets", "reviews"])
def test_the_negations_that_are_shown_do_fail_today(catalogue: ModelCatalogue, name: str) -> None:
    model = catalogue[name]
    (group,) = (
        each for each in find_failures(model) if each.title.startswith("A negated negative")
    )

    for failure in group.failures:
        assert predict_one(model, {"text": failure.text}).label == "negative"


def test_the_flowers_that_are_shown_are_mistaken_today(iris: LoadedModel) -> None:
    groups = find_failures(iris)

    assert {group.title: len(group.failures) for group in groups} == {
        "Truly versicolor": 2,
        "Truly virginica": 1,
    }
    for group in groups:
        for failure in group.failures:
            assert not failure.said.startswith(group.title.removeprefix("Truly "))


def test_what_was_not_measured_is_left_out(reviews: LoadedModel) -> None:
    known = reviews.metadata
    bare = {name: known[name] for name in ("sha256", "versions")}
    html = page_html(alone(reviews, evaluation={"metrics": {}}, **bare), "reviews")

    assert "Nobody has measured how often this model is right." in html
    assert "Not for" in html
    for heading in ("How far", "Where it goes wrong", "Examples", "second measurement", "measures"):
        assert heading not in re.findall(r"<h3>(.*?)</h3>", html)
    assert "<figure" not in html
    only = page_html(alone(reviews, evaluation={"metrics": {"macro_f1": 0.5}}, **bare), "reviews")
    assert "Nobody has measured" in only


def test_a_model_of_ones_own_gets_a_whole_page(tmp_path: Path) -> None:
    mushrooms = train_mushrooms(tmp_path)
    html = page_html(
        ModelCatalogue({"mushrooms": mushrooms.spec}, {"mushrooms": mushrooms}, {}), "mushrooms"
    )

    assert "mushrooms that it had not learned from" in html
    assert "Class by class" in html
    assert html.count("<figure") >= 2


def test_an_unavailable_model_says_why_and_what_to_do(catalogue: ModelCatalogue) -> None:
    error = ArtefactError("The <iris> model lacks a file; run `python -m models.train iris`.")
    broken = ModelCatalogue(catalogue.specs, {"reviews": catalogue["reviews"]}, {"iris": error})

    html = page_html(broken, "iris")
    assert "This model is unavailable" in html
    assert "The &lt;iris&gt; model lacks a file; run" in html
    assert "Unavailable at the moment." in overview_html(broken)


def test_a_card_is_read_as_markdown_and_never_as_html() -> None:
    html = card_html(
        "---\nlicense: mit\n---\n\n# Title\n\n## Part\n\n<script>alert(1)</script>\n\n"
        "[go](javascript:alert(1))\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n"
    )

    assert isinstance(html, Markup)
    assert "<h4>Part</h4>" in html
    assert "Title" not in html
    assert "license" not in html
    assert "<script" not in html
    assert "<a" not in html
    assert "<table>" in html


def test_each_table_of_a_card_has_a_name_of_its_own(catalogue: ModelCatalogue) -> None:
    for model in catalogue.loaded.values():
        page = page_html(catalogue, model.spec.name)
        names = re.findall('role="region" aria-label="([^"]+)"', page)

        assert "Table 2 of the model card" in names
        assert len(names) == len(set(names))


def test_a_rounded_share_is_never_all_or_none() -> None:
    words = [model_words.out_of_hundred(share) for share in (0, 0.001, 0.5, 0.9951, 1)]

    assert words == ["0", "fewer than 1", "50", "more than 99", "100"]


def test_the_page_tells_how_often_a_check_fails_beside_the_paper(catalogue: ModelCatalogue) -> None:
    check = {"name": "Now over then", "cases": 400, "passed": 300, "failures": ["It is bad now."]}
    published = {"microsoft": 41.0, "google": 36.6, "amazon": 42.2, "bert": 18.8}
    every = {"name": "Emoji", "cases": 8, "passed": 0, "failures": ["😍"]}
    model = replace(
        catalogue["reviews"],
        metadata={
            **catalogue["reviews"].metadata,
            "behaviour": [check | {"published": published}, every],
        },
    )

    first, second = find_failures(model)

    assert first.about.startswith(
        "Fails in 100 of 400 cases (25 %); Microsoft, Google, Amazon and BERT in the CheckList paper: "
        "41.0 / 36.6 / 42.2 / 18.8 %. "
    )
    assert second.about.startswith("Fails in 8 of 8 cases (all). ")
