"""What the environment decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.errors import UserError, shown


class SettingError(UserError):
    """An environment variable holds what it cannot."""

    code = "invalid_setting"


@dataclass(frozen=True)
class Settings:
    """The settings of one start.

    `root_path` is the path under which a proxy serves the app, "" for none; `on_space` tells a Hugging
    Face Space, where every interface is listened on.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    on_space: bool = False


def first_of(environ: Mapping[str, str], *names: str) -> tuple[str, str]:
    """Return name and value of the first variable that is set, or two empty strings."""
    return next(((name, environ[name]) for name in names if environ.get(name)), ("", ""))


def parse_port(name: str, value: str) -> int:
    """Return a port; raise SettingError for what is none."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65_536):
        raise SettingError(f"{name} is {shown(value)}; give a port from 1 to 65535.")
    return int(value)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; raise SettingError for a bad one.

    Each variable of our own falls back to Gradio's, which Spaces and Gradio's command line set.
    """
    on_space = bool(environ.get("SPACE_ID"))
    _, host = first_of(environ, "SECOND_OPINION_HOST", "GRADIO_SERVER_NAME")
    port_name, port = first_of(environ, "SECOND_OPINION_PORT", "GRADIO_SERVER_PORT")
    _, root_path = first_of(environ, "SECOND_OPINION_ROOT_PATH", "GRADIO_ROOT_PATH")
    return Settings(
        host=host or ("0.0.0.0" if on_space else Settings.host),
        port=parse_port(port_name, port) if port else Settings.port,
        root_path=root_path,
        on_space=on_space,
    )
