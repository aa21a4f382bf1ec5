"""Calls of the page's functions that nobody's browser sends: every function, every input."""

import json
import logging
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from starlette.testclient import TestClient

from demo.access.calls import BadCall, PageInput, check_plain, parse_call

SECRET = "the canary sings"
RUN, JOIN = "/gradio_api/run/predict", "/gradio_api/queue/join"
ODD: list[Any] = [
    *(None, 5, -1.5, True, "", "x" * 3_000, [1], {"a": 1}, "\ud800", 1e400, float("nan")),
    *("9" * 5_000, 10**400, [[[[[[1]]]]]]),
]


@pytest.fixture(scope="module")
def blocks(client: TestClient) -> gr.Blocks:
    return page_app(client).get_blocks()  # type: ignore[no-any-return]


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text(SECRET)
    return path


def page_app(client: TestClient) -> Any:
    """Return Gradio's own app, without what stands before it."""
    app: Any = client.app
    app = app.router.default
    while not hasattr(app, "get_blocks"):
        app = app.app
    return app


def inputs_of(blocks: gr.Blocks) -> Iterator[tuple[int, int, int]]:
    """Yield number of inputs, number of the function and index of the input, for every input there is."""
    for number, function in blocks.fns.items():
        for index in range(len(function.inputs)):
            yield len(function.inputs), number, index


def call(client: TestClient, path: str = RUN, **body: Any) -> Any:
    content = json.dumps(body)
    return client.post(path, content=content, headers={"content-type": "application/json"})


def files_in(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*.*"))


@pytest.mark.parametrize(
    ("route", "wrapped"),
    [(RUN, "alone"), (RUN, "in a list"), (RUN, "in an object"), (JOIN, "alone")],
)
def test_no_input_of_any_function_takes_a_file_of_the_server(
    client: TestClient, blocks: gr.Blocks, canary: Path, route: str, wrapped: str
) -> None:
    file: dict[str, Any] = {"path": str(canary), "meta": {"_type": "gradio.FileData"}}
    value = {"alone": file, "in a list": [file], "in an object": {"x": file}}[wrapped]
    inputs = list(inputs_of(blocks))
    assert len(inputs) > 200

    for n_inputs, number, index in inputs:
        data = [None] * n_inputs
        data[index] = value  # type: ignore[call-overload]
        answer = call(client, route, data=data, fn_index=number, session_hash="canary")
        assert answer.status_code == 422, (number, index)
        assert str(canary) not in answer.text

    assert SECRET not in files_in(Path(page_app(client).uploaded_file_dir))


def test_gradio_itself_takes_no_file_of_the_server_either(
    client: TestClient, blocks: gr.Blocks, canary: Path
) -> None:
    file = {"path": str(canary), "meta": {"_type": "gradio.FileData"}}
    inner = TestClient(page_app(client), raise_server_exceptions=False)

    for n_inputs, number, index in inputs_of(blocks):
        data = [None] * n_inputs
        data[index] = file  # type: ignore[call-overload]
        call(inner, data=data, fn_index=number, session_hash="inner")

    assert SECRET not in files_in(Path(page_app(client).uploaded_file_dir))


def test_whatever_comes_is_never_the_servers_fault(
    client: TestClient, blocks: gr.Blocks, capfd: pytest.CaptureFixture[str]
) -> None:
    # Each input gets some of them, and each kind of input all.
    values = cycle(ODD)
    for n_inputs, number, index in inputs_of(blocks):
        for value in islice(values, 3):
            data = [None] * n_inputs
            data[index] = value
            answer = call(client, data=data, fn_index=number, session_hash="odd")
            assert answer.status_code in (200, 422), (number, index, value)
            assert len(answer.json().get("error") or "") < 500

    assert "Traceback" not in capfd.readouterr().err


def test_a_call_with_another_number_of_values_says_so_and_is_not_logged(
    client: TestClient,
    blocks: gr.Blocks,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for number, function in blocks.fns.items():
        n_wanted = len(function.inputs)
        for n_values in {0, n_wanted - 1, n_wanted + 1, 60} - {n_wanted, -1}:
            answer = call(client, data=["token-of-anna"] * n_values, fn_index=number)
            assert answer.status_code == 422
            assert answer.json()["error"] == (
                f"This function takes {n_wanted} value(s), but {n_values} came."
            )

    printed = capfd.readouterr()
    assert "token-of-anna" not in printed.out + printed.err + caplog.text
    assert "Traceback" not in printed.err


@pytest.mark.parametrize("kind", ["run", "api", "call", "call/v2"])
def test_functions_of_the_page_cannot_be_called_by_name(
    client: TestClient, blocks: gr.Blocks, kind: str
) -> None:
    private = {
        str(function.api_name)
        for function in blocks.fns.values()
        if function.api_visibility != "public"
    }
    assert len(private) > 10

    for name in (*private, "predict", "none", "False", "%2e%2e"):
        answer = call(client, f"/gradio_api/{kind}/{name}", data=[])
        assert answer.status_code == 404, name
        assert "call one of: sentiment, iris." in answer.json()["error"]


@pytest.mark.parametrize("number", [9_999, -1, "0", True, 1.0, [0], {}])
def test_a_function_that_is_not_there_is_not_found(client: TestClient, number: object) -> None:
    answer = call(client, data=[], fn_index=number)

    assert answer.status_code == 404
    assert answer.json()["error"].endswith("reload the page.")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"data": 5, "fn_index": 0}', 422),
        (b'{"fn_index": 0}', 422),
        (b'{"data": [], "fn_index": 39, "session_hash": {}}', 422),
        (b'{"data": [], "fn_index": 39, "session_hash": "' + b"x" * 200 + b'"}', 422),
    ],
)
def test_a_body_that_is_no_call_is_refused(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(RUN, content=body, headers={"content-type": "application/json"})

    assert answer.status_code == status
    assert answer.json()["error"].endswith((".", "page."))


def test_an_upload_can_be_passed_on_as_gradios_clients_do(
    client: TestClient, blocks: gr.Blocks
) -> None:
    (path,) = client.post(
        "/gradio_api/upload", files={"files": ("flowers.csv", b"a,b\n1,2\n")}
    ).json()
    file = {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": "flowers.csv"}
    number, function = next(
        (number, function)
        for number, function in blocks.fns.items()
        if any(isinstance(part, gr.File) for part in function.inputs)
    )
    data = [getattr(part, "value", None) for part in function.inputs]
    index = next(i for i, part in enumerate(function.inputs) if isinstance(part, gr.File))
    for wrong in ({"size": "many"}, {"meta": None}, {"is_stream": True}, {"path": path + "x"}):
        data[index] = file | wrong
        assert call(client, data=data, fn_index=number).status_code == 422

    data[index] = file

    assert call(client, data=data, fn_index=number).status_code == 200


def test_values_may_be_nested_only_so_deep() -> None:
    value: list[Any] = []
    for _ in range(500):
        value = [value]

    with pytest.raises(BadCall, match="nested"):
        check_plain(value)


def test_a_file_is_found_wherever_it_is_hidden() -> None:
    with pytest.raises(BadCall, match="file"):
        check_plain({"a": [{"b": {"path": "/etc/passwd"}}]})

    check_plain({"path": 5})


def test_an_input_accepts_what_its_kind_allows() -> None:
    assert PageInput("text", ["a", None]).accepts(None)
    assert not PageInput("text", ["a"]).accepts("b")
    assert not PageInput("number").accepts(float("inf"))
    assert PageInput("index", range(2)).accepts(1)
    assert not PageInput("index", range(2)).accepts(2)


def test_a_call_is_a_json_object() -> None:
    assert parse_call(b'{"data": [NaN]}')["data"]
    with pytest.raises(BadCall):
        parse_call(b'"data"')
