"""New sessions with their checked case lists, before they are stored."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from demo.sessions.case_context import clean_context
from demo.sessions.codes import new_code, new_token, standing_code, token_hash
from demo.sessions.errors import InvalidSession
from demo.sessions.model import MOST_CASES, Plan, Session, now
from demo.sessions.text import check_choice
from models.predict import name_index, validate_record
from models.registry import LoadedModel, ModelCatalogue
from models.spec import Record

STANDING_TITLE = "Open feedback"


class NewCase(NamedTuple):
    """A case of a list: its input, the label that is known to be right if any, and what stands beside it."""

    record: Record
    true_label: str | None = None
    context: Mapping[str, str] = {}


# A context may be left out.
Listed = NewCase | tuple[Record, str | None]


def new_session(plan: Plan, model: LoadedModel, facilitator_hash: str) -> Session:
    sha256 = str(model.metadata["sha256"])
    return Session(0, new_code(), plan, sha256, facilitator_hash, False, now())


def standing_session(code: str, catalogue: ModelCatalogue) -> Session | None:
    """Return the standing session that has a code and takes the open feedback on a model, or None."""
    for name, model in catalogue.loaded.items():
        if standing_code(name) == code:
            plan = Plan(f"{STANDING_TITLE}: {model.spec.title}", model=name, anonymous=True)
            sha256 = str(model.metadata["sha256"])
            # Nobody knows this token; `python -m demo sessions link` makes a new one when it is needed.
            return Session(0, code, plan, sha256, token_hash(new_token()), True, now())
    return None


def check_list(plan: Plan, model: LoadedModel, records: Sequence[Listed]) -> list[NewCase]:
    """Return the case list of a session, each record parsed.

    Raises InvalidRecord for the first bad case, and InvalidSession for a label that is not a class, for
    too many cases, or if there is nothing to judge.
    """
    if not records and not plan.open_floor:
        raise InvalidSession(
            "The session has no cases and no open floor; give it one of them.", "cases"
        )
    if len(records) > MOST_CASES:
        raise InvalidSession(
            f"{len(records):,} cases came; a session takes at most {MOST_CASES:,}.", "cases"
        )
    checked: list[NewCase] = []
    for index, listed in enumerate(records):
        record, true_label, context = NewCase(*listed)
        if true_label is not None:
            check_choice(true_label, model.spec.classes, "cases")
        with name_index(index):
            parsed = validate_record(model.spec, record)
        checked.append(NewCase(parsed, true_label, clean_context(context)))
    return checked
