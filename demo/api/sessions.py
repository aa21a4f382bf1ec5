"""The REST routes of review sessions: the same service as the page's, for programs."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from demo.address import Address
from demo.api import board_schema
from demo.api import session_schema as schema
from demo.api.answers import (
    Answer,
    describe_reviewer,
    describe_verdict,
    describe_view,
)
from demo.api.deps import check_fields, code_of, in_thread, read_fields, read_json, read_token
from demo.api.predictions import JsonAnswer, PlainRoute
from demo.render.links import session_link
from demo.report.report import report
from demo.sessions.errors import InvalidSession, InvalidVerdict
from demo.sessions.model import Plan, VerdictInput, check_plan, check_signature
from demo.sessions.service import SessionService
from demo.sessions.text import case_number, check_choice
from models.errors import InvalidRecord, shown
from models.spec import Record

PLAN_FIELDS = tuple(item.name for item in fields(Plan) if item.name != "title")


def add_session_api(app: FastAPI, service: SessionService) -> None:
    """Add the routes of review sessions to the app."""
    router = app.router
    router.route_class = PlainRoute
    add_opening_routes(router, service)
    add_case_routes(router, service)
    add_verdict_route(router, service)
    add_board_routes(router, service)


def add_opening_routes(router: APIRouter, service: SessionService) -> None:
    """Add the routes that open a session, and that let a reviewer in."""

    @router.post("/api/sessions", status_code=201, **schema.open_session(service.catalogue.specs))
    async def open_session(request: Request) -> JsonAnswer:
        body = read_fields(
            await read_json(request),
            *("title", "cases", *PLAN_FIELDS),
            error=InvalidSession,
        )
        base = base_of(request, service.address)
        return JsonAnswer(await in_thread(opened, service, body, base), 201)

    @router.post("/api/sessions/{code}/reviewers", status_code=201, **schema.join())
    async def join(request: Request) -> JsonAnswer:
        body = check_fields(await read_json(request), "name", error=InvalidSession)
        base = base_of(request, service.address)
        answer = await in_thread(joined, service, code_of(request), body.get("name", ""), base)
        return JsonAnswer(answer, 201)


def add_case_routes(router: APIRouter, service: SessionService) -> None:
    """Add the routes that hand out cases, and that take a reviewer's own."""

    @router.get("/api/sessions/{code}/cases/next", **schema.next_case())
    async def next_case(request: Request) -> JsonAnswer:
        token, after = read_token(request), request.query_params.get("after")
        place = None if after is None else case_number(after)
        return JsonAnswer(await in_thread(next_view, service, code_of(request), token, place))

    @router.get("/api/sessions/{code}/cases/{case}", **schema.one_case())
    async def one_case(request: Request) -> JsonAnswer:
        token, case = read_token(request), case_of(request)
        return JsonAnswer(await in_thread(one_view, service, code_of(request), token, case))

    @router.post(
        "/api/sessions/{code}/cases", status_code=201, **schema.add_case(service.catalogue.specs)
    )
    async def add_case(request: Request) -> JsonAnswer:
        token = read_token(request)
        record = read_fields(await read_json(request), "record")["record"]
        return JsonAnswer(await in_thread(added, service, code_of(request), token, record), 201)


def add_verdict_route(router: APIRouter, service: SessionService) -> None:
    """Add the route that takes verdicts."""

    @router.put(
        "/api/sessions/{code}/cases/{case}/verdict", **schema.put_verdict(service.catalogue.specs)
    )
    async def put_verdict(request: Request) -> JsonAnswer:
        token, case = read_token(request), case_of(request)
        body = check_fields(
            await read_json(request),
            *("verdict", "label", "blind_label", "comment"),
            error=InvalidVerdict,
        )
        said = {name: value for name, value in body.items() if value is not None}
        answer = await in_thread(
            judged, service, code_of(request), token, case, VerdictInput(**said)
        )
        return JsonAnswer(answer)


def base_of(request: Request, address: Address) -> str:
    """Return where whoever sends the request reaches the app."""
    return address.base(f"{request.url.scheme}://{request.url.netloc}")


def case_of(request: Request) -> int:
    """Return the number of the case in a request's path; raise UnknownCase for what is none."""
    return case_number(str(request.path_params["case"]))


def opened(service: SessionService, body: Mapping[str, Any], base: str) -> Answer:
    """Open a session, and return its links."""
    plan = check_plan({name: value for name, value in body.items() if name != "cases"})
    try:
        session, token = service.open_session(plan, [(record, None) for record in read_cases(body)])
    except InvalidRecord as error:
        field = error.field.replace("records", "cases", 1) if error.field else None
        raise InvalidRecord(error.message, field) from error
    return {
        "code": session.code,
        "reviewer_url": session_link(base, session.code),
        "facilitator_url": session_link(base, session.code, facilitator=token),
        "facilitator_token": token,
    }


def read_cases(body: Mapping[str, Any]) -> list[Record]:
    """Return the records of a session's case list, unchecked; raise InvalidSession if it is no list."""
    cases = body.get("cases")
    if cases is None:
        return []
    if not isinstance(cases, list):
        raise InvalidSession(f"cases must be a list of records, but {shown(cases)} came.", "cases")
    return cases


def joined(service: SessionService, code: str, name: object, base: str) -> Answer:
    """Let a reviewer in, and return who they are and what leads back."""
    participant, token = service.join(code, name)
    return {
        "reviewer": describe_reviewer(participant.reviewer),
        "reviewer_token": token,
        "reviewer_url": session_link(base, participant.session.code, reviewer=token),
    }


def next_view(service: SessionService, code: str, token: str, after: int | None) -> Answer:
    """Return the reviewer's next case."""
    participant = service.participant(code, token)
    case_view = service.next_view(participant, after)
    return describe_view(case_view, case_view or service.progress(participant))


def one_view(service: SessionService, code: str, token: str, case: int) -> Answer:
    """Return a case of the reviewer."""
    participant = service.participant(code, token)
    case_view = service.case_view(participant, case)
    return describe_view(case_view, case_view)


def added(service: SessionService, code: str, token: str, record: object) -> Answer:
    """Store an input of the reviewer's own, and return it as a case."""
    participant = service.participant(code, token)
    case_view = service.case_view(participant, service.try_case(participant, record).id)
    return describe_view(case_view, case_view)


def judged(
    service: SessionService, code: str, token: str, case: int, verdict_input: VerdictInput
) -> Answer:
    """Store a verdict, and return its row; after a first label alone, with the answer it reveals."""
    participant = service.participant(code, token)
    verdict = service.judge(participant, case, verdict_input)
    row = describe_verdict(verdict)
    if verdict.verdict_input.verdict is None:
        row |= service.answers.answer(participant.model, verdict.answered.record).describe()
    return row


MEDIA_TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
# Nothing that people typed may run, wherever the report is opened from.
REPORT_HEADERS = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    ),
}


def add_board_routes(router: APIRouter, service: SessionService) -> None:
    """Add what a facilitator asks of a session, and its report."""

    @router.get("/api/sessions/{code}", **board_schema.board())
    async def board(request: Request) -> JsonAnswer:
        token = read_token(request)
        return JsonAnswer(await in_thread(described, service, code_of(request), token))

    @router.post("/api/sessions/{code}/close", **board_schema.close())
    async def close(request: Request) -> JsonAnswer:
        token = read_token(request)
        body = check_fields(
            await read_json(request), "decision", "reasons", "signed_by", error=InvalidSession
        )
        return JsonAnswer(await in_thread(closed, service, code_of(request), token, body))

    @router.get("/api/sessions/{code}/report", **board_schema.report())
    async def send_report(request: Request) -> Response:
        # A browser that follows a link sends no header; the link then carries the token.
        token = request.query_params.get("token") or read_token(request)
        kind = request.query_params.get("format", "html")
        check_choice(kind, tuple(MEDIA_TYPES), "format")
        code, content = await in_thread(reported, service, code_of(request), token, kind)
        placed = "inline" if kind == "html" else "attachment"
        name = f'{placed}; filename="session-{code}.{kind}"'
        headers = REPORT_HEADERS | {"Content-Disposition": name}
        return Response(content, headers=headers, media_type=MEDIA_TYPES[kind])


def described(service: SessionService, code: str, token: str) -> Answer:
    """Return a session with its board to the facilitator."""
    # It needs what a start does not.
    from demo.sessions.board import board

    session = service.facilitated(code, token)
    return session.describe() | board(service, session).describe()


def closed(service: SessionService, code: str, token: str, body: Mapping[str, Any]) -> Answer:
    """Close a session under a signature, and return it."""
    session = service.facilitated(code, token)
    signature = check_signature(body.get("decision"), body.get("reasons"), body.get("signed_by"))
    return service.close(session, signature).describe()


def reported(service: SessionService, code: str, token: str, kind: str) -> tuple[str, str]:
    """Return the code and the report of a session to its facilitator, or to one of its reviewers."""
    session = service.session_for_report(code, token)
    return session.code, report(service, session, kind)
