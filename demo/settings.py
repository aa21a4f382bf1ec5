"""What the environment decides."""

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


def limit(default: int, low: int, high: int) -> Any:
    """Return the field of a limit: a whole number from `low` to `high`, read from a variable of its name."""
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True)
class Settings:
    """The settings of one start.

    `root_path` is the path under which a proxy serves the app, "" for none; `on_space` tells a Hugging
    Face Space, where every interface is listened on. `database_url` names the database of the review
    sessions, "" for a file in the user's data folder; `journal_mode` is SQLite's. Then come the limits:
    of the body of a request, of an uploaded file, and of the texts that are explained for a request.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    on_space: bool = False
    database_url: str = ""
    journal_mode: str = "wal"
    max_body_mb: int = limit(1, 1, 1_000)
    max_upload_mb: int = limit(20, 1, 10_000)
    max_explained_characters: int = limit(50_000, 1_000, 100_000_000)


def first_of(environ: Mapping[str, str], *names: str) -> tuple[str, str]:
    """Return name and value of the first variable that is set, or two empty strings."""
    return next(((name, environ[name]) for name in names if environ.get(name)), ("", ""))


def parse_port(name: str, value: str) -> int:
    """Return a port; raise SettingError for what is none."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65_536):
        raise SettingError(f"{name} is {shown(value)}; give a port from 1 to 65535.")
    return int(value)


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
    url_name, database_url = first_of(environ, "SECOND_OPINION_DATABASE_URL")
    mode_name, journal_mode = first_of(environ, "SECOND_OPINION_JOURNAL_MODE")
    return Settings(
        host=host or ("0.0.0.0" if on_space else Settings.host),
        port=parse_port(port_name, port) if port else Settings.port,
        root_path=root_path,
        on_space=on_space,
        database_url=parse_database_url(url_name, database_url) if database_url else "",
        journal_mode=parse_journal_mode(mode_name, journal_mode) if journal_mode else "wal",
        **read_limits(environ),
    )
