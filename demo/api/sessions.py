"""The REST routes of review sessions: the same service as the page's, for programs."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query
from fastapi.responses import Response
from pydantic import SkipValidation

from demo.api.deps import (
    Base,
    Case,
    CaseNumber,
    Code,
    FacilitatorToken,
    ReportToken,
    ReviewerToken,
    Service,
    TypedRoute,
)
from demo.api.errors import describe_errors
from demo.api.examples import add_examples
from demo.api.schemas import (
    BoardAnswer,
    CaseRequest,
    CaseViewAnswer,
    CloseRequest,
    JoinAnswer,
    JoinRequest,
    Object,
    PlanRequest,
    SessionAnswer,
    SessionLinks,
    StateAnswer,
    VerdictAnswer,
    VerdictRequest,
)
from demo.render.links import session_link
from demo.report.report import report
from demo.sessions.errors import InvalidSession
from demo.sessions.model import VerdictInput, check_plan, check_signature
from demo.sessions.service import SessionService
from models.errors import InvalidRecord, shown
from models.spec import Record

PREFIX = "/api/sessions"
READING, WRITING = (404, 405, 503), (400, 404, 405, 413, 415, 422, 503, 507)
SIGNED_IN = (401, 403)
MEDIA_TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
# Nothing that people typed may run, wherever the report is opened from.
REPORT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

router = APIRouter(prefix=PREFIX, tags=["review sessions"], route_class=TypedRoute)


@router.post(
    "",
    status_code=201,
    summary="Open a session",
    response_model=SessionLinks,
    responses=describe_errors(*WRITING, 429),
)
def open_session(body: PlanRequest, service: Service, base: Base) -> Object:
    """Send `reviewer_url` to the reviewers. Keep the facilitator's link and token: they are shown this once."""
    asked = body.sent
    cases = read_cases(asked.pop("cases", None))
    plan = check_plan(asked)
    try:
        session, token = service.open_session(plan, [(record, None) for record in cases])
    except InvalidRecord as error:
        field = error.field.replace("records", "cases", 1) if error.field else None
        raise InvalidRecord(error.message, field) from error
    return {
        "code": session.code,
        "reviewer_url": session_link(base, session.code),
        "facilitator_url": session_link(base, session.code, facilitator=token),
        "facilitator_token": token,
    }


def read_cases(cases: Any) -> list[Record]:
    """Return the records of a case list, unchecked; raise InvalidSession if it is no list."""
    if cases is None:
        return []
    if not isinstance(cases, list):
        raise InvalidSession(f"cases must be a list of records, but {shown(cases)} came.", "cases")
    return cases


@router.post(
    "/{code}/reviewers",
    status_code=201,
    summary="Join a session",
    response_model=JoinAnswer,
    responses=describe_errors(*WRITING, 409, 429),
)
def join(code: Code, body: JoinRequest, service: Service, base: Base) -> Object:
    """The token goes along as `Authorization: Bearer ...` from then on.

    A second Anna becomes “Anna (2)”. The name may be left out where the session takes anonymous reviewers.
    """
    participant, token = service.join(code, body.name)
    reviewer = participant.reviewer
    return {
        "reviewer": {"id": reviewer.id, "name": reviewer.name},
        "reviewer_token": token,
        "reviewer_url": session_link(base, participant.session.code, reviewer=token),
    }


@router.get(
    "/{code}/cases/next",
    summary="The next case",
    response_model=CaseViewAnswer,
    response_model_exclude_unset=True,
    responses=describe_errors(*READING, *SIGNED_IN, 409),
)
def find_next_case(
    code: Code,
    token: ReviewerToken,
    service: Service,
    after: Annotated[
        CaseNumber | None,
        Query(description="The case to go on from; what was skipped comes again at the end."),
    ] = None,
) -> Object:
    """The reviewer's next case that is not judged."""
    participant = service.participant(code, token)
    view = service.next_view(participant, after)
    return view.describe() if view else {"case": None} | asdict(service.progress(participant))


@router.get(
    "/{code}/cases/{case}",
    summary="One case",
    response_model=CaseViewAnswer,
    response_model_exclude_unset=True,
    responses=describe_errors(*READING, *SIGNED_IN, 409),
)
def find_case(code: Code, token: ReviewerToken, case: Case, service: Service) -> Object:
    """A case of the reviewer, judged or not."""
    return service.case_view(service.participant(code, token), case).describe()


@router.post(
    "/{code}/cases",
    status_code=201,
    summary="Try an input",
    response_model=CaseViewAnswer,
    response_model_exclude_unset=True,
    responses=describe_errors(*WRITING, *SIGNED_IN, 409, 429),
)
def add_case(code: Code, token: ReviewerToken, body: CaseRequest, service: Service) -> Object:
    """Adds an input of the reviewer's own to their cases, where the floor is open.

    The same one again is the case that is there.
    """
    participant = service.participant(code, token)
    case = service.try_case(participant, body.record)
    return service.case_view(participant, case.id).describe()


@router.put(
    "/{code}/cases/{case}/verdict",
    summary="Give a verdict",
    response_model=VerdictAnswer,
    response_model_exclude_unset=True,
    responses=describe_errors(*WRITING, *SIGNED_IN, 409),
)
def put_verdict(
    code: Code, token: ReviewerToken, case: Case, body: VerdictRequest, service: Service
) -> Object:
    """Takes the place of what the reviewer said of the case before, until the session closes.

    The same request again changes nothing. In a blind session `blind_label` comes first, by itself; then the
    answer has `prediction` and `explanation` as well.
    """
    participant = service.participant(code, token)
    said = {name: value for name, value in body if value is not None}
    verdict = service.judge(participant, case, VerdictInput(**said))
    row = verdict.describe()
    if verdict.verdict_input.verdict is None:
        row |= service.answers.answer(participant.model, verdict.answered.record).describe()
    return row


@router.get(
    "/{code}",
    summary="The board",
    response_model=BoardAnswer,
    responses=describe_errors(*READING, *SIGNED_IN),
)
def show_board(code: Code, token: FacilitatorToken, service: Service) -> Object:
    """The session, how far its reviewers are, and what they said."""
    # It needs what a start does not.
    from demo.sessions.board import board

    return board(service, service.session_for_facilitator(code, token)).describe()


@router.get(
    "/{code}/state",
    summary="Whether it is open",
    response_model=StateAnswer,
    responses=describe_errors(*READING),
)
def show_state(code: Code, service: Service) -> Object:
    """When the session was closed, null while it takes verdicts; for pages that wait for its end."""
    return {"closed_at": service.session(code).closed_at}


@router.post(
    "/{code}/close",
    summary="Close a session",
    response_model=SessionAnswer,
    responses=describe_errors(*WRITING, *SIGNED_IN, 409),
)
def close(code: Code, token: FacilitatorToken, body: CloseRequest, service: Service) -> Object:
    """Takes no verdict from then on, and cannot be undone."""
    session = service.session_for_facilitator(code, token)
    signature = check_signature(body.decision, body.reasons, body.signed_by)
    return service.close(session, signature).describe()


@router.get(
    "/{code}/report",
    summary="The report",
    response_class=Response,
    responses=describe_errors(*READING, *SIGNED_IN, 409, 422, 507)
    | {
        200: {
            "content": {
                "text/html": {"schema": {"type": "string"}},
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
            }
        }
    },
)
def send_report(
    code: Code,
    token: ReportToken,
    service: Service,
    kind: Annotated[
        SkipValidation[Literal["html", "json", "csv"]],
        Query(alias="format", description="What to write it as."),
    ] = "html",
) -> Response:
    """The report of a closed session, which never changes.

    A page that opens anywhere, or every verdict as JSON or CSV. A reviewer's token will do as well.
    """
    session = service.session_for_report(code, token)
    content = report(service, session, kind)
    placed = "inline" if kind == "html" else "attachment"
    headers = {
        "Content-Security-Policy": REPORT_POLICY,
        "Content-Disposition": f'{placed}; filename="session-{session.code}.{kind}"',
    }
    return Response(content, headers=headers, media_type=MEDIA_TYPES[kind])


def add_session_api(app: FastAPI, service: SessionService) -> None:
    """Add the routes of review sessions to the app, and to its OpenAPI what the models make of them."""
    app.state.service = service
    # What is added to the app itself is read in the same way.
    app.router.route_class = TypedRoute
    # Included, each route would be looked for twice.
    app.router.routes += router.routes
    add_examples(app, PREFIX, service.catalogue.specs)
