"""Opening a session with a list of cases, from the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.render.links import session_link
from demo.sessions.case_choice import CaseChoice, choose_cases
from demo.sessions.case_list import (
    CaseList,
    CaseListError,
    guess_columns,
    known_cases,
    read_table,
    to_cases,
)
from demo.sessions.model import Session, check_plan
from demo.sessions.service import SessionService
from models.errors import shown
from models.registry import LoadedModel


@dataclass(frozen=True)
class Source:
    """Where the cases come from: a file, the model's own data, or nowhere; and which of them to take.

    `columns` are written as "field=column" and go before what is guessed; `context` are those shown beside
    each case, None for all others.
    """

    path: Path | None = None
    own_data: bool = False
    columns: tuple[str, ...] = ()
    context: tuple[str, ...] | None = None
    how: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class Opened:
    """A session that was opened, the links to it, and the cases that it began with if it has a list."""

    session: Session
    reviewer_url: str
    facilitator_url: str
    facilitator_token: str
    choice: CaseChoice | None

    def describe(self) -> dict[str, Any]:
        """Return what REST answers, and which lines were left out."""
        rejected = self.choice.rejected if self.choice else []
        return {
            "code": self.session.code,
            "reviewer_url": self.reviewer_url,
            "facilitator_url": self.facilitator_url,
            "facilitator_token": self.facilitator_token,
            "n_cases": len(self.choice.cases) if self.choice else 0,
            "rejected": [vars(each) for each in rejected],
        }


def open_listed(
    service: SessionService, asked: Mapping[str, Any], source: Source, base: str
) -> Opened:
    """Open a session with the cases of a source; raise CaseListError, InvalidSession and the like."""
    plan = check_plan(asked)
    choice = choose_from(service.catalogue[plan.model], source)
    session, token = service.open_session(plan, choice.cases if choice else [])
    return Opened(
        session,
        session_link(base, session.code),
        session_link(base, session.code, facilitator=token),
        token,
        choice,
    )


def choose_from(model: LoadedModel, source: Source) -> CaseChoice | None:
    """Return the chosen cases of a source, or None if it names none."""
    if source.path and source.own_data:
        raise CaseListError("Cases come from a file or from the model's own data; choose one.")
    if not (source.path or source.own_data):
        if source.columns or source.context or source.how or source.size is not None:
            raise CaseListError("There are no cases to choose from; name a file with --cases.")
        return None
    how = source.how or ("all" if source.size is None else "mix")
    if how == "all" and source.size is not None:
        raise CaseListError("--size does not go with all cases; choose unsure, random or mix.")
    return choose_cases(model, list_from(model, source), how, source.size)


def list_from(model: LoadedModel, source: Source) -> CaseList:
    """Return the cases of a source before any choice."""
    if source.path is None:
        return known_cases(model)
    table = read_table(source.path, source.path.name)
    named = read_columns(source.columns, (*model.spec.field_names, "label"))
    guess = guess_columns(table, model.spec)
    free = {field: column for field, column in guess.items() if column not in named.values()}
    context = source.context and tuple(filter(None, source.context))
    return to_cases(table, model.spec, free | named, context)


def read_columns(columns: Iterable[str], fields: Iterable[str]) -> dict[str, str | None]:
    """Return the column of each field that is named; "label=" leaves one out."""
    named: dict[str, str | None] = {}
    for each in columns:
        field, equals, column = each.partition("=")
        if not equals or field not in fields:
            raise CaseListError(
                f"--column is {shown(each)}; write FIELD=COLUMN, with one of these fields: "
                f"{', '.join(fields)}."
            )
        named[field] = column or None
    return named
