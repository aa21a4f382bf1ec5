import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from demo.access.call_status import CallStatus

RUN = "/gradio_api/run/iris"


def status_of(answer: Response, path: str = RUN) -> int:
    """Return the status under which the middleware lets an answer through."""
    app = Starlette(routes=[Route(path, lambda _: answer)])
    app.add_middleware(CallStatus)
    response = TestClient(app).get(path)
    assert response.content
    return response.status_code


def test_a_refusal_with_a_message_is_the_callers_fault() -> None:
    assert status_of(JSONResponse({"error": "Text is empty."}, 500)) == 422


@pytest.mark.parametrize("body", [{"error": None}, {}, {"detail": "?"}, [], None, "text"])
def test_an_error_without_a_message_is_our_fault(body: object) -> None:
    assert status_of(JSONResponse(body, 500)) == 500


def test_an_error_that_is_no_json_is_our_fault() -> None:
    assert status_of(PlainTextResponse("Internal Server Error", 500)) == 500


def test_an_error_that_comes_in_pieces_is_passed_on() -> None:
    answer = StreamingResponse(iter([b'{"error": ', b'"?"}']), 500, media_type="application/json")

    assert status_of(answer) in (422, 500)


@pytest.mark.parametrize("status", [200, 404, 422])
def test_other_answers_stay_as_they_are(status: int) -> None:
    assert status_of(JSONResponse({"error": "?"}, status)) == status


def test_other_paths_stay_as_they_are() -> None:
    assert status_of(JSONResponse({"error": "?"}, 500), "/gradio_api/upload") == 500
