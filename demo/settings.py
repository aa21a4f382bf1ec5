"""What the environment decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from models.errors import UserError, shown


class SettingError(UserError):
    """An environment variable holds what it cannot."""

    code = "invalid_setting"


DATABASES = ("sqlite", "postgresql", "postgresql+psycopg", "postgres")
# Those that need no shared memory are for folders without reliable locks.
JOURNAL_MODES = ("wal", "delete", "truncate", "persist")


PREFIX = "SECOND_OPINION_"
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.ASCII)
# Scheme, host, port and path; no user, query or fragment.
ADDRESS = re.compile(r"https?://([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?(/[\w.~%/-]*)?", re.ASCII | re.I)


def limit(default: int, low: int, high: int) -> Any:
    """Return the field of a limit: a whole number from `low` to `high`, read from a variable of its name."""
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True)
class Address:
    """Where people reach the app, as the settings have it.

    `public_url` goes before all else; `root_path` is the path under which a proxy serves the app, or its
    whole address.
    """

    public_url: str = ""
    root_path: str = ""

    def base(self, origin: str) -> str:
        """Return the address for links, without a slash in the end.

        `origin` is scheme and host as the browser, or else the server, saw them: other headers of a
        request may be anybody's.
        """
        if self.public_url:
            return self.public_url
        if self.root_path.startswith(("http://", "https://")):
            return self.root_path.rstrip("/")
        path = self.root_path.strip("/")
        return origin.rstrip("/") + (f"/{path}" if path else "")


@dataclass(frozen=True)
class Settings:
    """The settings of one start.

    `root_path` is the path under which a proxy serves the app, "" for none; `public_url` is where people
    reach it, "" for the address that each of them uses; `on_space` tells a Hugging
    Face Space, where every interface is listened on. `database_url` names the database of the review
    sessions, "" for a file in the user's data folder; `journal_mode` is SQLite's. Pages of the
    `allowed_origins` may call the app, and those of the `frame_ancestors` may show it in a frame.

    Then come limits: of the body of a request, of an uploaded file and of all of them, of connections, of
    pages whose state is kept in memory (about 0.3 MB each), and of the time in which a request must come;
    of sessions opened within an hour, of people who join one within an hour and in all, and of the inputs
    that they add to it, together and each; of the texts that are explained for a request.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    public_url: str = ""
    on_space: bool = False
    database_url: str = ""
    journal_mode: str = "wal"
    allowed_origins: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ("https://huggingface.co",)
    max_body_mb: int = limit(1, 1, 1_000)
    max_upload_mb: int = limit(20, 1, 10_000)
    max_uploads_mb: int = limit(500, 1, 1_000_000)
    max_connections: int = limit(1_000, 10, 100_000)
    max_page_states: int = limit(200, 1, 100_000)
    request_timeout_s: int = limit(20, 1, 3_600)
    max_sessions_per_hour: int = limit(300, 1, 1_000_000)
    max_joins_per_hour: int = limit(1_000, 1, 1_000_000)
    max_reviewers: int = limit(2_000, 1, 1_000_000)
    max_inputs: int = limit(10_000, 1, 1_000_000)
    max_reviewer_inputs: int = limit(500, 1, 1_000_000)
    max_explained_characters: int = limit(50_000, 1_000, 100_000_000)


def first_of(environ: Mapping[str, str], *names: str) -> tuple[str, str]:
    """Return name and value of the first variable that is set, or two empty strings."""
    return next(((name, environ[name]) for name in names if environ.get(name)), ("", ""))


def parse_port(name: str, value: str) -> int:
    """Return a port; raise SettingError for what is none."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65_536):
        raise SettingError(f"{name} is {shown(value)}; give a port from 1 to 65535.")
    return int(value)


def parse_origins(name: str, value: str) -> tuple[str, ...]:
    """Return the origins of a list, nothing for "none"; raise SettingError if one is not an origin."""
    origins = value.lower().replace(",", " ").split()
    if origins == ["none"]:
        return ()
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise SettingError(
                f"{name} names {shown(origin)}; list origins such as https://example.org, or write none."
            )
    return tuple(origins)


def read_limits(environ: Mapping[str, str]) -> dict[str, int]:
    """Return the limits that `environ` sets, by field; raise SettingError for a bad one."""
    named = ((PREFIX + item.name.upper(), item) for item in fields(Settings) if item.metadata)
    return {
        item.name: parse_limit(name, environ[name], **item.metadata)
        for name, item in named
        if environ.get(name)
    }


def parse_limit(name: str, value: str, low: int, high: int) -> int:
    """Return a limit; raise SettingError if it is not a whole number from `low` to `high`."""
    digits = value.isascii() and value.isdigit() and len(value) < 12
    if not (digits and low <= int(value) <= high):
        raise SettingError(
            f"{name} is {shown(value)}; give a whole number from {low:,} to {high:,}."
        )
    return int(value)


def parse_database_url(name: str, value: str) -> str:
    """Return the URL of a database; raise SettingError for a kind that is not known.

    The URL itself is not shown: it may hold a password.
    """
    scheme, found, rest = value.partition("://")
    if not found or scheme not in DATABASES or not rest.strip("/"):
        raise SettingError(
            f"{name} begins with {shown(scheme if found else value[:12])}; give a URL such as "
            "sqlite:////data/reviews.db or postgresql://user:password@host/name."
        )
    return value


def parse_public_url(name: str, value: str) -> str:
    """Return where people reach the app, without a slash at the end; raise SettingError for no address."""
    address = value.rstrip("/")
    if not ADDRESS.fullmatch(address):
        raise SettingError(
            f"{name} is {shown(value)}; give the address of the page, such as https://example.org/opinion."
        )
    return address


def parse_journal_mode(name: str, value: str) -> str:
    """Return a journal mode of SQLite; raise SettingError for what is none that keeps data safe."""
    if value.lower() not in JOURNAL_MODES:
        raise SettingError(f"{name} is {shown(value)}; choose one of: {', '.join(JOURNAL_MODES)}.")
    return value.lower()


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; raise SettingError for a bad one.

    Each variable of our own falls back to Gradio's, which Spaces and Gradio's command line set.
    """
    on_space = bool(environ.get("SPACE_ID"))
    _, host = first_of(environ, "SECOND_OPINION_HOST", "GRADIO_SERVER_NAME")
    port_name, port = first_of(environ, "SECOND_OPINION_PORT", "GRADIO_SERVER_PORT")
    _, root_path = first_of(environ, "SECOND_OPINION_ROOT_PATH", "GRADIO_ROOT_PATH")
    public_name, public_url = first_of(environ, "SECOND_OPINION_PUBLIC_URL")
    url_name, database_url = first_of(environ, "SECOND_OPINION_DATABASE_URL")
    mode_name, journal_mode = first_of(environ, "SECOND_OPINION_JOURNAL_MODE")
    origins_name, origins = first_of(environ, "SECOND_OPINION_ALLOWED_ORIGINS")
    frames_name, frames = first_of(environ, "SECOND_OPINION_FRAME_ANCESTORS")
    return Settings(
        host=host or ("0.0.0.0" if on_space else Settings.host),
        port=parse_port(port_name, port) if port else Settings.port,
        root_path=root_path,
        public_url=parse_public_url(public_name, public_url) if public_url else "",
        on_space=on_space,
        database_url=parse_database_url(url_name, database_url) if database_url else "",
        journal_mode=parse_journal_mode(mode_name, journal_mode) if journal_mode else "wal",
        allowed_origins=parse_origins(origins_name, origins) if origins else (),
        frame_ancestors=parse_origins(frames_name, frames) if frames else Settings.frame_ancestors,
        **read_limits(environ),
    )
