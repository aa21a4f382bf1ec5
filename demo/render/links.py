"""The address bar: a page's inputs as a query string, and back."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from demo.address import Address
from models.errors import InvalidRecord, UnknownModel, shown
from models.spec import ModelSpec, Record, Value

if TYPE_CHECKING:
    from demo.settings import Settings

# Proxies in front of an app commonly take request lines of 8 kB.
LONGEST_QUERY = 6_000
MODELS_TAB = "models"
SESSIONS_TAB = "sessions"


@dataclass(frozen=True)
class Link:
    """What a page opens with: a tab, a model of it, values for its fields, and what was wrong."""

    tab: str
    model: str
    record: dict[str, Value] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def slug(subject: str) -> str:
    """Return the name of a subject's tab in links and in the API."""
    return re.sub(r"\W+", "_", subject.lower(), flags=re.ASCII).strip("_") or "model"


def group_by_subject(specs: Iterable[ModelSpec]) -> dict[str, list[ModelSpec]]:
    """Return the specs by the slug of their subject, in order."""
    groups: dict[str, list[ModelSpec]] = {}
    for spec in specs:
        groups.setdefault(slug(spec.subject), []).append(spec)
    return groups


def query_values(spec: ModelSpec, record: Record) -> dict[str, str]:
    """Return the values of a record as a query writes them; what may be missing is named as such.

    Without that name a link would bring what a form starts with.
    """
    return {
        field.name: written(record[field.name])
        for field in spec.fields
        if record.get(field.name) not in (None, "") or (field.name in record and field.may_miss)
    }


def written(value: Value) -> str:
    if value is None:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def write_query(spec: ModelSpec, record: Record) -> str | None:
    """Return the query string that opens the page with this record, or None if it is too long."""
    pairs = {"tab": slug(spec.subject), "model": spec.name} | query_values(spec, record)
    query = "?" + urlencode(pairs, errors="backslashreplace")
    return query if len(query) <= LONGEST_QUERY else None


def page_query(name: str = "") -> str:
    """Return the query string of the overview of all models, or of one model's page."""
    return "?" + urlencode({"tab": MODELS_TAB} | ({"model": name} if name else {}))


def read_query(
    query: Mapping[str, str], specs: Iterable[ModelSpec], described: Collection[str]
) -> Link:
    """Return what a query string asks for; what is wrong in it is left out, with a notice.

    `described` are the names of all models that have a page, the unavailable among them.
    """
    groups = group_by_subject(specs)
    tab, notices = read_choice(query, "tab", [*groups, SESSIONS_TAB, MODELS_TAB], [])
    if tab == SESSIONS_TAB:
        return Link(tab, "", notices=tuple(notices))
    if tab == MODELS_TAB:
        return read_page_query(query.get("model", ""), described)
    by_name = {spec.name: spec for spec in groups[tab]}
    model, notices = read_choice(query, "model", list(by_name), notices)
    record: dict[str, Value] = {}
    for spec_field in by_name[model].fields:
        if spec_field.name not in query:
            continue
        try:
            value = spec_field.from_text(query[spec_field.name])
            record[spec_field.name] = spec_field.parse(value)
        except InvalidRecord as error:
            notices.append(f"{error.message} The link's value was left out.")
    return Link(tab, model, record, tuple(notices))


def read_page_query(name: str, described: Collection[str]) -> Link:
    """Return the link to a model's page; to the overview for no name, with a notice for an unknown one."""
    if not name or name in described:
        return Link(MODELS_TAB, name)
    return Link(MODELS_TAB, "", notices=(UnknownModel(name, described).message,))


def read_choice(
    query: Mapping[str, str], name: str, allowed: list[str], notices: list[str]
) -> tuple[str, list[str]]:
    """Return one of the allowed values, the first by default, and the notices so far."""
    value = query.get(name, allowed[0])
    if value in allowed:
        return value, notices
    notice = (
        f"The link asks for the {name} {shown(value)}, which does not exist; "
        f"{allowed[0]} is shown instead."
    )
    return allowed[0], [*notices, notice]


def session_query(code: str, *, reviewer: str = "", facilitator: str = "") -> str:
    """Return the query string that opens a review session: for all, for one reviewer, or its board."""
    tokens = {"as": reviewer, "facilitator": facilitator}
    return "?" + urlencode(
        {"session": code} | {name: token for name, token in tokens.items() if token}
    )


def session_link(base: str, code: str, *, reviewer: str = "", facilitator: str = "") -> str:
    """Return the whole link behind `session_query`; `base` is where the app is, with or without a slash."""
    return base.rstrip("/") + "/" + session_query(code, reviewer=reviewer, facilitator=facilitator)


def local_address(settings: "Settings") -> str:
    """Return the address to open in a browser on this machine."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    origin = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    return Address(root_path=settings.root_path).base(origin)
