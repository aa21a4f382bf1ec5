"""From the click on Analyse to the answer on the page, in a real browser, against a `gr.Interface`."""

import os
import shutil
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks import cores
from benchmarks.servers import INTERFACE, OURS, served
from benchmarks.table import Pair, Row, Skipped, at_most_times

MOST_TIMES = 0.8
ROUNDS = 40
WARM_UPS = 6
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
# The two kinds take turns, so that each answer differs from the one before.
# The page opens with a positive answer: each text gets another one than the text before.
TEXTS = ("Horrible, the worst day ever, I hate it.", "Absolutely wonderful, I love it!")
# Clicks, and resolves with the milliseconds until the label on the page is another one.
CLICK = """([button, label]) => new Promise((resolve, reject) => {
  const shown = () => document.querySelector(label)?.textContent.trim() ?? "";
  const before = shown();
  const timer = setTimeout(() => reject(new Error(`no new answer, still "${before}"`)), 10000);
  const observer = new MutationObserver(() => {
    if (shown() && shown() !== before) {
      clearTimeout(timer);
      observer.disconnect();
      resolve(performance.now() - start);
    }
  });
  observer.observe(document.body, {subtree: true, childList: true, characterData: true});
  const start = performance.now();
  document.querySelector(button).click();
})"""


@dataclass(frozen=True)
class Form:
    """Where the parts of a page are, as CSS selectors."""

    text: str
    button: str
    label: str


OUR_FORM = Form("#field-text textarea", "#analyse-sentiment", "#answer-sentiment .answer .label")
INTERFACE_FORM = Form(
    "textarea", "button.primary", "[data-testid='label-output-value'], h2.output-class"
)


def measure() -> list[Row]:
    """Return the row of the click; the two pages take turns. Raises Skipped without a Chromium."""
    path = find_chromium()
    with served(OURS) as our_server, served(INTERFACE) as interface_server:
        servers = ((our_server, OUR_FORM), (interface_server, INTERFACE_FORM))
        with cores.pinned(cores.MEASURING), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            pages = []
            for server, form in servers:
                page = browser.new_page()
                page.goto(server.url)
                page.wait_for_selector(form.text)
                pages.append((page, form))
            ours, interface = take_turns(pages)
            browser.close()
    pair = Pair("Click to answer", "a plain gr.Interface", "ms", ours, interface)
    return [at_most_times(pair, MOST_TIMES)]


def take_turns(pages: list[tuple[Page, Form]]) -> list[float]:
    """Return the median time of each page in milliseconds, for texts it has not seen."""
    found: list[list[float]] = [[] for _ in pages]
    for case_view in range(WARM_UPS + ROUNDS):
        text = f"{TEXTS[case_view % len(TEXTS)]} Take {case_view}."
        for (page, form), milliseconds in zip(pages, found, strict=True):
            milliseconds.append(click_to_answer(page, form, text))
    return [median(milliseconds[WARM_UPS:]) for milliseconds in found]


def click_to_answer(page: Page, form: Form, text: str) -> float:
    """Write a text, click, and return the milliseconds until the page shows the answer."""
    page.bring_to_front()
    page.fill(form.text, text)
    return float(page.evaluate(CLICK, [form.button, form.label]))


def find_chromium() -> str:
    """Return the path of a Chromium: CHROMIUM, or the first on PATH; raise Skipped if there is none."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        raise Skipped("browser was skipped: no Chromium on PATH; name one in CHROMIUM.")
    return path
