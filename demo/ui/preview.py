"""What messengers, search engines and browsers show of the page before it is opened."""

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
"""


def add_preview(app: FastAPI, blocks: gr.Blocks, public_url: str) -> None:
    """Give the page its own title, description, picture and icon.

    `public_url` is where people reach it, "" for the address that each of them uses.
    """
    vars(blocks)["public_url"] = public_url
    loader = templates.env.loader
    assert loader
    theirs, _, _ = loader.get_source(templates.env, INDEX)
    # Another app of this process may have put it in its place.
    if OURS not in theirs:
        ours = DictLoader({INDEX: with_preview(theirs)})
        templates.env.loader = ChoiceLoader([ours, loader])

    @app.get("/preview.png", include_in_schema=False)
    def preview() -> FileResponse:
        return FileResponse(PICTURE)


def with_preview(template: str) -> str:
    """Return the template of Gradio's page with our description in the place of its own."""
    return THEIRS.sub("", template).replace("</head>", OURS + "</head>")
