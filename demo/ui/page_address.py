"""Where the page is, as its browser sees it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import gradio as gr


def base_of(request: gr.Request, public_url: str = "") -> str:
    """Return the address of the page without its query, or the one that the settings name.

    The browser's own word for it holds the path under which a proxy serves the page. It counts only if it
    is of the host that the request came to: a link from elsewhere must not lead away.
    """
    if public_url:
        return public_url
    headers: dict[str, str] = dict(request.headers)
    referer = headers.get("referer", "")
    if is_own(referer, headers):
        return referer.partition("?")[0].partition("#")[0]
    return str(request.base_url).partition("?")[0]


def is_own(address: str, headers: Mapping[str, str]) -> bool:
    """Tell whether an address is of the host that was asked, or of the page that sent the request."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        return False
    origin = f"{parts.scheme}://{parts.netloc}"
    return parts.netloc == headers.get("host") or origin == headers.get("origin")
