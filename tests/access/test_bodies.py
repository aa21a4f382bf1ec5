"""Bodies over the limit, announced or in chunks, on every route."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON = {"content-type": "application/json"}
MB = 1_000_000
ROUTES = (
    *("/predict", "/api/models/reviews/predict", "/health", "/nothing", "/docs"),
    *("/gradio_api/run/iris", "/gradio_api/queue/join", "/gradio_api/cancel"),
)


class Chunks:
    """A body that is made as it is read: how much of it was asked for shows whether it was."""

    def __init__(self, n_bytes: int) -> None:
        self.n_bytes, self.n_sent = n_bytes, 0

    def __iter__(self) -> Iterator[bytes]:
        while self.n_sent < self.n_bytes:
            self.n_sent += 50_000
            yield b" " * 50_000


@pytest.mark.parametrize("path", ROUTES)
def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(
    client: "TestClient", path: str
) -> None:
    headers = JSON | {"content-length": str(10**9)}

    answer = client.post(path, content=iter([b"{"]), headers=headers)

    assert answer.status_code == 413
    assert "over 1 MB; send less at a time." in answer.text


@pytest.mark.parametrize("path", [*ROUTES[:2], *ROUTES[5:]])
def test_a_body_in_chunks_is_refused_once_it_is_too_large(client: "TestClient", path: str) -> None:
    answer = client.post(path, content=iter(Chunks(3 * MB)), headers=JSON)

    assert answer.status_code == 413, answer.text


def test_an_error_has_the_shape_of_the_route(client: "TestClient") -> None:
    for path, shape in (("/predict", dict), ("/gradio_api/run/iris", str)):
        answer = client.post(path, content=iter(Chunks(2 * MB)), headers=JSON)
        assert isinstance(answer.json()["error"], shape)


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 5_000, "0x10"])
def test_a_length_that_is_no_number_is_refused(client: "TestClient", length: str) -> None:
    headers = JSON | {"content-length": length}

    assert client.post("/predict", content=iter([b"{}"]), headers=headers).status_code == 413


def test_a_case_list_may_be_larger_than_other_bodies(client: "TestClient") -> None:
    body = b'{"title": "A", "model": "reviews", "cases": []' + b" " * (2 * MB) + b"}"

    assert client.post("/api/sessions", content=body, headers=JSON).status_code != 413
    assert client.post("/predict", content=body, headers=JSON).status_code == 413


def test_a_body_in_chunks_within_the_limit_is_answered(client: "TestClient") -> None:
    body = [b'{"features": [5.1, 3.5, ', b"1.4, 0.2]}"]

    answer = client.post("/predict", content=iter(body), headers=JSON)

    assert answer.json()["label"] == "setosa"
