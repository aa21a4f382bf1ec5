"""A model that was brought along, on the page: it opens first, answers at each change, and is judged."""

import re
from typing import TYPE_CHECKING

import pytest
from running import Running, free_port
from shelf import penguin_pipeline, penguins, save_skops

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, expect
else:
    expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser
MISSING = re.compile(r'"bill_depth_mm": null')
STALE = re.compile("stale")


@pytest.fixture(scope="module")
def own_server(
    launch: "Callable[..., Running]", tmp_path_factory: pytest.TempPathFactory
) -> Running:
    folder = tmp_path_factory.mktemp("own")
    path = save_skops(penguin_pipeline(), folder / "penguins.skops")
    penguins().to_csv(folder / "penguins.csv", index=False)
    examples = ("--examples", str(folder / "penguins.csv"), "--label", "species")
    port = ("--port", str(free_port()))
    return launch(["-m", "demo", "serve", *port, "--model", str(path), *examples, "--only"])


@pytest.fixture
def own_page(browser: "Browser", own_server: Running) -> "Page":
    page = browser.new_page(base_url=own_server.url)
    page.set_default_timeout(15_000)
    page.goto("/", wait_until="commit")
    page.locator("[data-opened]").wait_for(state="attached")
    return page


def test_the_page_opens_with_it_and_an_example(own_page: "Page") -> None:
    expect(own_page.get_by_role("tab", name="Penguins")).to_have_attribute("aria-selected", "true")
    expect(own_page.locator("#answer-penguins .label")).to_be_visible()
    expect(own_page.locator("sample-map")).to_be_visible()
    own_page.close()


def test_a_flag_a_choice_and_a_missing_value_are_answered_at_once(own_page: "Page") -> None:
    answered = own_page.locator("#subject-penguins .answered")
    own_page.locator("#field-tagged input").click()
    expect(own_page.locator("#subject-penguins")).not_to_have_class(STALE)
    own_page.locator("#field-bill_depth_mm input").fill("")
    expect(answered).to_have_attribute("data-inputs", MISSING)
    expect(answered).not_to_have_class(STALE)
    own_page.close()
