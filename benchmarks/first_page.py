"""The first page in a browser that has nothing of it yet, and a slider's way to the map, in milliseconds."""

from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import cores
from benchmarks.browser import FLAGS, find_chromium
from benchmarks.servers import INTERFACE, OURS, served
from benchmarks.table import Pair, Row, at_most, at_most_times

ROUNDS, WARM_UPS, MOVES = 10, 2, 30
MOST_TIMES, MOST_REQUESTS, MOST_KB, MOST_MS = 1.1, 60, 450, 50
INTERFACE_TITLE = "a plain gr.Interface"
# Moves a slider by its arrow key, and resolves with the milliseconds until the map is another one.
MOVE = """(up) => new Promise((resolve, reject) => {
  const map = document.querySelector("[id^=drawing-]");
  const slider = [...document.querySelectorAll("input[type=range]")].find((each) => each.offsetParent);
  const timer = setTimeout(() => reject(new Error("the map stays as it is")), 10000);
  const observer = new MutationObserver(() => {
    clearTimeout(timer);
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(map, {subtree: true, childList: true, attributes: true});
  const start = performance.now();
  up ? slider.stepUp(3) : slider.stepDown(3);
  slider.dispatchEvent(new Event("input", {bubbles: true}));
})"""


def measure() -> list[Row]:
    """Return the rows of the first page and of the slider; raises Skipped without a Chromium."""
    path = find_chromium()
    with (
        served(OURS) as ours,
        served(INTERFACE) as interface,
        cores.pinned(cores.MEASURING),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        urls = (ours.url, interface.url)
        visits = [[visit(browser, url) for url in urls] for _ in range(WARM_UPS + ROUNDS)]
        slider_ms = move_slider(browser, ours.url)
        browser.close()
    found = [
        [median(rounds) for rounds in zip(*each, strict=True)]
        for each in zip(*visits[WARM_UPS:], strict=True)
    ]
    loads, requests, kilobytes = zip(*found, strict=True)
    return [
        at_most_times(Pair("First page, usable", INTERFACE_TITLE, "ms", *loads), MOST_TIMES),
        at_most(Pair("First page, requests", INTERFACE_TITLE, "", *requests), MOST_REQUESTS),
        at_most(Pair("First page, size", INTERFACE_TITLE, "kB", *kilobytes), MOST_KB),
        at_most(Pair("Slider to new map", "its limit", "ms", slider_ms, MOST_MS), MOST_MS),
    ]


def visit(browser: Browser, url: str) -> tuple[float, int, float]:
    """Return the milliseconds until a text can be written, the requests, and the kilobytes."""
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    asked, sizes = set[str](), list[float]()
    page.on("request", lambda request: asked.add(request.url))
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    start = perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("textarea").first.wait_for()
    usable_ms = 1000 * (perf_counter() - start)
    page.wait_for_load_state("networkidle")
    context.close()
    requests = sum(not address.startswith("data:") for address in asked)
    return usable_ms, requests, sum(sizes) / 1000


def move_slider(browser: Browser, url: str) -> float:
    """Return the median milliseconds from a move of the first slider to another map."""
    page: Page = browser.new_page()
    page.goto(f"{url}/?tab=iris")
    page.locator("[id^=drawing-] svg").first.wait_for()
    times = [float(page.evaluate(MOVE, turn % 2 == 0)) for turn in range(WARM_UPS + MOVES)]
    page.close()
    return median(times[WARM_UPS:])
