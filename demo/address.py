"""Where people reach the app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """Where people reach the app, as the settings have it.

    `public_url` goes before all else; `root_path` is the path under which a proxy serves the app, or its
    whole address.
    """

    public_url: str = ""
    root_path: str = ""

    def base(self, origin: str) -> str:
        """Return the address for links, without a slash at the end.

        `origin` is scheme and host as the browser, or else the server, saw them: other headers of a
        request may be anybody's.
        """
        if self.public_url:
            return self.public_url
        if self.root_path.startswith(("http://", "https://")):
            return self.root_path.rstrip("/")
        path = self.root_path.strip("/")
        return origin.rstrip("/") + (f"/{path}" if path else "")
