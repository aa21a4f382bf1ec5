"""What the environment decides."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from models.errors import UserError, shown


class SettingError(UserError):
    """An environment variable holds what it cannot."""

    code = "invalid_setting"


PREFIX = "SECOND_OPINION_"
# Those that need no shared memory are for folders without reliable locks.
JOURNAL_MODES = ("wal", "delete", "truncate", "persist")
JOURNAL_MODE = f"(?i-u)^({'|'.join(JOURNAL_MODES)})$"
# Scheme, host, port and path; no user, query or fragment.
ADDRESS = r"(?i-u)^https?://([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?(/[\w.~%/-]*)?$"
DATABASE = r"(?s)^(sqlite|postgresql|postgresql\+psycopg|postgres)://.*[^/]"
ORIGIN = r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?$"
# What to do about a variable that holds something else.
ADVICE = {
    "port": "give a port from 1 to 65535",
    "public_url": "give the address of the page, such as https://example.org/opinion",
    "database_url": "give a URL such as sqlite:////data/reviews.db or postgresql://user:password@host/name",
    "journal_mode": f"choose one of: {', '.join(JOURNAL_MODES)}",
    "allowed_origins": "list origins such as https://example.org, or write none",
    "frame_ancestors": "list origins such as https://example.org, or write none",
}


def check_digits(value: object) -> object:
    """Return a number; raise ValueError if there are signs or spaces in it, which `int` would take."""
    if not re.fullmatch("[0-9]+", str(value)):
        raise ValueError
    return value


Flag = Annotated[bool, BeforeValidator(bool)]
Whole = Annotated[int, BeforeValidator(check_digits)]
PublicUrl = Annotated[str, Field(pattern=ADDRESS), AfterValidator(lambda url: url.rstrip("/"))]
Origins = tuple[Annotated[str, Field(pattern=ORIGIN)], ...]


def limit(default: int, low: int, high: int) -> Any:
    """Return the field of a limit: a whole number from `low` to `high`."""
    advice = f"give a whole number from {low:,} to {high:,}"
    return Field(default, ge=low, le=high, description=advice)


class Settings(BaseSettings):
    """The settings of one start.

    `on_space` tells a Hugging Face Space, where every interface is listened on. `root_path` is the path
    under which a proxy serves the app, "" for none; `public_url` is where people reach it, "" for the
    address that each of them uses. `database_url` names the database of the review sessions, "" for a file
    in the user's data folder; `journal_mode` is SQLite's. Pages of the `allowed_origins` may call the app,
    and those of the `frame_ancestors` may show it in a frame. `models` are sources of models to bring along.

    Then come limits, of which README's table of settings tells more.
    """

    model_config = SettingsConfigDict(
        alias_generator=lambda name: PREFIX + name.upper(),
        case_sensitive=True,
        env_prefix=PREFIX,
        frozen=True,
        loc_by_alias=False,
        populate_by_name=True,
        validate_default=False,
    )

    on_space: Flag = Field(default=False, validation_alias="SPACE_ID")
    # Spaces and Gradio's command line set Gradio's variables.
    host: str = Field(
        default_factory=lambda known: "0.0.0.0" if known["on_space"] else "127.0.0.1",
        validation_alias=AliasChoices("SECOND_OPINION_HOST", "GRADIO_SERVER_NAME"),
    )
    port: Annotated[Whole, Field(ge=1, le=65_535)] = Field(
        default=7860, validation_alias=AliasChoices("SECOND_OPINION_PORT", "GRADIO_SERVER_PORT")
    )
    root_path: str = Field(
        default="", validation_alias=AliasChoices("SECOND_OPINION_ROOT_PATH", "GRADIO_ROOT_PATH")
    )
    public_url: PublicUrl = ""
    database_url: Annotated[str, Field(pattern=DATABASE, repr=False)] = ""
    journal_mode: Annotated[str, Field(pattern=JOURNAL_MODE), AfterValidator(str.lower)] = "wal"
    allowed_origins: Origins = ()
    frame_ancestors: Origins = ("https://huggingface.co",)
    models: tuple[str, ...] = ()
    max_body_mb: Whole = limit(1, 1, 1_000)
    max_upload_mb: Whole = limit(20, 1, 10_000)
    max_uploads_mb: Whole = limit(500, 1, 1_000_000)
    max_connections: Whole = limit(1_000, 10, 100_000)
    max_page_states: Whole = limit(200, 1, 100_000)
    request_timeout_s: Whole = limit(20, 1, 3_600)
    max_sessions_per_hour: Whole = limit(300, 1, 1_000_000)
    max_joins_per_hour: Whole = limit(1_000, 1, 1_000_000)
    max_reviewers: Whole = limit(2_000, 1, 1_000_000)
    max_inputs: Whole = limit(10_000, 1, 1_000_000)
    max_reviewer_inputs: Whole = limit(500, 1, 1_000_000)
    max_explained_characters: Whole = limit(50_000, 1_000, 100_000_000)

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[Any, ...]:
        """Take what is given alone: `read_settings` gives what the environment holds."""
        return (sources["init_settings"],)


class Variables(EnvSettingsSource):
    """The settings that a mapping holds; an empty variable counts as not set."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name: value for name, value in environ.items() if value}

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: str) -> list[str]:
        """Return the entries of a list; of origins, nothing for "none"."""
        if field_name == "models":
            return [part.strip() for part in re.split(r"[,\n]", value) if part.strip()]
        origins = value.lower().replace(",", " ").split()
        return [] if origins == ["none"] else origins

    def refuse(self, error: ErrorDetails) -> SettingError:
        """Return what came and what to do; of a database's URL, which may hold a password, the scheme."""
        name, *item = map(str, error["loc"])
        field = Settings.model_fields[name]
        value, variable, _ = self.get_field_value(field, name)
        came = f"names {shown(error['input'])}" if item else f"is {shown(value)}"
        if name == "database_url":
            scheme, found, _ = value.partition("://")
            came = f"begins with {shown(scheme if found else value[:12])}"
        return SettingError(f"{variable} {came}; {field.description or ADVICE[name]}.")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; raise SettingError for a bad one."""
    variables = Variables(environ)
    try:
        return Settings(**variables())
    except ValidationError as error:
        raise variables.refuse(error.errors()[0]) from None
