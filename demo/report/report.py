"""The report of a closed session: one document, as a page that opens anywhere, as JSON and as CSV.

The JSON is made first; page and CSV are made from the stored JSON, so that they agree even if the app
was restarted in between with another model or template.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from demo.report.document import Document, build_document, case_entries, classes_of
from demo.report.seal import Verification, check, seal
from demo.report.sheets import write_sheet
from demo.sessions.errors import SessionOpen
from demo.sessions.model import Session
from demo.sessions.service import SessionService
from demo.sessions.text import check_choice

__all__ = ["KINDS", "Verification", "report", "verdicts_csv", "verdicts_json", "verify_report"]


def page_of(document: Document) -> str:
    from demo.report.page import write_page

    return seal(write_page(document))


def sheet_of(document: Document) -> str:
    """Return every verdict of a document as CSV."""
    return write_sheet(document["session"], document["model"]["classes"], document["cases"])


MADE_OF_DOCUMENT: Mapping[str, Callable[[Document], str]] = {"html": page_of, "csv": sheet_of}
KINDS = ("html", "json", "csv")


def report(service: SessionService, session: Session, kind: str) -> str:
    """Return the report of a closed session as "html", "json" or "csv", the same every time.

    It is made when first asked for. Raises SessionOpen while the session is open, and InvalidSession
    for another kind.
    """
    check_choice(kind, KINDS, "format")
    if not session.closed_at:
        ending = (
            "Open feedback is never closed; export its verdicts instead."
            if session.standing
            else "The facilitator closes the session; then its report is here."
        )
        raise SessionOpen(f"This session is still open, so there is no report yet. {ending}")
    kept = service.queries.report(session, kind)
    if kept is not None:
        return kept
    if kind == "json":
        made = seal(write_json(build_document(service, session)))
    else:
        made = MADE_OF_DOCUMENT[kind](json.loads(report(service, session, "json")))
    return service.keep_report(session, kind, made)


def verify_report(content: str | bytes) -> Verification:
    """Tell whether a page or a JSON file is as it was made; of a file, give the bytes.

    Anyone who changes a file can also seal it again: only a comparison with the stored report shows
    whether it is genuine.
    """
    return check(content)


def verdicts_csv(service: SessionService, session: Session) -> str:
    """Return every verdict so far as CSV, of an open session as well."""
    entries = entries_of(service, session)
    return write_sheet(session.code, classes_of(service, session, entries), entries)


def verdicts_json(service: SessionService, session: Session) -> str:
    """Return every case with its verdicts so far as JSON, of an open session as well."""
    return write_json({"session": session.code, "cases": entries_of(service, session)})


def entries_of(service: SessionService, session: Session) -> list[dict[str, Any]]:
    """Return the cases of a session as they stand now."""
    queries = service.queries
    return case_entries(
        queries.cases(session), queries.verdicts(session), queries.reviewers(session)
    )


def write_json(content: Mapping[str, Any]) -> str:
    """Return content as JSON with a line for each part, and for each item of its lists."""
    parts = (f" {as_json(name)}: {part_lines(value)}" for name, value in content.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def part_lines(value: Any) -> str:
    """Return a part as JSON, the items of a list of objects on lines of their own."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return as_json(value)
    return "[\n  " + ",\n  ".join(map(as_json, value)) + "\n ]"


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
