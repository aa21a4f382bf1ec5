"""Report files on this machine: written as they were made, and checked against the database."""

from pathlib import Path

from demo.report.report import verify_report
from demo.sessions.errors import UnknownSession
from demo.sessions.service import SessionService
from models.errors import UserError, shown


class FileError(UserError):
    """A file cannot be read or written."""

    code = "file"


class NotTheReport(UserError):
    """A file is not the report that the database has."""

    code = "not_the_report"


def write_file(content: str, path: Path) -> None:
    """Write a file byte by byte as it was made; raise FileError if that is not possible."""
    try:
        path.write_bytes(content.encode())
    except OSError as error:
        raise FileError(
            f"{shown(str(path))} cannot be written ({error.strerror}); name another file."
        ) from error


def check_report(service: SessionService, path: Path) -> str:
    """Return that a report is genuine, in words; raise NotTheReport if it differs from the stored one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(
            f"{shown(str(path))} cannot be read ({error.strerror}); name a report's file."
        ) from error
    found = verify_report(content)
    if not found.unchanged:
        raise NotTheReport(found.message)
    stored = stored_reports(service, found.code)
    if not stored:
        raise NotTheReport(
            f"{found.message} But this database has no report of the session {found.code or 'it names'}, "
            "so it cannot tell whether somebody sealed it anew; ask where the session was held."
        )
    if content not in stored:
        raise NotTheReport(
            f"{found.message} But the database has another report of the session {found.code}: "
            "somebody sealed this one anew."
        )
    return f"{found.message} The database has the same report of the session {found.code}."


def stored_reports(service: SessionService, code: str) -> list[bytes]:
    """Return the reports of a session that carry a hash, as they are stored."""
    try:
        session = service.queries.session(code)
    except UnknownSession:
        return []
    kept = (service.queries.report(session, kind) for kind in ("html", "json"))
    return [report.encode() for report in kept if report is not None]
