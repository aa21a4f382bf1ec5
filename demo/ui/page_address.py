"""Where the page is, as its browser sees it."""

import gradio as gr


def base_of(request: gr.Request) -> str:
    """Return the address of the page without its query.

    The browser's own word for it holds behind any proxy or tunnel; without it, the server's has to do.
    """
    headers = dict(request.headers)
    address = headers.get("referer") or str(request.base_url)
    return str(address).partition("?")[0].partition("#")[0]
