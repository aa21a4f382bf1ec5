"""An answer on the page belongs to the fields beside it, or says that it does not."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

pytestmark = pytest.mark.browser

Visit = Callable[[str], Page]

RUN = "/gradio_api/run/"
CALLS = f"**{RUN}**"
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"
SETOSA = "?tab=iris&sepal_length=5&sepal_width=3.4&petal_length=1.5&petal_width=0.2"
VIRGINICA = "?tab=iris&sepal_length=6.6&sepal_width=3&petal_length=5.6&petal_width=2"
# Of these flowers those with short petals are setosa and no others; looked at in every frame.
WATCH = """() => {
  window.wrong = [];
  window.frames_seen = 0;
  const look = () => {
    requestAnimationFrame(look);
    const answered = document.querySelector("#answer-iris .answered");
    const box = document.querySelector("#field-petal_length input[type=number]");
    const label = answered?.querySelector(".label")?.textContent;
    if (!label || !box || answered.matches(".stale")) return;
    window.frames_seen += 1;
    if ((label === "setosa") !== (Number(box.value) < 2.5)) window.wrong.push([label, box.value]);
  };
  look();
}"""


def number(page: Page, title: str) -> Locator:
    return page.get_by_label(f"number input for {title} (cm)")


def answer_of(page: Page) -> Locator:
    return page.locator("#answer-iris .answered")


def expect_setosa(page: Page, petal_length: str = "1.5") -> None:
    expect(answer_of(page).locator(".label")).to_have_text("setosa")
    expect(number(page, "Petal length")).to_have_value(petal_length)
    expect(answer_of(page)).not_to_have_class("answered stale")


def delayed(waits_s: Iterator[float]) -> Callable[[Route], None]:
    def wait(route: Route) -> None:
        time.sleep(next(waits_s))
        route.continue_()

    return wait


def come_to_rest(page: Page, under_way: set[Request]) -> None:
    """Wait until every call has been answered, and what came is drawn."""
    while under_way:
        page.evaluate(NEXT_FRAME)
    for _ in range(2):
        page.evaluate(NEXT_FRAME)


@pytest.fixture
def under_way(page: Page) -> set[Request]:
    """The calls that are not answered yet."""
    calls: set[Request] = set()
    page.on("request", lambda request: calls.add(request) if RUN in request.url else None)
    for end in ("requestfinished", "requestfailed"):
        # Playwright takes functions of Python only.
        page.on(end, lambda request: calls.discard(request))
    return calls


def test_a_link_shows_the_answer_to_its_flower_at_every_load(
    visit: Visit, page: Page, under_way: set[Request]
) -> None:
    page.add_init_script(f"({WATCH})()")
    for _ in range(2):
        visit(f"/{SETOSA}")
        expect_setosa(page)
        come_to_rest(page, under_way)
        expect_setosa(page)
        assert page.url.endswith(SETOSA)
        assert page.evaluate("wrong") == []


def test_a_hundred_links_followed_on_the_page_show_no_flower_with_anothers_answer(
    visit: Visit,
) -> None:
    page = visit(f"/{SETOSA}")
    expect_setosa(page)
    page.evaluate(WATCH)

    page.evaluate(
        """async ([setosa, virginica]) => {
          for (let i = 0; i < 100; i++) {
            address.goTo(i % 2 ? setosa : virginica);
            await new Promise((go) => setTimeout(go, 20 + 7 * (i % 11)));
          }
        }""",
        [SETOSA, VIRGINICA],
    )

    expect_setosa(page)
    assert page.evaluate("frames_seen") > 20
    assert page.evaluate("wrong") == []


def test_slow_answers_are_never_shown_beside_other_values(
    visit: Visit, under_way: set[Request]
) -> None:
    page = visit(f"/{SETOSA}")
    expect_setosa(page)
    page.evaluate(WATCH)
    page.route(CALLS, delayed(cycle([0.5, 0.1, 0.3])))

    page.get_by_role("button", name="Typical virginica", exact=True).click()
    number(page, "Petal length").fill("4.4")
    number(page, "Petal width").fill("1.3")
    page.get_by_role("button", name="Typical setosa", exact=True).click()
    expect(number(page, "Petal width")).to_have_value("0.2")
    number(page, "Petal length").fill("1.7")

    expect_setosa(page, "1.7")
    come_to_rest(page, under_way)
    expect_setosa(page, "1.7")
    assert page.evaluate("wrong") == []
    page.wait_for_url("**petal_length=1.7&petal_width=0.2")


def test_several_values_that_are_set_at_once_are_asked_once(visit: Visit) -> None:
    page = visit(f"/{SETOSA}")
    expect_setosa(page)
    calls: list[str] = []

    def count(route: Route) -> None:
        calls.append(route.request.post_data or "")
        route.continue_()

    page.route(CALLS, count)

    page.evaluate(
        """document.querySelector("#drawing-iris").dispatchEvent(
          new CustomEvent("set-values", {detail: {petal_length: 5.6, petal_width: 2.1}}))"""
    )

    expect(answer_of(page).locator(".label")).to_have_text("virginica")
    expect(number(page, "Petal width")).to_have_value("2.1")
    page.wait_for_url("**petal_length=5.6&petal_width=2.1")
    assert len(calls) == 1
    assert "5.6" in calls[0]
    assert "2.1" in calls[0]


def test_what_is_typed_into_a_number_box_is_answered_or_refused_never_changed(visit: Visit) -> None:
    page = visit("/?tab=iris")
    box = number(page, "Petal length")

    box.fill("9")
    box.blur()
    expect(page.locator("#answer-iris .notice").first).to_contain_text(
        "Petal length 9 cm is outside"
    )
    expect(box).to_have_value("9")
    page.wait_for_url("**petal_length=9&*")

    box.fill("31")
    box.blur()
    expect(page.get_by_role("alert")).to_contain_text("above 0 and up to 30 cm")
    expect(box).to_have_value("31")

    box.fill("")
    box.blur()
    expect(page.get_by_role("alert")).to_contain_text("Petal length is empty")
    expect(box).to_have_value("")
    expect(answer_of(page).locator(".label")).to_have_count(0)

    page.get_by_label("range slider for Petal length (cm)").press("ArrowRight")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(answer_of(page).locator(".label")).to_be_visible()


def test_an_answer_to_an_earlier_text_says_so_at_once(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=reviews&text=A+wonderful+film.")
    answer = page.locator("#answer-sentiment .answered")
    line = answer.get_by_text("This answer is to an earlier text.")
    expect(answer.locator(".label")).to_have_text("positive")
    expect(line).to_be_hidden()

    page.get_by_label("Text", exact=True).press_sequentially(" Or not")

    expect(line).to_be_visible()
    assert float(answer.locator(".answer").evaluate("(it) => getComputedStyle(it).opacity")) < 0.6

    page.get_by_role("button", name="Analyse").click()

    expect(line).to_be_hidden()


def test_the_link_that_is_copied_is_of_what_is_in_the_box(visit: Visit, server: str) -> None:
    page = visit("/?tab=sentiment&model=reviews&text=A+wonderful+film.&movie=Alien+%281979%29")

    page.get_by_label("Text", exact=True).fill("A dull film & long")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()") == (
        f"{server}/?tab=sentiment&model=reviews&text=A+dull+film+%26+long&movie=Alien+%281979%29"
    )


def test_the_placeholder_is_that_of_the_chosen_model(visit: Visit) -> None:
    page = visit("/?tab=sentiment&model=tweets")
    box = page.get_by_label("Text", exact=True)

    expect(box).to_have_attribute("placeholder", "Type or paste a tweet…")
    page.get_by_label("Movie review", exact=True).check()
    expect(box).to_have_attribute("placeholder", "Type or paste a review…")
