"""The head of the page: what messengers and browsers show of it before it is opened, and its own files."""

import re
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse
from gradio.routes import templates
from jinja2 import ChoiceLoader, DictLoader

TITLE = "Second Opinion"
DESCRIPTION = "Try classical models on your own examples, see why each answer came out, and judge whether to rely on them."
STATIC = Path(__file__).parent / "static"
PICTURE = STATIC / "preview.png"
FAVICON = STATIC / "favicon.svg"
INDEX = "frontend/index.html"
# Gradio's own, of which it has two sets.
THEIRS = re.compile(r"""<meta\s+(?:property="og:|name="(?:twitter|description)\b)[^>]*?/>\s*""")
OURS = f"""<title>{TITLE}</title>
<meta name="description" content="{DESCRIPTION}" />
{{% set base = request.app.get_blocks().public_url or config["root"] %}}
<meta property="og:type" content="website" />
<meta property="og:site_name" content="{TITLE}" />
<meta property="og:title" content="{TITLE}" />
<meta property="og:description" content="{DESCRIPTION}" />
<meta property="og:url" content="{{{{ base }}}}/" />
<meta property="og:image" content="{{{{ base }}}}/preview.png" />
<meta name="twitter:card" content="summary_large_image" />
<meta name="twitter:title" content="{TITLE}" />
<meta name="twitter:description" content="{DESCRIPTION}" />
<meta name="twitter:image" content="{{{{ base }}}}/preview.png" />
<link rel="icon" type="image/svg+xml" href="./favicon.ico" />
{{{{ request.app.get_blocks().own_head|safe }}}}
"""


def add_head(app: FastAPI, blocks: gr.Blocks, public_url: str, head: str) -> None:
    """Give the page its own title, description, picture and icon, and then `head`, which is HTML.

    `public_url` is where people reach it, "" for the address that each of them uses. Gradio adds a
    `head` of its own late, by a script.
    """
    vars(blocks).update(public_url=public_url, own_head=head)
    loader = templates.env.loader
    assert loader
    theirs, _, _ = loader.get_source(templates.env, INDEX)
    # Another app of this process may have put it in its place.
    if OURS not in theirs:
        ours = DictLoader({INDEX: with_head(theirs)})
        templates.env.loader = ChoiceLoader([ours, loader])

    @app.get("/preview.png", include_in_schema=False)
    def preview() -> FileResponse:
        return FileResponse(PICTURE)


def with_head(template: str) -> str:
    """Return the template of Gradio's page with our description in the place of its own.

    Ours comes after Gradio's stylesheet: of rules that weigh the same the later one holds.
    """
    return THEIRS.sub("", template).replace("</head>", OURS + "</head>")
