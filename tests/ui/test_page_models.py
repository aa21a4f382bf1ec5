"""The models tab in a real browser: from the overview to a model, and from its failures to an answer."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from models.registry import LoadedModel, ModelCatalogue

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]


def test_the_overview_leads_to_a_model_and_its_failures_to_an_answer(visit: Visit) -> None:
    page = visit("/?tab=models")
    expect(page.locator("article.model")).to_have_count(3)

    page.get_by_role("link", name="Sentiment of movie reviews", exact=True).click()
    page.wait_for_url("**/?tab=models&model=reviews*")
    expect(page.get_by_role("heading", level=2)).to_have_text("Sentiment of movie reviews")
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_contain_text("All models")

    listed = page.locator(".failures li").first
    failure = listed.get_by_role("link")
    text = failure.inner_text()
    says = listed.locator("small").text_content() or ""
    failure.click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(text)
    expect(page.locator("#answer-sentiment .answer")).to_contain_text(says.split()[1].strip(","))


def test_a_point_tells_its_figures_when_it_is_pointed_at_or_reached_by_key(
    visit: Visit, catalogue: ModelCatalogue
) -> None:
    third = catalogue["tweets"].metadata["evaluation"]["calibration"][2]
    page = visit("/?tab=models&model=tweets")
    chart = page.locator("figure.chart", has_text="Can its percentages be believed?")
    spot, tip = chart.locator(".spot").nth(2), chart.locator(".tip").nth(2)

    expect(tip).to_be_hidden()
    spot.hover()
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    chart.locator(".spot").nth(1).focus()
    page.keyboard.press("Tab")
    expect(tip).to_be_visible()
    expect(tip).to_have_text(spot.get_attribute("aria-label") or "no name")
    expect(tip).to_contain_text(f"({third['samples']:,} tweets)")

    chart.get_by_text("As a table").click()
    expect(chart.get_by_role("row")).to_have_count(1 + chart.locator(".spot").count())


def test_the_hash_is_folded_away_and_that_of_the_file_to_download(
    visit: Visit, iris: LoadedModel, tmp_path: Path
) -> None:
    page = visit("/?tab=models&model=iris")
    sha256 = page.locator("dd", has_text=iris.metadata["sha256"])

    expect(sha256).to_be_hidden()
    page.locator("summary", has_text="Versions and SHA-256").click()
    expect(sha256).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the model").click()
    download.value.save_as(tmp_path / "pipeline")
    content = (tmp_path / "pipeline").read_bytes()
    assert hashlib.sha256(content).hexdigest() == iris.metadata["sha256"]


@pytest.mark.parametrize("width", [320, 390])
def test_a_model_with_everything_unfolded_does_not_scroll_sideways(
    visit: Visit, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    visit("/?tab=models&model=tweets")
    expect(page.locator(".model-page")).to_be_visible()
    page.evaluate(
        "document.querySelectorAll('#models details').forEach((each) => (each.open = true))"
    )
    expect(page.get_by_role("heading", name="What it is not for")).to_be_visible()

    for at in range(page.locator("#models .spot").count()):
        page.locator("#models .spot").nth(at).focus()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_link_to_a_model_that_does_not_exist_shows_all_with_a_notice(visit: Visit) -> None:
    page = visit(f"/?tab=models&model={quote('<b>')}")

    expect(page.locator("#opened .notice")).to_contain_text("There is no model '<b>'")
    expect(page.locator("article.model")).to_have_count(3)
