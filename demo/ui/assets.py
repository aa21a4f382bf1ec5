"""Files of the page with addresses of their own, which browsers keep for good."""

from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse

from demo.access.headers import PAGE_FILES

STATIC = Path(__file__).parent / "static"
FONT_FILE = STATIC / "fonts" / "inter.woff2"
# The name changes with the content.
FONT_NAME = f"inter-{sha256(FONT_FILE.read_bytes()).hexdigest()[:12]}.woff2"
# Relative, as an app behind a proxy does not know where its root is.
FONT_ADDRESS = f".{PAGE_FILES}{FONT_NAME}"
# The fallback has the widths and heights of Inter: nothing moves when the font comes.
TYPEFACE = f"""
<link rel="preload" href="{FONT_ADDRESS}" as="font" type="font/woff2" crossorigin>
<style>
@font-face {{
  font-family: Inter; font-weight: 100 900; font-display: swap;
  src: url("{FONT_ADDRESS}") format("woff2");
  unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329,
    U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD;
}}
@font-face {{
  font-family: "Inter Fallback"; src: local("Arial"); size-adjust: 107.12%;
  ascent-override: 90.44%; descent-override: 22.52%; line-gap-override: 0%;
}}
</style>
"""


def add_page_files(app: FastAPI) -> None:
    """Serve the typeface."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}

    @app.get(PAGE_FILES + FONT_NAME, include_in_schema=False)
    def send_font() -> FileResponse:
        return FileResponse(FONT_FILE, headers=headers, media_type="font/woff2")
