"""The page's own files, under names that change with their content, so that browsers may keep them."""

import gzip
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

import brotli
from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from demo.access.headers import ASSETS, PAGE_FILES
from demo.ui.gradio_files import FOLDER, find_needed

# A page needs about fifty files.
MOST_PACKED = 400
TEXTS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# The better one first; browsers take it over HTTPS, and from their own machine.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=9),
    "gzip": partial(gzip.compress, mtime=0),
}
STATIC = Path(__file__).parent / "static"
# The fallback has the widths and heights of Inter: nothing moves when the font comes.
FACES = """
@font-face {{
  font-family: Inter; font-weight: 100 900; font-display: swap; src: url("{font}") format("woff2");
  unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329,
    U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD;
}}
@font-face {{
  font-family: "Inter Fallback"; src: local("Arial"); size-adjust: 107.12%;
  ascent-override: 90.44%; descent-override: 22.52%; line-gap-override: 0%;
}}
"""


class PageFiles:
    """The typeface, and the styles of all of Gradio's components on the page in one file.

    Gradio's loader asks for the files of each component as it meets it; `head` names them all at once.
    It skips a stylesheet that the head has, even one that is disabled and not fetched.
    """

    def __init__(self, kinds: set[str]) -> None:
        needed = [name for name in find_needed(kinds) if not name.startswith("index-")]
        self.asset_names = frozenset(path.name for path in FOLDER.iterdir())
        self.scripts = [name for name in needed if name.endswith(".js")]
        self.styles = [name for name in needed if name.endswith(".css")]
        font = (STATIC / "fonts" / "inter.woff2").read_bytes()
        self.font_name = versioned_name("inter", font, "woff2")
        faces = FACES.format(font=self.font_name)
        styles = "".join([faces, *map(read_style, self.styles)]).encode()
        self.styles_name = versioned_name("components", styles, "css")
        # Compressed once; every browser takes it.
        packed = {"Content-Encoding": "gzip"}
        self.answers = {
            self.font_name: Response(font, media_type="font/woff2"),
            self.styles_name: Response(gzip.compress(styles, mtime=0), 200, packed, "text/css"),
        }

    @property
    def head(self) -> str:
        """What the document's head says of the files, with relative addresses: a proxy may add to them."""
        font, styles = (f".{PAGE_FILES}{name}" for name in (self.font_name, self.styles_name))
        return "\n".join(
            [
                f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>',
                f'<link rel="stylesheet" href="{styles}">',
                *(
                    f'<link rel="stylesheet" href="./assets/{name}" disabled>'
                    for name in self.styles
                ),
                *(f'<link rel="modulepreload" href="./assets/{name}">' for name in self.scripts),
            ]
        )

    def add_routes(self, app: FastAPI) -> None:
        """Serve the files, and Gradio's; SecurityHeaders lets browsers keep them."""

        @app.get(PAGE_FILES + "{name}", include_in_schema=False)
        def send_page_file(name: str) -> Response:
            if name not in self.answers:
                raise HTTPException(404)
            return self.answers[name]

        @app.get(ASSETS + "{name}", include_in_schema=False)
        async def send_asset(name: str, request: Request) -> Response:
            if name not in self.asset_names:
                raise HTTPException(404)
            accepted = request.headers.get("accept-encoding", "")
            encoding = next((each for each in PACKERS if each in accepted), "")
            return await run_in_threadpool(pack_asset, name, encoding)


@lru_cache(maxsize=MOST_PACKED)
def pack_asset(name: str, encoding: str) -> Response:
    """Return the answer with one of Gradio's files; Gradio would compress it for each browser anew."""
    path = FOLDER / name
    if path.suffix not in TEXTS:
        return Response(path.read_bytes(), media_type=guess_type(name)[0])
    headers = {"Vary": "Accept-Encoding"} | ({"Content-Encoding": encoding} if encoding else {})
    pack = PACKERS.get(encoding, bytes)
    return Response(pack(path.read_bytes()), 200, headers, TEXTS[path.suffix])


def versioned_name(name: str, content: bytes, ending: str) -> str:
    return f"{name}-{sha256(content).hexdigest()[:12]}.{ending}"


def read_style(name: str) -> str:
    """Return the text of one of Gradio's stylesheets, whose addresses are relative to its folder."""
    return (FOLDER / name).read_text("utf-8").replace("url(./", "url(../assets/")
