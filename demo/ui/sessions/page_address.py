"""Where the page is, as its browser sees it."""

import gradio as gr

from demo.address import Address


def base_of(request: gr.Request, address: Address) -> str:
    """Return the address of the page without its query.

    The browser's own word for scheme and host holds behind any proxy; a page of another site gets no
    request through to here.
    """
    origin = str(dict(request.headers).get("origin", ""))
    is_one = origin.startswith(("http://", "https://"))
    return address.base(origin if is_one else str(request.base_url))
