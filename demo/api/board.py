"""The REST routes of a session's board: its figures, its end and its report."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from demo.api import board_schema as schema
from demo.api.answers import Answer
from demo.api.body import check_fields, code_of, read_json, read_token
from demo.api.routes import JsonAnswer
from demo.api.threads import in_thread
from demo.codes import token_hash
from demo.desk import ReviewDesk
from demo.report import report
from demo.review_errors import InvalidReview, NotAllowed
from demo.review_text import check_choice
from demo.reviews import Review, check_signature

MEDIA_TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
# Nothing that people typed may run, wherever the report is opened from.
REPORT_HEADERS = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    ),
}


def add_board_routes(router: APIRouter, desk: ReviewDesk) -> None:
    """Add what a facilitator asks of a session, and its report."""

    @router.get("/api/reviews/{code}", **schema.board())
    async def board(request: Request) -> JsonAnswer:
        token = read_token(request)
        return JsonAnswer(await in_thread(described, desk, code_of(request), token))

    @router.post("/api/reviews/{code}/close", **schema.close())
    async def close(request: Request) -> JsonAnswer:
        token = read_token(request)
        body = check_fields(
            await read_json(request), "decision", "reasons", "signed_by", error=InvalidReview
        )
        return JsonAnswer(await in_thread(closed, desk, code_of(request), token, body))

    @router.get("/api/reviews/{code}/report", **schema.report())
    async def send_report(request: Request) -> Response:
        # A browser that follows a link sends no header; the link then carries the token.
        token = request.query_params.get("token") or read_token(request)
        kind = request.query_params.get("format", "html")
        check_choice(kind, tuple(MEDIA_TYPES), "format")
        code, content = await in_thread(reported, desk, code_of(request), token, kind)
        placed = "inline" if kind == "html" else "attachment"
        name = f'{placed}; filename="review-{code}.{kind}"'
        headers = REPORT_HEADERS | {"Content-Disposition": name}
        return Response(content, headers=headers, media_type=MEDIA_TYPES[kind])


def described(desk: ReviewDesk, code: str, token: str) -> Answer:
    """Return a session with its board to the facilitator."""
    # It needs what a start does not.
    from demo.figures.board import board

    review = desk.facilitated(code, token)
    return review.describe() | board(desk, review).describe()


def closed(desk: ReviewDesk, code: str, token: str, body: Mapping[str, Any]) -> Answer:
    """Freeze a session under its signature, and return it."""
    review = desk.facilitated(code, token)
    signature = check_signature(body.get("decision"), body.get("reasons"), body.get("signed_by"))
    ended = desk.close(review, signature)
    # Made now, while the model that was judged is the one that runs.
    report(desk, ended, "html")
    return ended.describe()


def reported(desk: ReviewDesk, code: str, token: str, kind: str) -> tuple[str, str]:
    """Return the code and the report of a session to its facilitator, or to one of its reviewers."""
    review = readable(desk, code, token)
    return review.code, report(desk, review, kind)


def readable(desk: ReviewDesk, code: str, token: str) -> Review:
    """Return a session to those who took part in it; raise NotAllowed for anybody else."""
    review, bearer = desk.review(code), token_hash(token)
    if bearer != review.facilitator_hash and desk.store.reviewer(review, bearer) is None:
        raise NotAllowed(
            "The report is for those who took part; send the token of the facilitator or of a reviewer "
            "of this session."
        )
    return review
