"""Uploads: how many files, how much of them, and what is no upload at all."""

import errno
import os
import time
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from demo.access.errors import UPLOAD
from demo.access.uploads import UploadLimit

FORM = {"content-type": "multipart/form-data; boundary=xyz"}


def small(folder: Path, most_bytes: int = 10_000, error: Exception | None = None) -> TestClient:
    """Return an app that takes uploads and keeps none."""

    async def upload(request: Request) -> Response:
        body = await request.body()
        if error:
            raise error
        return PlainTextResponse(f"{len(body)} bytes")

    app = Starlette(routes=[Route(UPLOAD, upload, methods=["POST"])])
    app.add_middleware(UploadLimit, folder=folder, most_bytes=most_bytes, largest_request=5_000)
    return TestClient(app)


def files(count: int) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (f"{number}.csv", b"a\n1\n")) for number in range(count)]


def test_a_file_is_taken(client: TestClient) -> None:
    (path,) = client.post(UPLOAD, files=files(1)).json()

    assert Path(path).read_bytes() == b"a\n1\n"


def test_a_request_may_bring_a_few_files_and_not_a_thousand(client: TestClient) -> None:
    folder = Path(client.post(UPLOAD, files=files(9)).json()[0]).parent.parent
    before = sorted(folder.rglob("*.csv"))

    answer = client.post(UPLOAD, files=files(1_000))

    assert answer.status_code == 400
    assert answer.text == "The upload cannot be read; send one to 9 files at a time."
    assert sorted(folder.rglob("*.csv")) == before


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-type": "application/json"}, b"{}"),
        ({"content-type": "multipart/form-data"}, b"--xyz--"),
        ({}, b""),
        (FORM, b""),
        (FORM, b"--xyz--\r\n"),
        (FORM, b"nothing of the kind"),
        (FORM, b'--xyz\r\ncontent-disposition: form-data; name="files"\r\n\r\ntext\r\n--xyz--\r\n'),
        (FORM, b"--xyz\r\ncontent-disposition: form-data\r\n\r\ntext\r\n--xyz--\r\n"),
        (FORM, b"--xyz\r\n" + b"a" * 20_000 + b": b\r\n\r\n--xyz--"),
        ({"content-type": "multipart/form-data; boundary=" + "b" * 5_000}, b"--"),
    ],
)
def test_what_is_no_upload_is_never_the_servers_fault(
    client: TestClient, headers: dict[str, str], body: bytes
) -> None:
    answer = client.post(UPLOAD, content=body, headers=headers)

    assert answer.status_code in (200, 400, 413), answer.text
    assert answer.status_code != 200 or answer.json() == []


def test_a_file_over_the_limit_is_refused(client: TestClient) -> None:
    large = [("files", ("large.csv", b"x" * 20_050_000))]

    answer = client.post(UPLOAD, files=large)

    assert answer.status_code == 413


def test_there_is_a_greatest_size_of_all_uploads(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "file").write_bytes(b"x" * 9_900)
    client = small(tmp_path)

    answer = client.post(UPLOAD, files=files(1))

    assert answer.status_code == 507
    assert answer.headers["retry-after"] == "3600"
    (tmp_path / "one" / "file").write_bytes(b"x" * 5_000)
    assert client.post(UPLOAD, files=files(1)).status_code == 200


def test_an_upload_of_unknown_length_counts_as_the_largest(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 6_000)

    answer = small(tmp_path).post(UPLOAD, content=iter([b"--xyz--"]), headers=FORM)

    assert answer.status_code == 507


def test_files_that_are_an_hour_old_make_room(tmp_path: Path) -> None:
    old = tmp_path / "aborted"
    old.write_bytes(b"x" * 20_000)
    os.utime(old, (time.time() - 4_000,) * 2)

    assert small(tmp_path).post(UPLOAD, files=files(1)).status_code == 200
    assert not old.exists()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.ENAMETOOLONG, "File name too long"), 400),
        (TypeError("not an upload"), 400),
    ],
)
def test_a_failure_is_told_in_words(tmp_path: Path, error: Exception, status: int) -> None:
    answer = small(tmp_path, error=error).post(UPLOAD, files=files(1))

    assert answer.status_code == status
    assert answer.text.startswith("The ")


def test_parts_are_counted_where_pieces_of_a_body_meet(tmp_path: Path) -> None:
    body = b"".join(b"--xyz\r\n\r\nx\r\n" for _ in range(11))

    answer = small(tmp_path).post(
        UPLOAD, content=(body[i : i + 1] for i in range(len(body))), headers=FORM
    )

    assert answer.status_code == 400
