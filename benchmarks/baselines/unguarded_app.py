"""The app without what `demo.access` puts before it, to measure what that costs."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from demo.access import connections, protection
from demo.server import serve

protection.add_protection = lambda *_: None
protection.protected_page = lambda page, *_: page
connections.limit_protocol = lambda *_: HttpToolsProtocol
serve()
