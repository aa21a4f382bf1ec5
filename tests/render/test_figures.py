"""The board as HTML: whatever people typed is text, and every comment stands once."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from sessions import first_disagrees, judge_all, open_session

from demo.render.figures import board_html, session_head_html
from demo.sessions.board import board
from demo.sessions.model import Signature, VerdictInput
from demo.sessions.service import SessionService

ATTACK = "\"><img src=x onerror=alert(1)></p><b>'"
TYPED = {"title": ATTACK, "purpose": ATTACK, "question": ATTACK}


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


class Marks(HTMLParser):
    """The tags and the attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}


def assert_harmless(html: str) -> None:
    assert {"img", "script", "src", "onerror"}.isdisjoint(Marks(html).found)
    assert ATTACK in unescape(html)


def test_nothing_that_people_typed_is_markup_on_the_board(service: SessionService) -> None:
    session, seats = open_session(service, "reviews", [({"text": ATTACK}, None)], [ATTACK], **TYPED)
    disagree = VerdictInput("disagree", comment=ATTACK)
    judge_all(service, session, seats, lambda *_: disagree)
    signed = replace(
        session,
        closed_at="2026-11-21T10:22:00.000+00:00",
        signature=Signature("reject", ATTACK, (ATTACK,)),
    )

    assert_harmless(board_html(board(service, session).describe()))
    for each in (session, signed):
        assert_harmless(session_head_html(each, ATTACK, "https://example.org/"))


def test_comments_stand_under_their_disputed_case_or_behind_all_of_them(
    service: SessionService,
) -> None:
    listed = [({"text": "A great film"}, None), ({"text": "A dull script"}, None)]
    session, seats = open_session(service, "reviews", listed, ["Anna", "Ben"])
    judge_all(service, session, seats, first_disagrees)

    said = words_of(board_html(board(service, session).describe()))
    disputed, others = said.split("Other comments")

    assert "1. A great film" in disputed
    assert (disputed.count("The ending decides."), disputed.count("Just so.")) == (1, 1)
    assert (others.count("Case 2:"), others.count("Just so.")) == (2, 2)
    assert "2 cases, 2 reviewers, 4 verdicts" in disputed
