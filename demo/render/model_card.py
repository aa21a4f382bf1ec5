"""A model card as HTML: its Markdown, with nothing in it taken for markup of the page."""

import itertools
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# The card stands on the page below a heading of the third level.
LEVELS_DOWN, LOWEST_LEVEL = 2, 6
# Each region has a name of its own, or a screen reader cannot tell one from another.
WIDE = (
    '<div class="wide" tabindex="0" role="region" aria-label="Table {} of the model card"><table>'
)


@cache
def markdown() -> "MarkdownIt":
    """Return what reads Markdown with tables; HTML in it stays text."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.renderer.rules |= {  # type: ignore[attr-defined]
        "table_open": lambda tokens, place, *_: WIDE.format(tokens[place].meta["number"]),
        "table_close": lambda *_: "</table></div>",
    }
    return made


def card_html(card: str) -> Markup:
    """Return a card without its front matter and its title, which the page shows already."""
    body = card.split("\n---\n", 1)[-1].strip() if card.startswith("---\n") else card.strip()
    if body.startswith("# "):
        body = body.partition("\n")[2]
    reader = markdown()
    tokens = reader.parse(body)
    tables = (token for token in tokens if token.type == "table_open")
    for number, token in enumerate(tables, 1):
        token.meta["number"] = number
    for token, inside in itertools.pairwise(tokens):
        if token.type == "th_open" and not inside.content:
            # A header that says nothing is read as nothing.
            inside.children = reader.parseInline("measure")[0].children
        if token.type in ("heading_open", "heading_close"):
            level = min(LOWEST_LEVEL, int(token.tag[1]) + LEVELS_DOWN)
            token.tag = f"h{level}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - HTML stays text
