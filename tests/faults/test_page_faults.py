"""What a reviewer sees while the database is gone."""

import httpx
import pytest
from browsing import NewPage, join
from running import Running

from benchmarks.cluster import Cluster
from demo.store.sessions import open_store

pytestmark = pytest.mark.browser
TEXTS = ("A wonderful, moving film.", "I want my two hours back.")


def test_a_verdict_waits_for_the_database_and_is_saved_once(
    mortal_postgres: Cluster, postgres_server: Running, new_page: NewPage
) -> None:
    server = postgres_server.url
    asked = {"title": "Fit?", "model": "reviews", "cases": [{"text": text} for text in TEXTS]}
    made = httpx.post(f"{server}/api/sessions", json=asked, timeout=30, trust_env=False).json()
    page = new_page(made["reviewer_url"])
    # Browsers write a refused request into their console; this one asks again by itself.
    page.route("**/api/sessions/*/state", lambda route: route.fulfill(json={"closed_at": None}))
    join(page, "Anna")
    try:
        mortal_postgres.stop("immediate")
        page.keyboard.press("1")
        page.locator("#session-comment textarea, #session-comment input").fill("While it was gone.")
        page.keyboard.press("Enter")
        page.get_by_text("Not saved yet").wait_for()
        assert "Retrying" in page.locator("#session-message").inner_text()
        assert page.locator("#session-verdict input:checked").get_attribute("value") == "agree"
    finally:
        mortal_postgres.start()

    page.get_by_text("Case 2 of 2 · 1 judged").wait_for()
    store = open_store(postgres_server.database_url, "wal")
    saved = store.verdicts.verdicts(store.sessions.session(made["code"]))
    store.database.close()
    assert [(one.verdict_input.verdict, one.verdict_input.comment) for one in saved] == [
        ("agree", "While it was gone.")
    ]
